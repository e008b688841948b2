import { readFileSync } from 'node:fs';
import { access, policyOf } from '../../lib/access';
import { cookieNames } from '../../lib/cookies';
import { expect, pathOf, sessionCookie, signIn, test } from './fixtures';

/** Every route of the build, as its own manifest lists them. */
const routes = Object.values(
  JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8')) as Record<string, string>,
).filter((route) => !route.startsWith('/_'));

const sessionName = (origin: string) => cookieNames({ origin }).session;
const ask = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });

test('every route of the build has its own line in the access table', () => {
  expect(routes.length).toBeGreaterThan(10);
  for (const route of routes) {
    expect(Object.keys(access), `add ${route} to lib/access.ts`).toContain(route);
  }
});

for (const route of routes.filter((one) => policyOf(one) === 'signed-in')) {
  test(`${route} is closed to a stranger in every way of asking`, async ({ app }) => {
    const url = app.url + route;
    const document = { headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } };
    const isApi = route.startsWith('/api/');
    const answers: { expected: number; init: RequestInit }[] = [
      { expected: isApi ? 401 : 303, init: document },
      { expected: isApi ? 401 : 303, init: { method: 'HEAD' } },
      { expected: 401, init: { headers: { rsc: '1' } } },
      { expected: 401, init: { headers: { 'sec-fetch-dest': 'empty' } } },
      { expected: 401, init: { headers: { 'sec-fetch-dest': 'image' } } },
      { expected: 401, init: { headers: { rsc: '1', 'next-router-prefetch': '1' } } },
      { expected: 401, init: { method: 'POST', headers: { 'next-action': 'a'.repeat(42) } } },
      { expected: isApi ? 401 : 303, init: { headers: { purpose: 'prefetch' } } },
      {
        expected: isApi ? 401 : 303,
        init: { headers: { 'x-middleware-subrequest': 'middleware:middleware:middleware' } },
      },
      { expected: isApi ? 401 : 303, init: { headers: { 'x-original-url': '/' } } },
      {
        expected: isApi ? 401 : 303,
        init: { headers: { cookie: `${sessionName(app.url)}=junk` } },
      },
    ];
    for (const { expected, init } of answers) {
      const answer = await ask(url, init);
      expect(answer.status, JSON.stringify(init)).toBe(expected);
      expect(answer.headers.get('cache-control')).toContain('no-store');
      const body = await answer.text();
      const location = answer.headers.get('location');
      expect(['', location, '{"error":"unauthenticated"}']).toContain(body);
    }
    for (const suffix of ['.rsc', '.segments/_full.segment.rsc', '/', '//', '%2f', '?_rsc=1']) {
      const answer = await ask(url + suffix, { headers: { rsc: '1' } });
      expect([303, 308, 401], suffix).toContain(answer.status);
    }
  });
}

test('public pages, assets and health probes pass, and an unknown path is closed', async ({
  app,
}) => {
  const page = await ask(`${app.url}/`);
  expect(page.status).toBe(200);
  const html = await page.text();
  const asset = /\/_next\/static\/[^"]+\.css/.exec(html)?.[0];
  expect((await ask(app.url + asset)).status).toBe(200);
  expect((await ask(`${app.url}/icon.svg`)).status).toBe(200);
  for (const probe of ['/healthz', '/readyz']) {
    const answer = await ask(app.url + probe, {
      headers: { 'x-forwarded-host': 'probe.internal' },
    });
    expect(answer.status, probe).toBe(200);
  }
  expect((await ask(`${app.url}/no-such-page`)).status).toBe(303);
});

test('the paths of Auth.js do not exist', async ({ app }) => {
  const id = 'microsoft-entra-id';
  for (const path of ['callback', 'signin', 'signout', 'session', 'providers', 'csrf', 'error']) {
    for (const url of [`/api/auth/${path}`, `/api/auth/${path}/${id}?code=x&state=y`]) {
      expect((await ask(app.url + url)).status, url).toBe(404);
      expect((await ask(app.url + url, { method: 'POST' })).status, url).toBe(404);
    }
  }
});

test('who is signed in gets pages and data, never to be kept by a cache', async ({ page }) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  const document = await page.goto('/account');
  expect(document?.headers()['cache-control']).toBe('private, no-store');
  const me = await page.request.get('/api/me');
  expect(me.headers()['cache-control']).toBe('private, no-store');
  expect(Object.keys(await me.json()).sort()).toEqual(['name', 'objectId', 'tenantId']);
  const missing = await page.goto('/no-such-page');
  expect(missing?.status()).toBe(404);
});

test('a Server Action runs for who is signed in, and for nobody else', async ({ page, app }) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  const actions = () => app.events('example.action').length;
  const before = actions();
  await page.getByRole('button', { name: 'Check my session again' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  expect(actions()).toBe(before + 1);

  await page.goto('/account');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Check my session again' }).click();
  await expect(page).toHaveURL(/\/auth\/sign-in/);
  expect(actions()).toBe(before + 1);
  expect(pathOf(page)).toContain('returnTo=%2Faccount');
});

test('a cookie of a similar name disturbs nobody', async ({ page, context, app }) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  const url = app.url;
  await context.addCookies([
    { name: `${sessionName(url)}.0`, value: 'junk', url },
    { name: `${sessionName(url)}-evil`, value: 'junk', url },
    { name: sessionName(url).slice(0, -1), value: 'junk', url },
  ]);
  await page.reload();
  await expect(page.getByRole('main')).toContainText('Ada Berg');
  expect(await sessionCookie(page)).toBeDefined();
});
