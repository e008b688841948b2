import { choose, expect, signIn, startSignIn, test } from './fixtures';

test.use({ listed: ['contoso'] });

test('its guests come in as members of it', async ({ page }) => {
  await page.goto('/account');
  await signIn(page, 'Grace Lindqvist');
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText('Grace Lindqvist');
  await expect(page.getByRole('main')).toContainText('Contoso');
});

test('its own authority is used, and people of another one stay at the provider', async ({
  page,
  entra,
}) => {
  await page.goto('/account');
  await startSignIn(page);
  expect(new URL(page.url()).pathname).toContain(`/${entra.tenants.contoso}/`);
  await choose(page, 'Farid Nasser');
  expect(new URL(page.url()).origin).toBe(entra.url);
  await expect(page.getByText(/AADSTS50020/)).toBeVisible();
});
