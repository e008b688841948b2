import { gzipSync } from 'node:zlib';
import { site } from '../../lib/site';
import { expect, sessionCookie, signIn, test } from './fixtures';
import {
  asked,
  ended,
  expectCovered,
  expectLetterKept,
  openTab,
  signInWithClock,
  watched,
  writeLetter,
} from './session-tab';

test('staying in one tab stays in all', async ({ page, context, app }) => {
  await signInWithClock(page);
  const other = await openTab(context, `${app.url}/account`);
  await page.clock.fastForward('58:10');
  for (const tab of [page, other]) await expect(asked(tab)).toBeVisible();
  await other.getByRole('button', { name: 'Stay signed in' }).click();
  for (const tab of [page, other]) await expect(asked(tab)).toBeHidden();
  await page.clock.fastForward('05:00');
  for (const tab of [page, other]) await expect(ended(tab)).toBeHidden();
});

test('a page that is opened in one tab is use for all', async ({ page, context, app }) => {
  await signInWithClock(page);
  await page.clock.fastForward('58:10');
  await expect(asked(page)).toBeVisible();
  await openTab(context, `${app.url}/account`);
  await expect(asked(page)).toBeHidden();
});

test.describe('a sign-out in one tab', () => {
  const ways = [`Sign out of ${site.name}`, 'Sign out of Microsoft too', 'Sign out everywhere'];
  for (const name of ways) {
    test(`by "${name}" shows in the others within seconds`, async ({
      page,
      context,
      app,
      entra,
    }) => {
      await page.goto('/account');
      await signIn(page, 'Ada Berg');
      await expect(page).toHaveURL('/account');
      await watched(page);
      const plain = await openTab(context, `${app.url}/account`);
      const written = await openTab(context, `${app.url}/account?tab=details`);
      await writeLetter(written);
      // A slow answer, which the others have to wait for.
      await page.route('**/auth/sign-out', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 700));
        await route.continue();
      });
      // Nobody comes back from Microsoft, so that only the press of the button can have told.
      entra.control.goOffline();
      await page.getByRole('main').getByRole('button', { name }).click({ noWaitAfter: true });
      for (const tab of [plain, written]) {
        await expect(tab).toHaveURL('/auth/signed-out', { timeout: 4_000 });
        expect(await tab.content()).not.toContain('Ada Berg');
      }
      expect(await sessionCookie(plain)).toBeUndefined();
      entra.control.goOnline();
    });
  }
});

test('a sign-out that a tab did not hear of shows when the tab is looked at', async ({
  page,
  context,
}) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  await watched(page);
  await context.clearCookies();
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(page).toHaveURL('/auth/sign-in?returnTo=%2Faccount');
});

test('words of another tab alone end nothing', async ({ page, context, app }) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  await watched(page);
  await writeLetter(page);
  const answers: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/api/session')) answers.push(response.status());
  });
  const tab = await openTab(context, `${app.url}/`);
  await tab.evaluate(() => new BroadcastChannel('azure-auth').postMessage('signed-out'));
  await expect.poll(() => answers.length).toBeGreaterThanOrEqual(3);
  expect(new Set(answers)).toEqual(new Set([200]));
  await expectLetterKept(page);
});

test('a page from the back/forward cache shows nothing before the server has answered', async ({
  page,
  context,
}) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  await watched(page);
  await writeLetter(page);
  const transition = (type: string) =>
    page.evaluate(
      (name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })),
      type,
    );
  const shown = page.locator('body');
  const answers: (() => void)[] = [];
  await page.route('**/api/session', async (route) => {
    await new Promise<void>((resolve) => answers.push(resolve));
    await route.continue();
  });

  await transition('pagehide');
  await expect(shown).toHaveText('', { useInnerText: true });
  await transition('pageshow');
  await expect.poll(() => answers.length).toBe(1);
  await expect(shown).toHaveText('', { useInnerText: true });
  answers.pop()?.();
  await expectLetterKept(page);

  await transition('pagehide');
  await context.clearCookies();
  await transition('pageshow');
  await expect.poll(() => answers.length).toBe(1);
  await expect(shown).toHaveText('', { useInnerText: true });
  answers.pop()?.();
  await expectCovered(page);
});

test('all this is 3 kB of script, and nothing of it is loaded without a session', async ({
  page,
}) => {
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (/\/_next\/static\/.*\.js$/.test(response.url())) {
      scripts.set(response.url(), response.body());
    }
  });
  const ours = async () => {
    const bodies = await Promise.all(scripts.values());
    return bodies.filter((body) => /azure-auth|api\/session|signed in for as long/.test(`${body}`));
  };
  await page.goto('/', { waitUntil: 'networkidle' });
  expect(scripts.size).toBeGreaterThan(3);
  expect(await ours()).toEqual([]);
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL(site.homePath);
  await watched(page);
  const sizes = (await ours()).map((body) => gzipSync(body).length);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3 * 1024);
});
