import { site } from '../../lib/site';
import { expect, type Page, signIn, test } from '../e2e/fixtures';
import { listenAsStranger } from './foreign-site';
import { title } from './matrix';

const pressSignOut = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('button', { name: `Sign out of ${site.name}` })
    .click();

test(title('LO-08'), async ({ app, entra, playwright, launchOptions }) => {
  test.setTimeout(120_000);
  // Playwright switches the back/forward cache off; people have it.
  const ignoreDefaultArgs = ['--disable-back-forward-cache'];
  const browser = await playwright.chromium.launch({ ...launchOptions, ignoreDefaultArgs });
  const stranger = await listenAsStranger(
    '<h1>Elsewhere</h1><script>onpageshow = (e) => { document.title = String(e.persisted); }</script>',
  );
  const context = await browser.newContext({ baseURL: app.url });
  const open = async (path: string) => {
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
  /** A tab that hears nothing of what others do, as one that was frozen. */
  const openDeaf = async (path: string) => {
    const page = await context.newPage();
    await page.addInitScript(() =>
      Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => {} }),
    );
    await page.goto(path);
    return page;
  };
  const expectNothingOfAda = async (page: Page) => {
    await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
    expect(await page.content()).not.toContain('Ada Berg');
  };
  try {
    const control = await open(stranger.url);
    await control.goto('about:blank');
    await control.goBack({ waitUntil: 'commit' });
    await expect(control, 'this browser has a back/forward cache').toHaveTitle('true');

    const first = await open('/account');
    await signIn(first, 'Ada Berg');
    await expect(first).toHaveURL('/account');
    await first.getByRole('link', { name: 'Details' }).click();
    await expect(first).toHaveURL('/account?tab=details');

    const acting = await openDeaf('/account');
    const linking = await openDeaf('/account');
    const routed = await openDeaf('/account');
    await routed.getByRole('button', { name: 'Check my session again' }).click();
    await expect(routed).toHaveURL('/account?confirmed=yes');
    const away = await open('/account');
    await away.goto(stranger.url);
    const untouched = await openDeaf('/account');
    const hearing = await open('/account');
    await hearing.locator('dialog').waitFor({ state: 'attached' }); // it listens
    for (const tab of [acting, linking, routed]) {
      await expect(tab.getByRole('main')).toContainText('Ada Berg');
    }

    await pressSignOut(first);
    await expect(first).toHaveURL('/auth/signed-out');
    await expect(hearing).toHaveURL('/auth/signed-out');
    await expectNothingOfAda(hearing);
    await hearing.goBack({ waitUntil: 'commit' });
    await expect(hearing, 'her page has left the history').toHaveURL('about:blank');

    await acting.getByRole('button', { name: 'Check my session again' }).click();
    await expectNothingOfAda(acting);
    await linking.getByRole('link', { name: 'Details' }).click();
    await expectNothingOfAda(linking);
    await routed.goBack({ waitUntil: 'commit' });
    await expectNothingOfAda(routed);
    await away.goBack({ waitUntil: 'commit' });
    await expectNothingOfAda(away);
    await first.goBack({ waitUntil: 'commit' });
    await expectNothingOfAda(first);
    await first.goBack({ waitUntil: 'commit' });
    await expectNothingOfAda(first);
    // To a headless browser every tab is in front, so that it never tells one of its return.
    await untouched.evaluate(() => dispatchEvent(new Event('focus')));
    await expectNothingOfAda(untouched);
    expect(entra.control.requests.filter(({ endpoint }) => endpoint === 'logout')).toEqual([]);
  } finally {
    await browser.close();
    stranger.close();
  }
});
