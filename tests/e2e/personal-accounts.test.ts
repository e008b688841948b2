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
