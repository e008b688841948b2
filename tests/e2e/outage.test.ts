import { startApp } from '../app-server';
import { Robot } from '../attack/robot';
import { look, press, retry } from './access/visitors';
import { choose, expect, expectAccessible, test, tryAgain } from './fixtures';

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
    stack,
    app,
    entra,
  }) => {
    const robot = new Robot(stack);
    const first = await look(robot, '/account?tab=details');
    const request = await press(robot, first.html, 'Sign in with Microsoft');
    entra.control.inject({ on: 'token', times: always, ...fault });
    const started = Date.now();
    const answer = await robot.fetch(await robot.answer(request));
    expect(answer.headers.get('location')).toBe(`${app.url}/auth/error`);
    const page = await look(robot, '/auth/error');
    expect(Date.now() - started).toBeLessThan(patienceMs);
    expect(page).toMatchObject({ status: 503, heading: 'Microsoft sign-in is not answering' });
    await expect
      .poll(() => app.events('provider.unavailable').at(-1))
      .toMatchObject({ stage: 'token' });
    expect(robot.session()).toBeUndefined();

    entra.control.reset();
    await retry(robot, '/account?tab=details');
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
