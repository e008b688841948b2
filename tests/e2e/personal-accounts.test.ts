import { choose, expect, startSignIn, test } from './fixtures';

test.use({ listed: ['contoso', 'personal'] });

test('a personal Microsoft account comes in through the common authority', async ({ page }) => {
  await page.goto('/account');
  await startSignIn(page);
  expect(new URL(page.url()).pathname).toContain('/common/');
  await choose(page, 'Mia Rossi');
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('main')).toContainText('Personal Microsoft account');
});

test('an administrator is asked at organizations, which Microsoft demands in the place of common', async ({
  page,
  entra,
}) => {
  await page.goto('/auth/approve');
  await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
  await expect(page.getByRole('heading', { name: 'Choose an account' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/organizations/v2.0/adminconsent');
  await choose(page, 'Mia Rossi');
  expect(new URL(page.url()).origin).toBe(entra.url);
  await expect(page.getByText(/AADSTS500200/)).toBeVisible();
});
