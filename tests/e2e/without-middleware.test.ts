import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../app-server';
import { expect, sessionCookie, signIn, test } from './fixtures';
import { buildVariant } from './variant';

const variant = { standalone: '', remove: () => {} };

test.beforeAll(() => {
  test.setTimeout(180_000);
  Object.assign(
    variant,
    buildVariant((folder) => {
      rmSync(join(folder, 'middleware.ts'));
      for (const name of ['.env', '.env.production']) {
        writeFileSync(join(folder, name), 'CANARY=c4n4ry\n');
      }
    }),
  );
});
test.afterAll(() => variant.remove());

test('without the middleware every page, route handler and action is still closed', async ({
  page,
  browser,
  stack,
}) => {
  const { standalone } = variant;
  const manifest = readFileSync(join(standalone, '.next/server/middleware-manifest.json'), 'utf8');
  expect(JSON.parse(manifest).middleware, 'the middleware is really gone').toEqual({});
  const app = await startApp({ ...stack.env, AUTH_URL: stack.app.url }, standalone);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(app.url + path, { redirect: 'manual', ...init });

  const document = await ask('/account?tab=details');
  expect(document.status).toBe(307);
  expect(document.headers.get('location')).toBe(
    `/auth/sign-in?returnTo=${encodeURIComponent('/account?tab=details')}`,
  );
  expect((await ask('/api/me')).status).toBe(401);
  const react = await ask('/account', { headers: { rsc: '1' } });
  expect(await react.text()).not.toMatch(/Your account|Organisation|Sign out/);

  // The same secret, so a session of the whole app opens this one too: it is closed, not broken.
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  const session = await sessionCookie(page);
  if (!session) throw new Error('nobody is signed in');
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies([session]);
  const plain = await context.newPage();
  await plain.goto(`${app.url}/account`);
  const submit = plain.waitForRequest((request) => request.method() === 'POST');
  await plain.getByRole('button', { name: 'Check my session again' }).click();
  await expect.poll(() => app.events('example.action').length).toBe(1);

  // The very same submission without the session runs nothing.
  const request = await submit;
  const replay = await ask('/account', {
    method: 'POST',
    headers: { origin: app.url, 'content-type': request.headers()['content-type'] ?? '' },
    body: new Uint8Array(request.postDataBuffer() ?? []),
  });
  expect(replay.headers.get('location')).toContain('/auth/sign-in');
  expect(app.events('example.action')).toHaveLength(1);
  await context.close();
  await app.stop();
});

test('a build leaves the settings files of whoever built it behind', () => {
  const names = readdirSync(variant.standalone).filter((name) => name.startsWith('.env'));
  expect(names, 'they would end up in every image').toEqual([]);
});
