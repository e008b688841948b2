import { cookieNames } from '../../lib/cookies';
import { Robot } from '../attack/robot';
import { expect, pathOf, sessionCookie, signIn, test } from './fixtures';

const sessionName = (origin: string) => cookieNames({ origin }).session;
const ask = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });

test('public pages, assets and health probes pass, and an unknown path is closed', async ({
  app,
}) => {
  const page = await ask(`${app.url}/`);
  expect(page.status).toBe(200);
  const html = await page.text();
  const asset = /\/_next\/static\/[^"]+\.css/.exec(html)?.[0];
  expect((await ask(app.url + asset)).status).toBe(200);
  expect((await ask(`${app.url}/icon.svg`)).status).toBe(200);
  // Not ready is an answer, too: a test before may have had the credential refused.
  for (const [probe, statuses] of [
    ['/healthz', [200]],
    ['/readyz', [200, 503]],
  ] as const) {
    const answer = await ask(app.url + probe, {
      headers: { 'x-forwarded-host': 'probe.internal' },
    });
    expect(statuses, probe).toContain(answer.status);
    expect(await answer.json(), probe).toHaveProperty('status');
  }
  expect((await ask(`${app.url}/no-such-page`)).status).toBe(303);
});

test('who is signed in gets pages and data, never to be kept by a cache', async ({ stack }) => {
  const robot = new Robot(stack);
  await robot.signIn();
  const document = await robot.open('/account');
  expect([document.status, document.headers.get('cache-control')]).toEqual([
    200,
    'private, no-store',
  ]);
  const me = await robot.fetch('/api/me');
  expect(me.headers.get('cache-control')).toBe('private, no-store');
  const told = await me.text();
  expect(Object.keys(JSON.parse(told))).toEqual(
    expect.arrayContaining(['name', 'objectId', 'tenantId']),
  );
  // Neither an address nor a token, whatever a fork adds.
  expect(told).not.toMatch(/@|eyJ/);
  expect((await robot.open('/no-such-page')).status).toBe(404);
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
  await expect(page).toHaveURL('/account');
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
