import { cookieNames } from '../../lib/cookies';
import { flowIdFromState, sealFlow } from '../../lib/flow';
import { createSealer } from '../../lib/sealer';
import { site } from '../../lib/site';
import { startApp } from '../app-server';
import { expect, type Stack, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectDenied, expectDown, expectRejected } from './outcomes';
import { Robot } from './robot';
import { asDocument } from './stranger';
import { send } from './wire';

const outside = [
  ...['https://evil.example/', 'http://evil.example', '//evil.example', '///evil.example'],
  ...['/\\evil.example', '\\\\evil.example', '\\/evil.example', '/\\/evil.example', 'https:evil'],
  ...['https:/evil.example', 'javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'foo', '@e'],
  ...[
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\nSet-Cookie: a=b',
    ' //evil.example',
    '/%0d%0a\\e',
  ],
  ...['/.//evil.example', '/..//evil.example', '/a/..//evil.example', '.evil.example', ':80@e'],
  ...['/auth/start', '/auth/sign-out', '/authorization-code/callback?code=x', '/\u0000', ''],
  ...['/../\\evil.example', '//localhost@evil.example', '/￼\\evil.example'],
];

/** Every address that an answer leads to is ours. */
function expectOurs(stack: Pick<Stack, 'app'>, response: Response, input: string): URL {
  expect(response.status, input).toBeLessThan(400);
  const target = new URL(response.headers.get('location') ?? '/', stack.app.url);
  expect(target.origin, input).toBe(stack.app.url);
  expect(response.headers.getSetCookie().join(), input).not.toMatch(/^a=b|Domain/i);
  return target;
}

test(title('RD-01'), async ({ stack, entra }) => {
  test.setTimeout(180_000);
  expect(entra.url).toBeTruthy();
  for (const value of outside) {
    const suffixed = [value, `${stack.app.url}@evil.example`, `${stack.app.url}.evil.example`];
    for (const input of value === 'foo' ? suffixed : [value]) {
      // The body of the form that starts the sign-in.
      const robot = new Robot(stack);
      const end = expectOurs(stack, await robot.signIn('Ada Berg', input), input);
      expect(end.pathname + end.search, input).toBe(site.homePath);
      expect((await robot.open(end.pathname)).status, input).toBeLessThan(500);

      // The query of the sign-in page, for who is signed in and for a stranger, in every name.
      for (const visitor of [robot, new Robot(stack)]) {
        for (const name of ['returnTo', 'callbackUrl', 'next', 'redirect_uri']) {
          const query = new URLSearchParams([[name, input]]);
          const page = await visitor.open(`/auth/sign-in?${query}`);
          expectOurs(stack, page, input);
          expect(await page.text(), input).not.toMatch(/value="[^"]*evil|href="[^"]*evil/);
        }
      }
      // The forms of another site, and our own in the wrong hands, lead nowhere else either.
      const foreign = await fetch(`${stack.app.url}/auth/start`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: 'https://evil.example' },
        body: new URLSearchParams({ returnTo: input }),
      });
      expectOurs(stack, foreign, input);
    }
  }

  // The cookie, even one that was sealed with our own key and says where to go.
  const config = { clientId: entra.clientId, authority: { origin: 'https://entra-local.invalid' } };
  const sealer = createSealer([stack.env.AUTH_SECRET ?? ''], 'flow', config);
  const ours = cookieNames({ origin: stack.app.url });
  for (const returnTo of ['/account?tab=details', ...outside]) {
    const robot = new Robot(stack);
    const request = await robot.start();
    const callback = await robot.answer(request);
    const name = ours.flow(await flowIdFromState(request.searchParams.get('state') ?? ''));
    robot.cookies().set('returnTo', 'https://evil.example');
    robot.cookies().set('authjs.callback-url', 'https://evil.example');
    // A flow that was used leads who is signed in back to its page: the same way without a code.
    await robot.fetch(callback);
    const startedAtSeconds = Math.floor(Date.now() / 1000);
    robot.cookies().set(name, await sealFlow(sealer, { returnTo, startedAtSeconds }));
    const end = expectOurs(stack, await robot.fetch(callback), returnTo);
    const expected = returnTo.startsWith('/account') ? returnTo : site.homePath;
    expect(end.pathname + end.search, returnTo).toBe(expected);
  }
});

/** The return path that a page of ours offers to go on to. */
const offeredBy = async (response: Response) =>
  (/name="returnTo" value="([^"]*)"/.exec(await response.text())?.[1] ?? '')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x27;', "'");

test(title('RD-03'), async ({ stack, app, entra }) => {
  const deep = [
    '/account?tab=details&q=caf%C3%A9%20%26%20more',
    `/account?q=${encodeURIComponent('日本語 ✓ 🙂')}`,
    "/account?a='(b)!*~&c=d+e%20f&a=2",
    `/account?q=${'x'.repeat(2048 - '/account?q='.length)}`,
  ];
  for (const link of deep) {
    const { pathname, search } = new URL(link, app.url);
    const wanted = pathname + search; // as every browser spells it
    const robot = new Robot(stack);
    const gate = await robot.open(wanted);
    const page = await robot.open(gate.headers.get('location') ?? '');
    let returnTo = await offeredBy(page);
    expect(returnTo).toBe(wanted);

    // Microsoft does not answer, then answers nonsense, the person cancels, then is a stranger.
    entra.control.inject({ on: 'token', status: 503, json: {} });
    await expectDown(robot, app, await robot.signIn('Ada Berg', returnTo), { returnTo });
    returnTo = await offeredBy(await robot.open('/auth/error'));
    entra.control.inject({ on: 'id_token', sign: 'bad' });
    await expectRejected(robot, app, await robot.signIn('Ada Berg', returnTo), { returnTo });
    returnTo = await offeredBy(await robot.open('/auth/error'));
    const away = await robot.start(returnTo, { prompt: 'select_account' });
    await robot.fetch(await robot.answer(away, 'Cancel'));
    returnTo = await offeredBy(await robot.open('/auth/error'));
    const stranger = await robot.answer(
      await robot.start(returnTo, { prompt: 'select_account' }),
      'Noor de Vries',
    );
    await expectDenied(robot, app, await robot.fetch(stranger), { returnTo });
    returnTo = await offeredBy(await robot.open('/auth/denied'));
    const again = await robot.start(returnTo, { prompt: 'select_account' });
    const end = await robot.fetch(await robot.answer(again));
    expect(end.headers.get('location')).toBe(stack.app.url + wanted);
    expect((await robot.open(wanted)).status).toBe(200);
  }
  // One character more than is kept: signed in all the same, at the start page.
  const long = `/account?q=${'x'.repeat(2049 - '/account?q='.length)}`;
  expect(await (await new Robot(stack).open(long)).headers.get('location')).not.toContain(
    'returnTo',
  );

  const robot = new Robot(stack);
  const asks: [path: string, init: RequestInit][] = [
    ['/account?x', { headers: { rsc: '1' } }],
    ['/account?x', { headers: { 'sec-fetch-dest': 'empty', accept: '*/*' } }],
    ['/account?x', { headers: { 'sec-fetch-dest': 'image' } }],
    ['/account?x', { method: 'POST', headers: { 'sec-fetch-dest': 'empty' }, body: 'a=b' }],
    ['/api/me?x', { headers: asDocument }],
    ['/logo.png', { headers: { 'sec-fetch-dest': 'image' } }],
    ['/_next/data/x/account.json', { headers: asDocument }],
  ];
  for (const [path, init] of asks) {
    const answer = await robot.fetch(path, init);
    expect(answer.status, path).toBe(401);
    expect([answer.headers.get('location'), answer.headers.getSetCookie()]).toEqual([null, []]);
  }
  // A form that was posted too late: back to the page that it stands on, and nothing that was in it.
  const late = await robot.open('/account?tab=details', { method: 'POST', body: 'secret=1' });
  expect(late.headers.get('location')).toMatch(/returnTo=%2Faccount%3Ftab%3Ddetails$/);
  expect((await robot.signIn()).headers.get('location')).toBe(`${stack.app.url}/account`);
});

test(title('RD-04'), async ({ stack, entra }) => {
  expect(entra.url).toBeTruthy();
  const hostile: Record<string, string>[] = [
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
    { 'x-forwarded-proto': 'javascript' },
    { forwarded: 'host=evil.example;proto=https' },
    { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { 'x-original-host': 'evil.example', 'x-forwarded-server': 'evil.example' },
    { 'x-forwarded-prefix': '/evil', 'x-forwarded-scheme': 'https', 'x-url-scheme': 'https' },
  ];
  const secure = await startApp({
    ...stack.env,
    ENTRA_LOCAL_URL: '',
    AUTH_URL: 'https://app.example.com',
  });
  try {
    for (const { url, origin, prefix } of [
      {
        url: stack.app.url,
        origin: stack.app.url,
        prefix: `azure-auth-${new URL(stack.app.url).port}`,
      },
      { url: secure.url, origin: 'https://app.example.com', prefix: '__Host-azure-auth' },
    ]) {
      const robot = new Robot({ entra, app: { url: stack.app.url } });
      await robot.signIn();
      const cookie = [...robot.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
      for (const headers of hostile) {
        const form = { method: 'POST', body: 'scope=microsoft', headers: { ...headers, origin } };
        const type = { 'content-type': 'application/x-www-form-urlencoded' };
        const get = { headers: { ...asDocument, ...headers } };
        const mine = { headers: { ...asDocument, ...headers, cookie } };
        const answers = [
          ...(await Promise.all(
            ['/account?x=1', '/api/me', '/no-such-page', '/auth/start', '/auth/sign-out', '/?x=1']
              .concat('/authorization-code/callback?code=a&state=b', '/account/', '//account')
              .map((path) => send(url, path, get)),
          )),
          ...(await Promise.all(
            ['/auth/sign-in?returnTo=%2Faccount', '/auth/signed-out'].map((path) =>
              send(url, path, mine),
            ),
          )),
          await send(url, '/auth/sign-out', { ...form, headers: { ...form.headers, ...type } }),
          await send(url, '/auth/sign-out', { ...form, headers: { ...headers, ...type } }),
        ];
        for (const answer of answers) {
          const step = `${JSON.stringify(headers)} ${answer.headers.get('location')}`;
          expect(answer.status, step).toBeLessThan(500);
          const target = new URL(answer.headers.get('location') ?? '', origin);
          const away = target.searchParams.get('post_logout_redirect_uri') ?? origin;
          expect(new URL(away).origin, step).toBe(origin);
          if (away === origin) expect(target.origin, step).toBe(origin);
          for (const line of answer.headers.getSetCookie()) expect(line, step).toContain(prefix);
          expect(await answer.text(), step).not.toContain('evil');
        }
        if (url === secure.url) continue; // its Microsoft is not on this machine
        const start = await send(url, '/auth/start', form);
        const request = new URL(start.headers.get('location') ?? '');
        expect(request.origin).toBe(entra.url);
        expect(request.searchParams.get('redirect_uri')).toBe(
          `${origin}/authorization-code/callback`,
        );
      }
    }
    // An address instead of a path in the request line is a header of its own kind.
    const absolute = await send(stack.app.url, 'http://evil.example/account', {
      headers: asDocument,
    });
    expect(absolute.headers.get('location') ?? '').not.toContain('evil');
  } finally {
    await secure.stop();
  }
});
