import { site } from '../../lib/site';
import { choose, expect, expectAccessible, type Page, signIn, startSignIn, test } from './fixtures';

/** Every page of the app and of the stand-in, and the way a visitor gets there. */
const pages: Record<string, (page: Page) => Promise<unknown>> = {
  public: (page) => page.goto('/'),
  'public-signed-in': async (page) => {
    await page.goto('/');
    await signIn(page, 'Ada Berg');
    await expect(page).toHaveURL(site.homePath);
    await page.goto('/');
  },
  'sign-in': (page) => page.goto('/account?tab=details'),
  account: async (page) => {
    await page.goto('/account');
    await signIn(page, 'Ada Berg');
  },
  'account-details': async (page) => {
    await page.goto('/account?tab=details');
    await signIn(page, 'Ben Osei');
  },
  admin: async (page) => {
    await page.goto('/admin');
    await signIn(page, 'Noor de Vries');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await choose(page, 'Ada Berg');
    await expect(page).toHaveURL('/admin');
  },
  denied: async (page) => {
    await page.goto('/account');
    await signIn(page, 'Noor de Vries');
    await expect(page).toHaveURL('/auth/denied');
  },
  'page-forbidden': async (page) => {
    await page.goto('/admin');
    await signIn(page, 'Farid Nasser');
    await expect(page).toHaveURL('/auth/denied');
  },
  confirm: async (page) => {
    await page.goto('/');
    await signIn(page, 'Ada Berg');
    await page.goto('/auth/confirm?returnTo=%2Faccount&form=lost');
  },
  cancelled: async (page) => {
    await page.goto('/account');
    await startSignIn(page);
    await choose(page, 'Cancel');
    await expect(page).toHaveURL('/auth/error');
  },
  'not-approved': async (page) => {
    await page.goto('/account');
    await signIn(page, 'Wei Zhang');
    await page.getByText('Return to the application without granting consent').click();
    await expect(page).toHaveURL('/auth/error');
  },
  'error-unknown': (page) => page.goto('/auth/error'),
  'signed-out': (page) => page.goto('/auth/signed-out'),
  'signed-out-unreachable': (page) => page.goto('/auth/signed-out?microsoft=unreachable'),
  approve: (page) => page.goto('/auth/approve'),
  'approve-granted': async (page) => {
    await page.goto('/auth/approve');
    await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
    await choose(page, 'Wei Zhang');
    await choose(page, 'Accept');
    await expect(page).toHaveURL('/auth/approve/result');
  },
  'approve-unknown': (page) => page.goto('/auth/approve/result'),
  'not-found': async (page) => {
    await page.goto('/account');
    await signIn(page, 'Ada Berg');
    await page.goto('/no-such-page');
  },
  'stand-in-picker': async (page) => {
    await page.goto('/');
    await startSignIn(page);
  },
  'stand-in-error': async (page) => {
    await page.goto('/');
    await signIn(page, 'Uma Patel');
  },
  'stand-in-approval': async (page) => {
    await page.goto('/');
    await signIn(page, 'Wei Zhang');
  },
};

for (const [name, open] of Object.entries(pages)) {
  test(`the page "${name}" is accessible, fits 320 px, and is kept as a picture`, async ({
    page,
  }) => {
    await open(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expectAccessible(page);
    for (const width of [1280, 360, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${width} px wide`).toBeLessThanOrEqual(0);
      for (const colorScheme of ['light', 'dark'] as const) {
        if (width === 320) continue;
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: `test-results/screenshots/${name}-${colorScheme}-${width}.png`,
          fullPage: true,
          animations: 'disabled',
        });
      }
    }
  });
}

test('the button has the size, colours and words of Microsoft’s branding rules', async ({
  page,
}) => {
  await page.goto('/');
  const button = page.getByRole('button', { name: 'Sign in with Microsoft' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(41);
    expect(box?.width).toBeGreaterThanOrEqual(215);
    await expect(button).toHaveCSS('background-color', 'rgb(255, 255, 255)');
    await expect(button).toHaveCSS('color', 'rgb(94, 94, 94)');
  }
});

test('the whole sign-in can be done with the keyboard', async ({ page }) => {
  await page.goto('/');
  const button = page.getByRole('button', { name: 'Sign in with Microsoft' });
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if (await button.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  const ada = page.getByRole('button', { name: /^Ada Berg/ });
  await ada.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(site.homePath);
});

test('nothing on a page shifts while it loads', async ({ page }) => {
  await page.goto('/');
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let total = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            total += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(total), 500);
      }),
  );
  expect(shift).toBe(0);
});
