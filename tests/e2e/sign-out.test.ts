import { site } from '../../lib/site';
import { expect, pathOf, sessionCookie, signIn, test } from './fixtures';

const signOutHere = `Sign out of ${site.name}`;
const signOutAtMicrosoft = 'Sign out of Microsoft too';

test.beforeEach(async ({ page }) => {
  await page.goto('/account');
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
  await expect.poll(() => app.events('sign_out').at(-1)).toMatchObject({ scope: 'app' });
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
  await expect.poll(() => app.events('sign_out').at(-1)).toMatchObject({ scope: 'microsoft' });

  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  expect(new URL(page.url()).origin, 'the stand-in asks for an account again').toBe(entra.url);
});
