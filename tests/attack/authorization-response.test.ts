import { site } from '../../lib/site';
import type { StandIn } from '../e2e/fixtures';
import {
  choose,
  expect,
  pathOf,
  sessionCookie,
  signIn,
  startSignIn,
  test,
  tryAgain,
} from '../e2e/fixtures';
import { listenWithoutCookies } from './cookieless-proxy';
import { title } from './matrix';
import { expectRejected } from './outcomes';
import { withApp } from './own-app';
import { movableClock } from './preload';
import { Robot } from './robot';

const tokenRequests = (entra: StandIn) =>
  entra.control.requests.filter(({ endpoint }) => endpoint === 'token').length;

/** The callback's address with other parameters; null takes one away, a list repeats it. */
function changed(callback: string, changes: Record<string, string | string[] | null>): string {
  const url = new URL(callback);
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.delete(name);
    for (const one of value === null ? [] : [value].flat()) url.searchParams.append(name, one);
  }
  return url.href;
}

test(title('AR-01'), async ({ stack, app, entra }) => {
  const robot = new Robot(stack);
  const request = await robot.start('/account?tab=details');
  const callback = await robot.answer(request);
  const state = request.searchParams.get('state') ?? '';
  const states: (string | string[] | null)[] = [
    null,
    '',
    'wrong',
    state.slice(0, -1),
    `${state}x`,
    ` ${state}`,
    state.toUpperCase(),
    [state, state],
    [state, 'wrong'],
    `${state}\n`,
    'x'.repeat(5000),
  ];
  for (const wrong of states) {
    const answer = await robot.fetch(changed(callback, { state: wrong }));
    await expectRejected(robot, app, answer, { code: 'flow_missing', reason: 'state' });
  }
  expect(tokenRequests(entra)).toBe(0);
  expect((await robot.fetch(callback)).headers.get('location')).toBe(
    `${app.url}/account?tab=details`, // none of that has spent the sign-in
  );
});

test(title('AR-02'), async ({ stack, app, entra }) => {
  const attacker = new Robot(stack);
  const callback = await attacker.answer(await attacker.start());

  const idle = new Robot(stack);
  await expectRejected(idle, app, await idle.fetch(callback), {
    code: 'flow_missing',
    reason: 'check_cookie_missing',
    page: '/auth/error?cookies=none',
  });
  expect(await idle.me()).toBeUndefined();

  const busy = new Robot(stack); // with a sign-in of their own under way
  const own = await busy.answer(await busy.start(), 'Farid Nasser');
  await expectRejected(busy, app, await busy.fetch(callback), {
    code: 'flow_missing',
    reason: 'state',
  });
  expect(tokenRequests(entra)).toBe(0);
  await busy.fetch(own);
  expect(await busy.me()).toMatchObject({ name: 'Farid Nasser' });

  const before = busy.session(); // signed in: led home, as the same person
  const home = await busy.fetch(callback);
  expect([home.status, home.headers.get('location')]).toEqual([303, app.url + site.homePath]);
  expect(busy.session()).toEqual(before);
  expect(tokenRequests(entra)).toBe(1);
  await attacker.fetch(callback); // it was worth something: in the browser that began it
  expect(await attacker.me()).toMatchObject({ name: 'Ada Berg' });
});

test(title('AR-12'), async ({ stack, app, entra }) => {
  const codes: (string | string[] | null)[] = [
    null,
    '',
    'x'.repeat(8 * 1024),
    'a\u0000b',
    'a\r\nb',
    'a\tb',
    '\u001b[31m',
    'é',
    ['a', 'a'],
    ['a', 'b'],
  ];
  for (const code of codes) {
    const robot = new Robot(stack);
    const request = await robot.start('/account?tab=details');
    const callback = await robot.answer(request);
    await expectRejected(robot, app, await robot.fetch(changed(callback, { code })), {
      code: 'flow_invalid',
      reason: 'code',
      returnTo: '/account?tab=details',
    });
  }
  expect(tokenRequests(entra)).toBe(0);
});

test(title('AR-13'), async ({ page, context, app, entra }) => {
  const wanted = '/account?tab=details';
  await page.goto(wanted);
  await startSignIn(page);
  const before = await context.cookies();
  const request = page.waitForRequest(/authorization-code/);
  await choose(page, 'Ada Berg');
  const callback = (await request).url();
  await expect(page).toHaveURL(wanted);
  const { value } = (await sessionCookie(page)) ?? {};
  const failures = app.events('sign_in.failed').length;
  const redeemed = tokenRequests(entra);

  await page.goto(callback);
  await expect(page).toHaveURL(wanted);
  await page.reload();
  await expect(page).toHaveURL(wanted);
  await page.goBack();
  await page.waitForLoadState(); // Chromium may still be changing pages
  await page.goForward();
  await expect(page).toHaveURL(wanted);
  expect(tokenRequests(entra)).toBe(redeemed);

  await context.addCookies(before); // as the browser held them before it came back
  await page.goto(callback);
  await expect(page).toHaveURL(wanted);
  await page.goto(callback);
  await expect(page).toHaveURL(wanted);
  expect((await sessionCookie(page))?.value, 'the session is the same one').toBe(value);
  expect(app.events('sign_in.failed')).toHaveLength(failures);
  expect(app.events('sign_in').filter(({ time }) => time)).not.toEqual([]);

  await context.clearCookies(); // whoever signed out has nothing to go on with
  await context.addCookies(before);
  await page.goto(callback);
  await expect(page).toHaveURL('/auth/error');
  expect(await sessionCookie(page)).toBeUndefined();
  await tryAgain(page, wanted);
});

test(title('AR-14'), async ({ browser, app }) => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const context = await browser.newContext({ baseURL: app.url });
    const tabs = [await context.newPage(), await context.newPage()] as const;
    const paths = ['/account?tab=overview', '/account?tab=details'] as const;
    for (const [index, tab] of tabs.entries()) {
      await tab.goto(paths[index] as string);
      await tab.getByRole('button', { name: 'Sign in with Microsoft' }).dblclick();
      await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Choose an account');
    }
    for (const index of order) {
      const tab = tabs[index as 0 | 1];
      await choose(tab, 'Ada Berg');
      await expect(tab).toHaveURL(app.url + paths[index as 0 | 1]);
    }
    for (const [index, tab] of tabs.entries()) {
      await tab.reload();
      expect(pathOf(tab)).toBe(paths[index]);
      await expect(tab.getByRole('heading', { name: 'Your account' })).toBeVisible();
    }
    await context.close();
  }
});

test(title('AR-17'), async ({ page, stack, entra }) => {
  const clock = movableClock();
  await withApp(stack, clock.env, async ({ app }) => {
    await page.goto(`${app.url}/account?tab=details`);
    await startSignIn(page);
    await clock.moveTo(15 * 60 + 1);
    entra.control.setClock(15 * 60 + 1);
    await choose(page, 'Ada Berg');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The sign-in took too long');
    await expect
      .poll(() => app.events('sign_in.failed').at(-1))
      .toMatchObject({ reason: 'flow_expired' });
    await tryAgain(page, `${app.url}/account?tab=details`);
    entra.control.setClock(0);
    await clock.moveTo(0);

    // www to apex: a name that is ours too, but not the one that cookies are kept for.
    await page.context().clearCookies();
    const www = app.url.replace('localhost', 'www.localhost');
    await page.goto(`${www}/account?tab=details`);
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/auth\/sign-in\?returnTo=/);
    await signIn(page, 'Ada Berg');
    await expect(page).toHaveURL(`${app.url}/account?tab=details`);
    await page.goto('about:blank'); // the app ends here, and nothing may still ask for it
  }).finally(clock.remove);

  const proxy = await listenWithoutCookies();
  await withApp(stack, { AUTH_URL: proxy.url }, async ({ app }) => {
    proxy.leadTo(app.url);
    await page.context().clearCookies();
    await page.goto(`${proxy.url}/account?tab=details`);
    await signIn(page, 'Ada Berg');
    const heading = page.getByRole('heading', { level: 1 });
    for (let round = 0; round < 2; round += 1) {
      await expect(page).toHaveURL(`${proxy.url}/auth/error?cookies=none`);
      await expect(heading).toHaveText('Your browser did not keep our cookie');
      await expect
        .poll(() => app.events('sign_in.failed').at(-1))
        .toMatchObject({ reason: 'check_cookie_missing' });
      expect(app.events('sign_in.failed'), 'nothing tries by itself').toHaveLength(round + 1);
      if (round === 0) await page.getByRole('button', { name: 'Try again' }).click();
    }
    proxy.keepCookies();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page).toHaveURL(proxy.url + site.homePath);
    await page.goto('about:blank');
  }).finally(proxy.close);
});
