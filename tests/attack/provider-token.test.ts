import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApp } from '../app-server';
import { choose, expect, startSignIn, test } from '../e2e/fixtures';
import { type Answer, listenHostile, says } from './hostile-provider';
import { title } from './matrix';
import { expectDown, expectRejected } from './outcomes';
import { closedNetwork } from './preload';
import { Robot } from './robot';

const json = { 'content-type': 'application/json' };
/** The connection ends in the middle of the body. */
const cutShort: Answer = (response) => {
  response.writeHead(200, { ...json, 'content-length': '500' });
  response.write('{"id_token":"ey', () => response.destroy());
};

test(title('PO-05'), async ({ stack, entra }) => {
  const bystander: string[] = [];
  const server = createServer((request, response) => {
    bystander.push(request.url ?? '');
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const other = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  const provider = await listenHostile(entra);
  const app = await startApp({ ...stack.env, ENTRA_LOCAL_URL: provider.url });
  const redirects = [301, 302, 303, 307, 308].flatMap((status) =>
    [other, `${provider.url}/bystander`, '/bystander'].map(
      (location) => [`status_${status}`, says(status, { location })] as const,
    ),
  );
  const answers = [
    ...redirects,
    ['status_500', says(500, json, '{"error":"server_error"}')],
    ['status_503', says(503, { 'retry-after': '1' })],
    ['not_json', says(200, { 'content-type': 'text/html' }, '<html>proxy</html>')],
    ['not_json', says(200, json)],
    ['not_json', says(200, json, '{"id_token":"ey')],
    ['network', cutShort],
    ['network', (response) => response.destroy()],
  ] as (readonly [reason: string, answer: Answer])[];
  try {
    for (const [reason, answer] of answers) {
      provider.reset();
      provider.answer('token', answer);
      const robot = new Robot({ entra, app });
      const returnTo = '/account?tab=details';
      const callback = await robot.answer(await robot.start(returnTo));
      const refused = await robot.fetch(callback);
      await expectDown(robot, app, refused, { stage: 'token', reason, returnTo });

      // The flow is spent with the one attempt: reloading sends nothing again.
      await expectRejected(robot, app, await robot.fetch(callback), {
        code: 'code_rejected',
        reason: 'flow_used',
        returnTo,
      });
      const code = new URL(callback).searchParams.get('code') ?? '';
      const withCode = provider.received.filter(({ body }) => body.includes(code));
      expect(withCode, reason).toHaveLength(1);
      expect(provider.received.filter(({ path }) => path.includes('bystander'))).toEqual([]);
      expect(bystander).toEqual([]);

      provider.reset();
      expect((await robot.signIn('Ada Berg', returnTo)).headers.get('location')).toBe(
        app.url + returnTo,
      );
    }
  } finally {
    await app.stop();
    await provider.close();
    server.close();
  }
});

test(title('PO-06'), async ({ page, app, entra }) => {
  const error = (name: string) => ({
    status: 400,
    json: { error: name, error_description: 'AADSTS0: no' },
  });
  const endings = [
    ['code_rejected', 400, { on: 'token', aadsts: 54005 }],
    ['code_rejected', 400, { on: 'token', aadsts: 70008 }],
    ['provider_unavailable', 503, { on: 'token', ...error('temporarily_unavailable') }],
    [
      'provider_unavailable',
      503,
      { on: 'token', status: 429, raw: '{}', headers: { 'retry-after': '1' } },
    ],
  ] as const;
  for (const [code, status, fault] of endings) {
    await page.context().clearCookies();
    await page.goto('/account?tab=details');
    await startSignIn(page);
    entra.control.inject(fault);
    const answered = page.waitForResponse((one) => new URL(one.url()).pathname === '/auth/error');
    await choose(page, 'Ada Berg');
    expect((await answered).status()).toBe(status);
    await expect(page).toHaveURL('/auth/error');
    const event = status === 503 ? 'provider.unavailable' : 'sign_in.failed';
    expect(app.events(event).at(-1)).toMatchObject({
      stage: 'token',
      ...(status === 400 && { code }),
    });

    // The button that copies the details for support leads nowhere.
    const wayOn = page.getByRole('main').locator('form').getByRole('button');
    await expect(wayOn).toHaveCount(1);
    await expect(wayOn).toHaveText('Try again');
    await expect(page.locator('meta[http-equiv="refresh" i]')).toHaveCount(0);
    // Microsoft would let a person who is signed in there straight through: a page that tried
    // again by itself would be a loop.
    const before = entra.control.requests.length;
    await page.waitForTimeout(2_000);
    expect(entra.control.requests.length).toBe(before);
    await expect(page).toHaveURL('/auth/error');

    await wayOn.click();
    await expect(page).toHaveURL('/account?tab=details');
  }

  // The same at the authorization endpoint, which answers through the browser.
  const robot = new Robot({ entra, app });
  const state = (await robot.start()).searchParams.get('state') ?? '';
  const query = new URLSearchParams({ error: 'temporarily_unavailable', state });
  const refused = await robot.fetch(`/authorization-code/callback?${query}`);
  await expectDown(robot, app, refused, { stage: 'callback', reason: 'temporarily_unavailable' });
});

test(title('PO-07'), async ({ stack, entra }) => {
  const provider = await listenHostile(entra);
  const network = closedNetwork();
  const env = { ...stack.env, ENTRA_LOCAL_URL: provider.url };
  const metadata = async (userinfo: unknown) => {
    const path = '/organizations/v2.0/.well-known/openid-configuration';
    const genuine = await (await fetch(entra.url + path)).text();
    const document = JSON.parse(genuine.replaceAll(entra.url, provider.url));
    return JSON.stringify({ ...document, userinfo_endpoint: userinfo });
  };
  try {
    // Whatever Microsoft says of its profile endpoint: hanging, huge, of somebody else, or nowhere.
    for (const userinfo of [`${provider.url}/userinfo`, 'https://graph.microsoft.com/me', null]) {
      const fresh = await startApp({ ...env, ...network.env });
      provider.reset();
      provider.answer('discovery', says(200, json, await metadata(userinfo)));
      const robot = new Robot({ entra, app: fresh });
      expect((await robot.signIn()).headers.get('location')).toBe(`${fresh.url}/account`);
      expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
      await robot.open('/account');

      const byServer = provider.received.filter(
        ({ path }) => !/oauth2\/v2\.0\/authorize|interaction/.test(path),
      );
      expect(byServer.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
        'GET openid-configuration',
        'POST token',
        'GET keys',
      ]);
      const asked = new URLSearchParams(provider.sentTo('token')[0]?.body);
      expect(asked.get('scope') ?? '').not.toMatch(/User\.Read|offline_access/);
      expect(fresh.output()).not.toContain('asked for');
      await fresh.stop();
    }
  } finally {
    await provider.close();
    network.remove();
  }
});
