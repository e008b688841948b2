import { site } from '../../lib/site';
import { findLanguage, type Language } from '../../lib/words';
import { choose, expect, expectAccessible, type Page, test } from './fixtures';
import { asked, expectFits, watched } from './session-tab';

// What a language says, as people meet it. The words themselves: tests/unit/words.test.ts.

for (const [wanted, lang] of [
  ['en-GB,en;q=0.9', 'en'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
  ['es-MX', 'es'],
  ['it', 'it'],
  ['xx-YY, ../../en, tlh;q=0.3', 'en'],
] as const) {
  test(`who wants "${wanted}" reads ${lang}, from the first page to a refusal`, async ({ app }) => {
    const { words, brand } = (await findLanguage(lang)) as Language;
    for (const [path, heading] of [
      ['/', brand.tagline],
      ['/auth/sign-in', words.signIn.heading],
      ['/auth/error', words.refusals.unknown.title],
    ] as const) {
      const answer = await fetch(app.url + path, { headers: { 'accept-language': wanted } });
      const html = await answer.text();
      expect(html, path).toMatch(new RegExp(`<html[^>]* lang="${lang}"|<html lang="${lang}"`));
      const h1 = /<h1[^>]*>([^<]*)</.exec(html)?.[1] ?? '';
      expect(h1, path).toBe(heading);
      const title = /<title>([^<]*)</.exec(html)?.[1] ?? '';
      if (path === '/auth/error') expect(title).toContain(h1);
      expect(title, path).toContain(site.name);
      const text = html.replaceAll(/<script[\s\S]*?<\/script>|<[^>]*>/g, ' ');
      expect(text, 'no gap is left open').not.toMatch(/\{\w+\}/);
      // No cache may give one person's language to another, and nobody is followed by a cookie.
      expect(answer.headers.get('cache-control'), path).toContain('no-store');
      expect(answer.headers.getSetCookie(), path).toEqual([]);
    }
  });
}

/** No word is wider than a small phone. @param picture the name of one to keep */
async function expectNarrow(page: Page, picture?: string): Promise<void> {
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${page.url()}, ${width} px wide`).toBeLessThanOrEqual(0);
    if (picture && width === 360) {
      const path = `test-results/screenshots/${picture}-360.png`;
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
    }
  }
  await page.setViewportSize({ width: 1280, height: 720 });
}

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });

  test('a refusal, the account page and the question before the end are German, and fit a phone', async ({
    page,
  }) => {
    await page.clock.install();
    await page.goto('/account');
    await page.getByRole('button', { name: 'Mit Microsoft anmelden' }).click();
    await choose(page, 'Noor de Vries');
    await expect(page).toHaveURL('/auth/denied');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Ihre Organisation kann diese App nicht verwenden',
    );
    await expect(page.getByRole('button', { name: 'Diese Angaben kopieren' })).toBeVisible();
    await expectAccessible(page);
    await expectNarrow(page, 'denied-de');

    await page.getByRole('button', { name: 'Anderes Konto verwenden' }).click();
    await choose(page, 'Ada Berg');
    await expect(page).toHaveURL('/account');
    await expect(page).toHaveTitle(/^Ihr Konto · /);
    await expect(page.getByText(/^In etwa 12 Stunden/)).toBeVisible();
    await expect(page.getByText(/^Wenn 1 Stunde lang nichts/)).toBeVisible();
    await expect(page.locator('time').first()).toHaveText(
      /^\d+\. \p{L}+ 20\d\d um \d\d:\d\d UTC$/u,
    );
    await expectAccessible(page);
    await expectNarrow(page, 'account-de');

    await watched(page);
    await page.clock.fastForward('58:10');
    const dialog = page.getByRole('alertdialog', { name: 'Sind Sie noch da?' });
    await expect(asked(page)).toBeHidden();
    await expect(dialog).toContainText('Sie werden in etwa 2 Minuten abgemeldet.');
    await expectAccessible(page);
    await expectFits(page, 'session-dialog-de');
  });
});

test('every language fits a phone, and the button its own words', async ({ browser, app }) => {
  for (const locale of ['de-DE', 'fr-FR', 'es-ES', 'it-IT']) {
    const context = await browser.newContext({ baseURL: app.url, locale });
    const page = await context.newPage();
    for (const path of ['/', '/auth/sign-in', '/auth/error', '/auth/approve', '/auth/signed-out']) {
      await page.goto(path);
      await expectNarrow(page);
    }
    await page.goto('/auth/sign-in');
    const box = await page.locator('form[action="/auth/start"] button').boundingBox();
    expect(box?.height, locale).toBeLessThan(50);
    await context.close();
  }
});
