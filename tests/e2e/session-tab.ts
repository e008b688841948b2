import type { BrowserContext } from '@playwright/test';
import { expect, type Page, signIn } from './fixtures';

const note = 'A long letter, not sent yet';

/** The dialog, or what stands in the place of the page. */
export const asked = (page: Page) =>
  page.getByRole('alertdialog', { name: 'Are you still there?' });
export const warned = (page: Page) => page.getByRole('alertdialog', { name: 'Save your work' });
export const ended = (page: Page) =>
  page.getByRole('alertdialog', { name: 'Your session has ended' });

/** Where text was typed; no page of the app has such a form, so the test puts one there. */
export const letter = (page: Page) => page.getByLabel('Letter');

/** Opens a page of who is signed in, and waits until it watches the session. */
export async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await watched(page);
  return page;
}

/** Waits until the page watches the session. */
export const watched = (page: Page) => page.locator('dialog').waitFor({ state: 'attached' });

/** Types what must not be lost. */
export async function writeLetter(page: Page): Promise<void> {
  await page.getByRole('main').evaluate((main) => {
    const field = document.createElement('textarea');
    field.setAttribute('aria-label', 'Letter');
    main.append(field);
  });
  await letter(page).fill(note);
}

/** Signs in with a clock that the test moves.
 * @param origin of an app other than the shared one */
export async function signInWithClock(page: Page, origin = ''): Promise<void> {
  await page.clock.install();
  await page.goto(`${origin}/account`);
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL(`${origin}/account`);
  await watched(page);
}

export async function expectLetterKept(page: Page): Promise<void> {
  await expect(letter(page)).toBeVisible();
  await expect(letter(page)).toHaveValue(note);
}

/** Nothing but the cover can be seen or reached. */
export async function expectCovered(page: Page): Promise<void> {
  await expect(ended(page)).toBeVisible();
  for (const hidden of await page.locator('body > :not(main), main > :not(dialog)').all()) {
    await expect(hidden).toBeHidden();
  }
  const [words = ''] = await page.getByRole('alertdialog').allInnerTexts();
  await expect(page.locator('body')).toHaveText(words, { useInnerText: true });
  await expect(page).not.toHaveTitle(/account/i);
}

/** Both colour schemes and the narrowest screens; pictures are kept. */
export async function expectFits(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page
      .getByRole('alertdialog')
      .evaluate((dialog) => Math.max(dialog.scrollWidth - dialog.clientWidth, 0));
    expect(overflow, `${width} px wide`).toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      if (width === 320) continue;
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: `test-results/screenshots/${name}-${colorScheme}-${width}.png`,
        animations: 'disabled',
      });
    }
  }
  await page.setViewportSize(before);
}
