import { startApp } from '../app-server';
import {
  callbackUrl,
  choose,
  expect,
  expectAccessible,
  sessionCookie,
  signIn,
  startSignIn,
  test,
  tryAgain,
} from './fixtures';

const always = Number.POSITIVE_INFINITY;
/** What a visitor may wait for at most. */
const patienceMs = 10_000;

const outages = {
  'answers 503': { status: 503 },
  'answers HTML': { status: 200, raw: '<html>proxy</html>', type: 'text/html' },
  'answers nothing': { status: 200, raw: '' },
  'redirects elsewhere': { status: 307, headers: { location: 'https://evil.example/' } },
  'sends 2 MB': { bytes: 2 * 1024 * 1024 },
  'cuts the connection': { reset: true },
  'hangs for a minute': { delayMs: 60_000 },
} as const;

for (const [what, fault] of Object.entries(outages)) {
  test(`the page says within ten seconds that Microsoft ${what} when the code is redeemed`, async ({
    page,
    app,
    entra,
  }) => {
    await page.goto('/account?tab=details');
    await startSignIn(page);
    entra.control.inject({ on: 'token', times: always, ...fault });
    const started = Date.now();
    await choose(page, 'Ada Berg');
    await expect(page).toHaveURL('/auth/error', { timeout: patienceMs });
    expect(Date.now() - started).toBeLessThan(patienceMs);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Microsoft sign-in is not answering',
    );
    expect(app.events('provider.unavailable').at(-1)).toMatchObject({ stage: 'token' });
    expect(await sessionCookie(page)).toBeUndefined();

    entra.control.reset();
    await tryAgain(page, '/account?tab=details');
  });
}

for (const endpoint of ['discovery', 'keys'] as const) {
  test(`with ${endpoint} hanging, a server that just started says so within ten seconds`, async ({
    page,
    stack,
    entra,
  }) => {
    const fresh = await startApp(stack.env);
    entra.control.inject({ on: endpoint, times: always, delayMs: 60_000 });
    await page.goto(`${fresh.url}/account?tab=details`);
    const started = Date.now();
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    if (endpoint === 'keys') await choose(page, 'Ada Berg');
    await expect(page).toHaveURL(`${fresh.url}/auth/error`, { timeout: patienceMs });
    expect(Date.now() - started).toBeLessThan(patienceMs);
    await expectAccessible(page);
    const response = await page.reload();
    expect(response?.status()).toBe(503);
    expect(response?.headers()['retry-after']).toBe('60');

    entra.control.reset();
    await tryAgain(page, `${fresh.url}/account?tab=details`);
    await page.goto('about:blank'); // the page would complain about what it still loads
    await fresh.stop();
  });
}

test('slow answers add up to no more than ten seconds of waiting', async ({
  page,
  stack,
  entra,
}) => {
  // It knows no metadata and no keys yet, so it asks three times; each answer is in time by itself.
  const fresh = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
  await page.goto('/account?tab=details');
  await startSignIn(page);
  const callback = (await callbackUrl(page, 'Ada Berg')).replace(stack.app.url, fresh.url);
  for (const on of ['discovery', 'token', 'keys'] as const) {
    entra.control.inject({ on, delayMs: 4_000 });
  }
  const started = Date.now();
  const answer = await page.request.get(callback, { maxRedirects: 0 });
  expect(Date.now() - started).toBeLessThan(patienceMs);
  expect(answer.headers().location).toBe(`${stack.app.url}/auth/error`);
  expect(answer.headers()['set-cookie']).not.toContain('.session=');
  expect(fresh.events('provider.unavailable').at(-1)).toMatchObject({ reason: 'timeout' });
  await fresh.stop();
});

test('people who are signed in notice nothing while Microsoft is down', async ({ page, entra }) => {
  await page.goto('/');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  entra.control.goOffline();
  await page.goto('/account');
  await expect(page.getByRole('main')).toContainText('Ada Berg');
  expect((await page.request.get('/readyz')).status()).toBe(200);
  entra.control.goOnline();
});

test('a sign-in started on one instance finishes on another with the same secret', async ({
  page,
  stack,
}) => {
  // Behind a balancer both have the same public address; only where they listen differs.
  const twin = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
  await page.goto('/account?tab=details');
  await startSignIn(page);
  const callback = (await callbackUrl(page, 'Ada Berg')).replace(stack.app.url, twin.url);
  const answer = await page.request.get(callback, { maxRedirects: 0 });
  expect(answer.headers().location).toBe(`${stack.app.url}/account?tab=details`);
  expect(answer.headers()['set-cookie']).toContain('.session=');
  expect(twin.events('sign_in')).toHaveLength(1);
  await twin.stop();
});
