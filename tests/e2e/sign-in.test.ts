import { site } from '../../lib/site';
import { Robot } from '../attack/robot';
import { look, press } from './access/visitors';
import { choose, expect, sessionCookie, signIn, startSignIn, test } from './fixtures';

test('a visitor signs in from the public page and sees who they are', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Demo', { exact: false }).first()).toBeVisible();
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL(site.homePath);
  await page.goto('/account');
  const main = page.getByRole('main');
  await expect(main).toContainText('Ada Berg');
  await expect(main).toContainText('ada@contoso.example');
  await expect(main.locator('time').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sign out/ }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use another account' })).toBeVisible();
});

test('a deep link with a query string is exactly where the sign-in ends', async ({ page }) => {
  await page.goto('/account?tab=details&q=caf%C3%A9%20%26%20more');
  await expect(page).toHaveURL(/\/auth\/sign-in/);
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account?tab=details&q=caf%C3%A9%20%26%20more');
});

test('characters that are spelt in two ways in a URL do not turn a deep link into a loop', async ({
  page,
}) => {
  for (const query of ["tab=details&q=it's", 'tab=details&q=(a)!*~', 'tab=details&q=a+b%20c']) {
    await page.context().clearCookies();
    await page.goto(`/account?${query}`);
    await signIn(page, 'Ada Berg');
    await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
    expect(new URLSearchParams(new URL(page.url()).search)).toEqual(new URLSearchParams(query));
  }
});

for (const name of ['Ada Berg', 'Farid Nasser', 'Ben Osei', 'Omar Haddad']) {
  test(`${name} of a listed organisation comes in`, async ({ stack, app }) => {
    const robot = new Robot(stack);
    const answer = await robot.signIn(name);
    expect(answer.headers.get('location')).toBe(`${app.url}/account`);
    expect((await look(robot, '/account')).html).toContain(name);
    expect(await robot.me()).toMatchObject({ name });
  });
}

test('the stand-in is another origin and says that it is not Microsoft', async ({
  stack,
  entra,
  app,
}) => {
  const robot = new Robot(stack);
  const request = await robot.start();
  expect(request.origin).toBe(entra.url);
  expect(request.hostname).not.toBe(new URL(app.url).hostname);
  expect(await (await robot.open(request.href)).text()).toMatch(/not Microsoft/i);
});

test('the authorization request holds the documented parameters and nothing else', async ({
  stack,
  app,
  entra,
}) => {
  const robot = new Robot(stack);
  const { html } = await look(robot, '/');
  const query = (await press(robot, html, 'Sign in with Microsoft')).searchParams;
  expect([...query.keys()].sort()).toEqual([
    'client_id',
    'code_challenge',
    'code_challenge_method',
    'nonce',
    'redirect_uri',
    'response_type',
    'scope',
    'state',
  ]);
  expect(query.get('client_id')).toBe(entra.clientId);
  expect(query.get('redirect_uri')).toBe(`${app.url}/authorization-code/callback`);
  expect(query.get('response_type')).toBe('code');
  expect(query.get('scope')).toBe('openid profile email');
  expect(query.get('code_challenge_method')).toBe('S256');
  for (const name of ['code_challenge', 'nonce', 'state']) {
    expect(query.get(name)?.length).toBeGreaterThanOrEqual(43);
  }
});

test('both legs carry the same redirect URI, and upstream requests are counted', async ({
  stack,
  app,
  entra,
}) => {
  await new Robot(stack).signIn(); // warms up metadata and keys
  const serverRequests = () =>
    entra.control.requests.filter(({ endpoint }) =>
      ['discovery', 'keys', 'token'].includes(endpoint),
    );
  const before = serverRequests().length;

  const robot = new Robot(stack);
  await look(robot, '/');
  const request = await robot.start();
  expect(serverRequests().length, 'requests to Microsoft when the button is pressed').toBe(before);
  await robot.fetch(await robot.answer(request));
  expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
  const during = serverRequests().slice(before);
  expect(during.map(({ endpoint }) => endpoint)).toEqual(['token']);
  expect(JSON.stringify(during)).toContain(`${app.url}/authorization-code/callback`);
});

test('sign-in works without JavaScript', async ({ browser, app }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: app.url });
  const page = await context.newPage();
  await page.goto('/account?tab=details');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account?tab=details');
  await page.getByRole('button', { name: `Sign out of ${site.name}` }).click();
  await expect(page).toHaveURL('/auth/signed-out');
  await context.close();
});

test('"Use another account" asks for the account even when one is signed in', async ({
  page,
  entra,
}) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await page.getByRole('button', { name: 'Use another account' }).click();
  expect(new URL(page.url()).origin).toBe(entra.url);
  expect(new URL(page.url()).searchParams.get('prompt')).toBe('select_account');
  await choose(page, 'Farid Nasser');
  await expect(page).toHaveURL(site.homePath);
  await page.goto('/account');
  await expect(page.getByRole('main')).toContainText('Farid Nasser');
  await expect(page.getByRole('main')).not.toContainText('Ada Berg');
});

test('two tabs that finish in either order both end at their own page', async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await first.goto('/account?tab=overview');
  await startSignIn(first);
  await second.goto('/account?tab=details');
  await startSignIn(second);
  await choose(second, 'Ada Berg');
  await expect(second).toHaveURL('/account?tab=details');
  await choose(first, 'Ada Berg');
  await expect(first).toHaveURL('/account?tab=overview');
});

test('Back to the account picker and choosing again leads quietly to the page', async ({
  page,
}) => {
  await page.goto('/account?tab=details');
  await startSignIn(page);
  const picker = page.url();
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/account?tab=details');
  const { value } = (await sessionCookie(page)) ?? {};
  await page.goto(picker);
  if (new URL(page.url()).pathname !== '/account') await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/account?tab=details');
  expect((await sessionCookie(page))?.value, 'the session is the same one').toBe(value);
});

test('a callback that belongs to no flow leads whoever is signed in quietly home', async ({
  stack,
  app,
}) => {
  const robot = new Robot(stack);
  await robot.signIn('Ada Berg', '/account?tab=details');
  const session = robot.session();
  expect(session).toBeDefined();
  const failures = app.events('sign_in.failed').length;
  const { at, status } = await look(robot, '/authorization-code/callback?code=x&state=made-up');
  expect([at, status]).toEqual([site.homePath, 200]);
  expect(robot.session(), 'the session is the same one').toEqual(session);
  expect(app.events('sign_in.failed')).toHaveLength(failures);
});

test('the session is one small sealed cookie without any token', async ({ page }) => {
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  const cookie = await sessionCookie(page);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect((cookie?.name.length ?? 0) + (cookie?.value.length ?? 0)).toBeLessThan(1024);
  const lifetime = (cookie?.expires ?? 0) - Date.now() / 1000;
  expect(lifetime).toBeLessThanOrEqual(12 * 60 * 60 + 1);
  expect(cookie?.value).toMatch(/^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/); // a JWE, direct key
});

test('an ordinary request sets no cookie, signed in or not', async ({ stack, app }) => {
  for (const path of ['/', '/auth/sign-in', '/healthz', '/readyz', '/account', '/api/me']) {
    const response = await fetch(app.url + path, { redirect: 'manual' });
    expect(response.headers.getSetCookie(), path).toEqual([]);
  }
  const robot = new Robot(stack);
  await robot.signIn();
  for (const path of ['/', '/account', '/api/me']) {
    const response = await robot.open(path);
    expect(response.status, path).toBe(200);
    expect(response.headers.getSetCookie(), path).toEqual([]);
  }
});

test('the log of a sign-in names the organisation and nobody', async ({ stack, app, entra }) => {
  const robot = new Robot(stack);
  const lines = app.events('sign_in').length;
  await robot.signIn();
  expect((await robot.open('/account')).status).toBe(200);
  await expect.poll(() => app.events('sign_in').length).toBe(lines + 1);
  const line = app.events('sign_in').at(-1);
  expect(line).toMatchObject({
    ...{ time: expect.any(String), sessionId: expect.any(String) },
    tenantId: entra.tenants.contoso,
  });
  const { objectId = '?' } = (await robot.me()) ?? {};
  expect(JSON.stringify(line)).not.toContain(objectId);
  for (const personal of ['Ada', 'contoso.example', robot.session()?.value ?? '?']) {
    expect(app.output()).not.toContain(personal);
  }
});
