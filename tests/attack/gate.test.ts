import { needsSession } from '../../lib/route-policy';
import { startApp } from '../app-server';
import { expect, type Stack, test } from '../e2e/fixtures';
import { inventoryProblems, type Route } from './inventory';
import { title } from './matrix';
import { expectGated } from './outcomes';
import { Robot } from './robot';
import { asDocument, expectClosed, protectedBytes, routes } from './stranger';
import { type Ask, send } from './wire';

/** Every route in every way. */
async function expectAllClosed(stack: Stack, asks: Ask[]): Promise<void> {
  const bytes = await protectedBytes(stack);
  for (const route of routes) {
    await Promise.all(asks.map((ask) => expectClosed(stack, route, route.path, ask, bytes)));
  }
}

// Hundreds of requests a row, which takes its time on a busy machine.
test.describe.configure({ timeout: 180_000 });

const named = (names: string[], values: string[]): Ask[] =>
  names.flatMap((name) => values.map((value) => ({ headers: { ...asDocument, [name]: value } })));

test(title('GB-01'), async ({ stack, entra }) => {
  expect(inventoryProblems()).toEqual([]);
  expect(routes.filter(({ policy }) => needsSession(policy)).length).toBeGreaterThan(1);
  const app = await startApp(stack.env); // its log is not yet capped by other tests
  try {
    const own = { ...stack, app, entra };
    const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'];
    const session = `${new Robot(own).origin.replace(/.*:/, 'azure-auth-')}.session`;
    await expectAllClosed(own, [
      ...methods.flatMap((method) => [{ method }, { method, headers: asDocument }]),
      ...['empty', 'image', 'script', 'iframe'].map((to) => ({
        headers: { 'sec-fetch-dest': to },
      })),
      { headers: { ...asDocument, cookie: `${session}=junk` } },
      { headers: { ...asDocument, authorization: 'Bearer junk' } },
    ]);
    for (const { path, policy } of routes) {
      if (!needsSession(policy) || path.startsWith('/api/')) continue;
      const asked = `${path}?tab=details&q=%C3%A9`;
      const answer = await send(app.url, asked, { headers: asDocument });
      expect(answer.status).toBe(303);
      await expectGated(answer, { origin: app.url, returnTo: asked });
      expect(app.events('gate.deny')).toContainEqual(
        expect.objectContaining({ method: 'GET', path, reason: 'no_session' }),
      );
    }
  } finally {
    await app.stop();
  }
});

test(title('GB-02'), async ({ stack, entra }) => {
  const bytes = await protectedBytes({ ...stack, entra });
  const tree = encodeURIComponent('["",{"children":["account",{"children":["__PAGE__",{}]}]}]');
  const react = { rsc: '1', 'next-router-state-tree': tree, 'next-url': '/account' };
  for (const route of routes) {
    const file = route.path === '/' ? '/index' : route.path;
    // Below /_next/ there are no pages, so these are as closed as any unknown address for code.
    const data = { ...route, path: '/api/', policy: 'signed-in' as const };
    const asks: [route: Route, path: string, headers: Record<string, string>][] = [
      [route, `${route.path}?_rsc=1`, asDocument],
      [route, route.path, { rsc: '1' }],
      [route, route.path, react],
      [route, `${route.path}?_rsc=1`, react],
      [data, `/_next/data/x${file}.json`, react],
      [data, `/_next/data/x${file}.json`, asDocument],
      [data, `/_next/data/x${file}.json`, { 'x-nextjs-data': '1' }],
    ];
    for (const suffix of ['.rsc', '.segments/_full.segment.rsc', '.segments/_tree.segment.rsc']) {
      if (route.policy === 'absent') continue;
      asks.push([route, file + suffix, react], [route, file + suffix, asDocument]);
    }
    await Promise.all(
      asks.map(([as, path, headers]) => expectClosed(stack, as, path, { headers }, bytes)),
    );
  }
});

test(title('GB-03'), async ({ stack, entra }) => {
  expect(entra.url).toBeTruthy();
  const prefetch: Record<string, string>[] = [
    { 'next-router-prefetch': '1' },
    { 'next-router-prefetch': '2' },
    { purpose: 'prefetch' },
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { 'x-moz': 'prefetch' },
    { 'x-middleware-prefetch': '1' },
    { 'next-router-segment-prefetch': '/_tree' },
    { 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/account/__PAGE__' },
  ];
  await expectAllClosed(
    stack,
    prefetch.flatMap((headers) => [
      { headers: { ...asDocument, ...headers } },
      { headers: { rsc: '1', ...headers } },
      { method: 'POST', headers: { 'next-action': 'a'.repeat(42), ...headers } },
    ]),
  );
});

test(title('GB-04'), async ({ stack, entra }) => {
  expect(entra.url).toBeTruthy();
  const five = (name: string) => Array(5).fill(name).join(':');
  await expectAllClosed(stack, [
    ...named(
      ['x-middleware-subrequest'],
      [
        '1',
        'middleware',
        'pages/_middleware',
        five('middleware'),
        five('src/middleware'),
        five('proxy'),
      ],
    ),
    ...named(['x-middleware-next', 'next-resume', 'x-nextjs-data', 'x-nextjs-postponed'], ['1']),
    ...named(
      ['x-middleware-rewrite', 'x-invoke-path', 'x-matched-path', 'x-now-route-matches'],
      ['/account', '/api/me', '/', '/healthz'],
    ),
    ...named(['x-nextjs-rewritten-path', 'x-nextjs-matched-path', 'x-rewrite-path'], ['/account']),
    ...named(['x-invoke-status', 'x-invoke-output', 'x-invoke-error'], ['200', '/account']),
    ...named(['x-middleware-override-headers'], ['cookie,host']),
    ...named(['x-prerender-revalidate', 'x-prerender-revalidate-if-generated'], ['1']),
    {
      headers: {
        ...asDocument,
        'x-middleware-override-headers': 'cookie',
        'x-middleware-request-cookie': 'azure-auth.session=x',
        'x-middleware-set-cookie': 'azure-auth.session=x',
      },
    },
  ]);
});

test(title('GB-05'), async ({ stack, entra }) => {
  expect(entra.url).toBeTruthy();
  const dashed = ['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri', 'X-Forwarded-Path'];
  const spellings = dashed.flatMap((name) => [name, name.replaceAll('-', '_')]);
  const methods = [
    'X-HTTP-Method-Override',
    'X-HTTP-Method',
    'X-Method-Override',
    'X-Forwarded-Method',
  ];
  await expectAllClosed(stack, [
    ...named(spellings, ['/', '/healthz', '/account', '/api/me', '/_next/static/x.js']),
    ...named([...methods, 'X_HTTP_Method_Override'], ['OPTIONS', 'HEAD', 'POST']),
    ...methods.map((name) => ({ method: 'POST', headers: { [name]: 'GET' } })),
    ...named(['User-Agent'], ['kube-probe/1.30', 'GoogleHC/1.0', 'ELB-HealthChecker/2.0']),
    ...named(['X-Forwarded-For', 'X-Real-IP', 'X-Forwarded-Host'], ['127.0.0.1', 'localhost']),
  ]);
});

test(title('GB-09'), async ({ stack, app, entra }) => {
  const [page] = routes.filter(({ actions }) => actions.length > 0);
  const [id] = page?.actions ?? [];
  if (!page || !id) throw new Error('the build has no Server Action');
  const robot = new Robot(stack);
  await robot.signIn();
  const cookie = [...robot.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
  const ran = () => app.events('example.action').length;

  /** The two ways in which Next takes an action: its client's, and a form without JavaScript. */
  const form = `--x\r\nContent-Disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--x--\r\n`;
  const ways: Ask[] = [
    { headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' }, body: '[]' },
    { headers: { 'next-action': id, accept: 'text/x-component', rsc: '1' }, body: '[]' },
    { headers: { ...asDocument, 'content-type': 'multipart/form-data; boundary=x' }, body: form },
    {
      headers: { ...asDocument, 'content-type': 'application/x-www-form-urlencoded' },
      body: `$ACTION_ID_${id}=`,
    },
  ];
  const ask = (path: string, { headers, body = '' }: Ask, more: Record<string, string>) =>
    send(app.url, path, { method: 'POST', headers: { ...headers, ...more }, body });

  // What is refused below runs for who is signed in and asks from our own page.
  const before = ran();
  await ask(page.path, ways[0] as Ask, { cookie, origin: app.url });
  await ask(page.path, ways[2] as Ask, { cookie, origin: app.url });
  await expect.poll(ran).toBe(before + 2);

  for (const way of ways) {
    for (const junk of ['', `${robot.session()?.name}=junk`]) {
      const answer = await ask(page.path, way, { cookie: junk, origin: app.url });
      const isDocument = way.headers?.['sec-fetch-dest'] === 'document';
      expect(answer.status).toBe(isDocument ? 303 : 401);
      await expectGated(answer, { origin: app.url });
    }
    // Pages of other sites and of neighbours, in the name of who is signed in.
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: app.url, 'sec-fetch-site': 'cross-site' },
      { origin: app.url, 'sec-fetch-site': 'same-site' },
      { origin: entra.url, 'x-forwarded-host': new URL(entra.url).host },
      { origin: 'https://evil.example', host: 'evil.example' },
      {}, // no browser sends a form without any of them
    ];
    for (const more of foreign) {
      const answer = await ask(page.path, way, { cookie, ...more });
      expect([answer.status, await answer.text()], JSON.stringify(more)).toEqual([
        403,
        '{"error":"forbidden"}',
      ]);
      const lastReason = () => app.events('gate.deny').at(-1)?.reason;
      await expect
        .poll(
          async () => {
            // The rows before may have filled the log's ten seconds: then it is asked once more.
            if (lastReason() !== 'other_site') await ask(page.path, way, { cookie, ...more });
            return lastReason();
          },
          { timeout: 15_000 },
        )
        .toBe('other_site');
    }
    // Through a door that is open: an action is called by its id alone, wherever that is sent.
    for (const { path, policy } of routes) {
      if (needsSession(policy)) continue;
      const answer = await ask(path, way, { cookie: '', origin: app.url });
      expect(answer.status, path).toBeLessThan(500);
    }
    for (const path of ['/_next/static/x.js', '/no-such-page', '/account.rsc', '/account/']) {
      expect((await ask(path, way, {})).status, path).toBeLessThan(500);
    }
  }
  expect(ran()).toBe(before + 2);
  // Who is signed in breaks no open door with it either; a fork's may run it, for them.
  for (const way of ways) {
    for (const { path } of routes.filter(({ policy }) => !needsSession(policy))) {
      const answer = await ask(path, way, { cookie, origin: app.url });
      expect(answer.status, path).toBeLessThan(500);
    }
  }
});
