import { site } from '../../lib/site';
import { startApp } from '../app-server';
import { expect, pathOf, sessionCookie, signIn, test } from './fixtures';

const signOutHere = `Sign out of ${site.name}`;
const signOutAtMicrosoft = 'Sign out of Microsoft too';

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
});

test('signing out of the app ends the session here and leaves Microsoft alone', async ({
  page,
  app,
  entra,
}) => {
  await page.getByRole('main').getByRole('button', { name: signOutHere }).click();
  await expect(page).toHaveURL('/auth/signed-out');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('signed out');
  expect(await sessionCookie(page)).toBeUndefined();
  expect(app.events('sign_out').at(-1)).toMatchObject({ scope: 'app' });
  expect(entra.control.requests.map(({ endpoint }) => endpoint)).not.toContain('logout');
  await page.goto('/account');
  expect(pathOf(page)).toBe('/auth/sign-in?returnTo=%2Faccount');
});

test('signing out of Microsoft too ends both sessions and comes back', async ({
  page,
  app,
  entra,
}) => {
  const logout = page.waitForRequest((request) => request.url().includes('/oauth2/v2.0/logout'));
  await page.getByRole('button', { name: signOutAtMicrosoft }).click();
  const query = new URL((await logout).url()).searchParams;
  expect(query.get('post_logout_redirect_uri')).toBe(`${app.url}/auth/signed-out`);
  expect(query.get('logout_hint')).toBeTruthy();
  expect(query.get('logout_hint')).not.toContain('@');
  await expect(page).toHaveURL(/\/auth\/signed-out$/);
  expect(await sessionCookie(page)).toBeUndefined();
  expect(app.events('sign_out').at(-1)).toMatchObject({ scope: 'microsoft' });

  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  expect(new URL(page.url()).origin, 'the stand-in asks for an account again').toBe(entra.url);
});

test('with Microsoft unreachable the local session ends all the same', async ({
  page,
  stack,
  entra,
}) => {
  // An instance that has just started knows no metadata yet, so it has to ask.
  const fresh = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
  const cookie = await sessionCookie(page);
  entra.control.inject({ on: 'discovery', delayMs: 60_000, times: Number.POSITIVE_INFINITY });
  const started = Date.now();
  const response = await fetch(`${fresh.url}/auth/sign-out`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: stack.app.url },
    body: new URLSearchParams({ scope: 'microsoft' }),
  });
  expect(Date.now() - started).toBeLessThan(6_000);
  expect(response.headers.get('location')).toBe(
    `${stack.app.url}/auth/signed-out?microsoft=unreachable`,
  );
  expect(response.headers.getSetCookie().join()).toContain('.session=; Path=/; Max-Age=0');
  await page.context().clearCookies();
  await page.goto('/auth/signed-out?microsoft=unreachable');
  await expect(page.getByRole('main')).toContainText('could not reach Microsoft');
  await fresh.stop();
});

test('another site, a link or an image cannot sign anyone out', async ({ page, app }) => {
  const { name, value } = (await sessionCookie(page)) ?? { name: '', value: '' };
  const cookie = `${name}=${value}`;
  const attempts: RequestInit[] = [
    { method: 'GET' },
    { method: 'GET', headers: { 'sec-fetch-site': 'same-origin' } }, // a link on our own page
    { method: 'POST' },
    { method: 'POST', headers: { origin: 'https://evil.example' } },
    { method: 'POST', headers: { origin: app.url, 'sec-fetch-site': 'cross-site' } },
    { method: 'POST', headers: { origin: app.url, 'sec-fetch-site': 'same-site' } },
    { method: 'POST', headers: { origin: 'null' } },
  ];
  for (const { method, headers } of attempts) {
    const response = await fetch(`${app.url}/auth/sign-out`, {
      method: method ?? 'GET',
      redirect: 'manual',
      headers: { ...headers, cookie },
    });
    expect(response.status).toBe(303);
    expect(response.headers.getSetCookie(), JSON.stringify(headers)).toEqual([]);
  }
  await page.reload();
  await expect(page.getByRole('main')).toContainText('Ada Berg');
});

test('after sign-out Back shows nothing of the session', async ({ page }) => {
  await page.getByRole('main').getByRole('button', { name: signOutHere }).click();
  await expect(page).toHaveURL('/auth/signed-out');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  expect(await page.content()).not.toContain('Ada Berg');
});
