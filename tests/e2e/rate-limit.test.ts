import { Robot } from '../attack/robot';
import { mostRequests } from '../rate-limit';
import { expect, expectAccessible, test } from './fixtures';

/** The client of a request: other tests share this app, and must not be short of anything. */
const from = (address: string) => ({ 'x-forwarded-for': address });

/** Uses up what one client may do at one endpoint in a minute. */
async function exhaust(url: string, address: string): Promise<void> {
  const headers = { origin: new URL(url).origin, ...from(address) };
  const once = () => fetch(url, { method: 'POST', redirect: 'manual', headers });
  for (let asked = 0; asked < mostRequests; asked += 20) {
    await Promise.all(Array.from({ length: 20 }, once));
  }
}

test('whoever asks too often reads so, and goes on to the same page later', async ({
  page,
  app,
}) => {
  await page.setExtraHTTPHeaders(from('198.51.100.1'));
  await page.goto('/account?tab=details');
  await exhaust(`${app.url}/auth/start`, '198.51.100.1');
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/auth/start')),
    page.getByRole('button', { name: 'Sign in with Microsoft' }).click(),
  ]);
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers()['retry-after'])).toBeLessThanOrEqual(60);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Too many attempts');
  await expectAccessible(page);
  await expect.poll(() => app.events('rate_limited').at(-1)).toMatchObject({ endpoint: 'start' });
  await page.getByRole('link', { name: 'go on' }).click();
  await expect(page).toHaveURL(
    `/auth/sign-in?returnTo=${encodeURIComponent('/account?tab=details')}`,
  );
});

test('whoever asks too often for an approval goes on to its page later', async ({ app }) => {
  await exhaust(`${app.url}/auth/approve/start`, '198.51.100.6');
  const headers = { origin: app.url, 'accept-language': 'de-AT', ...from('198.51.100.6') };
  for (const [path, method] of [
    ['/auth/approve/start', 'POST'],
    ['/auth/approve/done?state=x', 'GET'],
  ] as const) {
    const answer = await fetch(app.url + path, { method, headers, redirect: 'manual' });
    expect([answer.status, answer.headers.getSetCookie()], path).toEqual([429, []]);
    const html = await answer.text();
    expect(html).toContain('<a href="/auth/approve">geht es hier weiter</a>');
    expect(html).toMatch(/<html lang="de">[\s\S]*Wartezeit: \d+ Sekunden?\./);
  }
  await expect.poll(() => app.events('rate_limited').at(-1)).toMatchObject({ endpoint: 'approve' });
});

test('one client’s flood keeps no other client out', async ({ stack, app }) => {
  await exhaust(`${app.url}/auth/start`, '198.51.100.2');
  const robot = new Robot(stack);
  robot.address = '198.51.100.3';
  await robot.signIn();
  expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
});

test('who may not sign out just now stays signed in, and is told so', async ({ stack, app }) => {
  await exhaust(`${app.url}/auth/sign-out`, '198.51.100.4');
  const robot = new Robot(stack);
  await robot.signIn();
  robot.address = '198.51.100.4';
  const answer = await robot.post('/auth/sign-out');
  expect(answer.status).toBe(429);
  expect(await answer.text()).toMatch(/<h1[^>]*>Too many attempts</);
  expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
});
