import { choose, expect, expectAccessible, type Page, type StandIn } from './fixtures';

/** What only the browser, the app and Microsoft may know of the sign-ins of a page. */
async function collectSecrets(page: Page, microsoft: StandIn): Promise<() => Promise<string[]>> {
  const found = new Set([microsoft.clientSecret]);
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (!/\/(authorize|callback)$/.test(pathname)) return;
    for (const name of ['code', 'state', 'nonce', 'code_challenge', 'session_state']) {
      const value = searchParams.get(name);
      if (value) found.add(value);
    }
  });
  return async () => {
    const cookies = await page.context().cookies();
    return [...found, ...cookies.map(({ value }) => value)].filter((value) => value.length > 10);
  };
}

/** The flight recorder while people sign in: one with a forged ID token, and one who is let in. The
 * door of the set-up page is open, and somebody of Northwind was refused before. */
export async function watchFlights(page: Page, url: string, microsoft: StandIn): Promise<void> {
  const secrets = await collectSecrets(page, microsoft);
  const flights = page.locator('details');
  const newest = flights.first();
  const step = (title: string, flight = newest) =>
    flight.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
  const fly = async (name: string) => {
    await page.goto(`${url}/setup/flights`, { timeout: 60_000 });
    await page.getByRole('button', { name: 'Sign in and watch' }).click();
    await choose(page, name);
  };

  microsoft.control.inject({ on: 'id_token', sign: 'bad' });
  await fly('Ada Berg');
  await page.waitForURL(/\/auth\/error/, { timeout: 60_000 });
  await page.goto(`${url}/setup/flights`);
  await expect(newest.getByRole('heading', { level: 2 })).toHaveText(/refused, token_rejected$/);
  const checks = step('Checks of the ID token');
  await expect(checks.locator('[data-check=key]')).toContainText('Passed');
  await expect(checks.locator('[data-check=signature]')).toContainText('Failed');
  await expect(checks.locator('[data-check=signature]')).toContainText('bad_signature');
  await expect(checks.locator('[data-check=nonce]')).toContainText('Not reached');
  await expect(step('Session')).toHaveCount(0);

  microsoft.control.inject({ on: 'token', json: { refresh_token: 'the-refresh-token-of-ada' } });
  await fly('Ada Berg');
  await expect(page, 'the way back').toHaveURL(`${url}/setup/flights`);
  await expect(newest.getByRole('heading', { level: 2 })).toHaveText(/signed in$/);
  await expect(newest.getByRole('heading', { level: 3 })).toContainText([
    'Authorization request',
    'Answer at the callback',
    'Token request',
    'Token answer',
    'Signing keys',
    'Checks of the ID token: ✓ Passed',
    'Who may come in: ✓ Passed',
    'Session',
  ]);
  await expect(step('Token answer')).toContainText('refresh_token');
  await expect(step('Session')).toContainText('identity.objectId');

  const source = await (await page.request.get(`${url}/setup/flights`)).text();
  const known = await secrets();
  expect(known.length, 'the sign-ins left something to look for').toBeGreaterThan(8);
  const ada = microsoft.accounts.find(({ name }) => name === 'Ada Berg');
  for (const secret of [...known, 'the-refresh-token-of-ada', ada?.oid ?? '-']) {
    expect(source.includes(secret) || source.includes(encodeURIComponent(secret))).toBe(false);
  }
  const told = await page.locator('main').innerHTML();
  expect(told).not.toContain('Ada');
  expect(told).not.toContain(ada?.username);

  const northwind = flights.filter({ hasText: 'refused, tenant_not_allowed' }).first();
  await northwind.locator('summary').click();
  await expect(step('Who may come in', northwind)).toContainText('Failed');
  await expect(step('Who may come in', northwind)).toContainText(microsoft.tenants.northwind);

  await flights.nth(1).locator('summary').click();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
}
