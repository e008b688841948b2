import type { BrowserContext, Request } from '@playwright/test';
import { type AppServer, startApp } from '../app-server';
import { listenAsStranger } from '../attack/foreign-site';
import { startRedis } from '../redis-server';
import { expect, type Page, pathOf, type StandIn, sessionCookie, signIn, test } from './fixtures';

const path = '/authorization-code/front-channel-logout';

/** Signs out at Microsoft's own page, in a tab of its own.
 * @returns the request of each frame that the page opened */
async function leaveMicrosoft(
  context: BrowserContext,
  entra: StandIn,
  name = 'Ada Berg',
): Promise<{ page: Page; frames: Request[] }> {
  const page = await context.newPage();
  const frames: Request[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === path) frames.push(request);
  });
  await page.goto(`${entra.url}/organizations/oauth2/v2.0/logout`);
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'You signed out of your account',
  );
  return { page, frames };
}

/** What a copy of the cookie opens at an instance. */
async function statusOfCopy(app: AppServer, cookie: { name: string; value: string } | undefined) {
  const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
  return (await fetch(`${app.url}/api/me`, { headers })).status;
}

test('signing out at Microsoft, in another tab, ends the session here', async ({
  page,
  context,
  app,
  entra,
}) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  const cookie = await sessionCookie(page);
  expect(await statusOfCopy(app, cookie)).toBe(200);

  const away = await leaveMicrosoft(context, entra);
  await expect.poll(() => statusOfCopy(app, cookie)).toBe(401);
  const [request, ...more] = away.frames;
  if (!request) throw new Error('no frame');
  expect(more).toEqual([]);
  const url = new URL(request.url());
  expect(url.origin).toBe(app.url);
  expect([...url.searchParams.keys()]).toEqual(['sid']);
  expect((await request.allHeaders()).cookie, 'the browser sends none').toBeUndefined();

  // The frame is shown: the policy names Microsoft's page, and nothing else forbids it.
  const frame = away.page.frames().find((one) => one.url() === url.href);
  expect(await frame?.title()).toBe('Signed out');
  const headers = (await (await request.response())?.allHeaders()) ?? {};
  expect(headers['cache-control']).toContain('no-store');
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; frame-ancestors ${entra.url}`,
  );
  expect(headers['x-frame-options']).toBeUndefined();
  expect(headers['set-cookie']).toBeUndefined();
  await expect.poll(() => app.events('front_channel_sign_out')).toHaveLength(1);

  await page.goto('/account');
  expect(pathOf(page)).toBe('/auth/sign-in?returnTo=%2Faccount');
  expect(await sessionCookie(page), 'and its cookie is dropped').toBeUndefined();
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
});

test('only the session that ended at Microsoft ends here, and no other site can frame the address', async ({
  page,
  browser,
  app,
  entra,
}) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  // The same person in another browser has another session at Microsoft.
  const other = await browser.newContext({ baseURL: app.url });
  const there = await other.newPage();
  await there.goto('/account');
  await signIn(there, 'Ada Berg');
  await expect(there).toHaveURL('/account');
  const cookie = await sessionCookie(there);
  await leaveMicrosoft(other, entra);
  await expect.poll(() => statusOfCopy(app, cookie)).toBe(401);
  await page.reload();
  await expect(page).toHaveURL('/account');

  const stranger = await listenAsStranger(`<iframe src="${app.url}${path}?sid=x"></iframe>`);
  const framer = await other.newPage();
  await framer.goto(stranger.url, { waitUntil: 'networkidle' });
  const [frame, ...more] = framer.frames().slice(1);
  expect([frame?.url().startsWith('chrome-error:'), more.length]).toEqual([true, 0]);
  stranger.close();
  await other.close();
});

test('whichever instance the frame reaches, the session is over on all within a second', async ({
  browser,
  stack,
  entra,
}) => {
  const redis = await startRedis();
  const apps: AppServer[] = [];
  try {
    const env = { ...stack.env, REDIS_URL: redis.url };
    const one = await startApp(env);
    const two = await startApp({ ...env, AUTH_URL: one.url });
    apps.push(one, two);
    for (const app of apps) {
      await expect.poll(async () => (await fetch(`${app.url}/readyz`)).status).toBe(200);
    }
    for (const reached of apps) {
      entra.control.patchRegistration({ frontChannelLogoutUrl: reached.url + path });
      const context = await browser.newContext({ baseURL: one.url });
      const page = await context.newPage();
      await page.goto('/account');
      await signIn(page, 'Ada Berg');
      await expect(page).toHaveURL('/account');
      const cookie = await sessionCookie(page);
      for (const app of apps) expect(await statusOfCopy(app, cookie)).toBe(200);
      const { frames } = await leaveMicrosoft(context, entra);
      await expect.poll(() => frames.length).toBe(1);
      expect((await frames[0]?.response())?.url()).toContain(reached.url);
      const statuses = () => Promise.all(apps.map((app) => statusOfCopy(app, cookie)));
      await expect.poll(statuses, { timeout: 1_000, intervals: [20] }).toEqual([401, 401]);
      await page.goto('/account');
      expect(pathOf(page)).toBe('/auth/sign-in?returnTo=%2Faccount');
      await context.close();
    }
  } finally {
    for (const app of apps) await app.stop();
    await redis.kill();
  }
});
