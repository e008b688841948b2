import { randomUUID } from 'node:crypto';
import { createAuthority } from '../../lib/authority';
import { cookieNames } from '../../lib/cookies';
import { flowIdFromState, openFlow, sealFlow } from '../../lib/flow';
import { createSealer } from '../../lib/sealer';
import { site } from '../../lib/site';
import { Robot } from '../attack/robot';
import { look, press, retry } from './access/visitors';
import {
  callbackUrl,
  choose,
  documentOf,
  expect,
  expectAccessible,
  pathOf,
  sessionCookie,
  signIn,
  startSignIn,
  test,
  tryAgain,
} from './fixtures';

test('a person of an organisation that is not listed is told why, and gets no session', async ({
  page,
  app,
  entra,
}) => {
  await page.goto('/account?tab=details');
  await startSignIn(page);
  const denied = documentOf(page, '/auth/denied');
  await choose(page, 'Noor de Vries');
  expect((await denied).status()).toBe(403);
  await expect(page).toHaveURL('/auth/denied');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Your organisation cannot use this app',
  );
  await expect(page.getByRole('main')).toContainText('Noor de Vries');
  await expect(page.getByRole('link', { name: site.support.email })).toBeVisible();
  expect(await sessionCookie(page)).toBeUndefined();
  await expectAccessible(page);

  const line = app.events('sign_in.denied').at(-1);
  expect(line).toMatchObject({
    code: 'tenant_not_allowed',
    reason: 'tenant_not_listed',
    tenantId: entra.tenants.northwind,
  });
  await expect(page.getByRole('main')).toContainText(String(line?.incidentId));
  expect(app.output()).not.toMatch(/Noor|9e36d1a7/);

  const mail = await page.getByRole('link', { name: 'Ask for access' }).getAttribute('href');
  const { pathname, searchParams } = new URL(mail ?? '');
  expect(pathname).toBe(site.support.email);
  expect(searchParams.get('subject')).toContain(String(line?.incidentId));
  expect(searchParams.get('body')).toContain(`Organisation: ${entra.tenants.northwind}`);
  expect(decodeURIComponent(mail ?? '')).not.toMatch(/Noor|noor|northwind|9e36d1a7/);
  expect(await page.content(), 'the object id is for the set-up page').not.toContain('9e36d1a7');

  await page.getByRole('button', { name: 'Use another account' }).click();
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/account?tab=details');
});

test('the denial page takes no words from its URL', async ({ stack }) => {
  const query = 'account=Mallory&error=Mallory&returnTo=https://evil.example';
  const { html } = await look(new Robot(stack), `/auth/denied?${query}`);
  expect(html).toContain('<main');
  expect(html).not.toMatch(/Mallory|evil\.example/);
});

test('a denied second account does not end the session of the first', async ({ stack, app }) => {
  const robot = new Robot(stack);
  await robot.signIn();
  const { html } = await look(robot, '/account');
  const request = await press(robot, html, 'Use another account');
  const answer = await robot.fetch(await robot.answer(request, 'Noor de Vries'));
  expect(answer.headers.get('location')).toBe(`${app.url}/auth/denied`);
  expect((await look(robot, '/account')).html).toContain('Ada Berg');
});

test('a personal account stays at the provider while personal accounts are not listed', async ({
  stack,
}) => {
  const robot = new Robot(stack);
  await expect(robot.signIn('Mia Rossi')).rejects.toThrow(/AADSTS500200/);
  expect(robot.session()).toBeUndefined();
});

test('a person who is not assigned to the app stays at the provider with AADSTS50105', async ({
  stack,
}) => {
  const robot = new Robot(stack);
  await expect(robot.signIn('Uma Patel')).rejects.toThrow(/AADSTS50105/);
  expect(robot.session()).toBeUndefined();
});

test('who needs an administrator’s consent comes back to a page that says so', async ({
  page,
  app,
}) => {
  await page.goto('/account?tab=details');
  await signIn(page, 'Wei Zhang');
  await expect(page.getByText(/admin/i).first()).toBeVisible();
  await page.getByText('Return to the application without granting consent').click();
  await expect(page).toHaveURL('/auth/error');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Your organisation has not approved this app yet',
  );
  await expect
    .poll(() => app.events('sign_in.failed').at(-1))
    .toMatchObject({ code: 'consent_required' });
  await expect(
    page.getByRole('link', { name: 'Ask your administrator to approve this app' }),
  ).toHaveAttribute('href', '/auth/approve');
  await expectAccessible(page);
});

test('Cancel leads to a page of ours, and trying again to the page that was wanted', async ({
  page,
  app,
}) => {
  await page.goto('/account?tab=details');
  await startSignIn(page);
  await choose(page, 'Cancel');
  await expect(page).toHaveURL('/auth/error');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You cancelled the sign-in');
  await expect
    .poll(() => app.events('sign_in.failed').at(-1))
    .toMatchObject({
      code: 'access_denied',
      aadsts: 65004,
    });
  await expectAccessible(page);
  await tryAgain(page, '/account?tab=details');
});

const faults = {
  bad_signature: { sign: 'bad' },
  bad_alg: { sign: 'none' },
  unknown_key: { sign: 'unknownKid' },
  key_issuer: { ring: 'personal' },
  aud: { claims: { aud: randomUUID() } },
  nonce: { claims: { nonce: 'of-another-flow' } },
  expired: { claims: { exp: 1 } },
  ver: { claims: { ver: '1.0' } },
  iss_tid: { claims: { tid: randomUUID() } },
  'claim_missing:oid': { claims: { oid: null } },
} as const;

for (const [reason, fault] of Object.entries(faults)) {
  test(`an ID token with a wrong ${reason} gives no session`, async ({ stack, app, entra }) => {
    entra.control.inject({ on: 'id_token', ...fault });
    const robot = new Robot(stack);
    const first = await look(robot, '/account?tab=details');
    const request = await press(robot, first.html, 'Sign in with Microsoft');
    const refused = await robot.fetch(await robot.answer(request));
    expect(refused.headers.get('location')).toBe(`${app.url}/auth/error`);
    expect(robot.session()).toBeUndefined();
    await expect
      .poll(() => app.events('sign_in.failed').at(-1))
      .toMatchObject({ code: 'token_rejected', reason });
    await retry(robot, '/account?tab=details');
  });
}

test('a callback that belongs to no flow, or to another browser’s, signs nobody in', async ({
  page,
  browser,
  app,
}) => {
  await page.goto('/authorization-code/callback?code=stolen-code&state=made-up');
  await expect(page).toHaveURL('/auth/error?cookies=none');
  expect(await sessionCookie(page)).toBeUndefined();

  const other = await browser.newContext({ baseURL: app.url });
  const attacker = await other.newPage();
  await attacker.goto('/');
  await startSignIn(attacker);
  const callback = await callbackUrl(attacker, 'Ada Berg');
  expect(callback).toContain('code=');
  await other.close();

  await page.goto(callback);
  await expect(page).toHaveURL('/auth/error?cookies=none');
  expect(await sessionCookie(page)).toBeUndefined();
  await expect
    .poll(() => app.events('sign_in.failed').at(-1))
    .toMatchObject({ code: 'flow_missing' });
});

test('a sign-in that took longer than 15 minutes restarts by one click, at the same page', async ({
  page,
  context,
  stack,
  app,
  entra,
}) => {
  await page.goto('/account?tab=details');
  await startSignIn(page);
  const sealer = createSealer([stack.env.AUTH_SECRET ?? ''], 'flow', {
    clientId: entra.clientId,
    authority: createAuthority('organizations', entra.url),
  });
  const state = new URL(page.url()).searchParams.get('state') ?? '';
  const name = cookieNames({ origin: app.url }).flow(await flowIdFromState(state));
  const cookie = (await context.cookies()).find((other) => other.name === name);
  const flow = await openFlow(sealer, cookie?.value ?? '');
  if (!cookie || !flow) throw new Error('the flow has no cookie');
  const value = await sealFlow(sealer, { ...flow, startedAtSeconds: flow.startedAtSeconds - 901 });
  await context.addCookies([{ ...cookie, value }]);

  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/auth/error');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The sign-in took too long');
  await tryAgain(page, '/account?tab=details');
});

test('no error page has a code, a stack or the word Configuration', async ({ page, entra }) => {
  entra.control.inject({ on: 'token', aadsts: 54005 });
  await page.goto('/');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/auth/error');
  expect(pathOf(page)).toBe('/auth/error');
  expect(await page.content()).not.toMatch(/Configuration|AADSTS|\bat \w+ \(|code=/);
});
