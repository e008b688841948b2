import { openApproval, sealApproval } from '../../lib/admin-consent';
import { createAuthority } from '../../lib/authority';
import { cookieNames } from '../../lib/cookies';
import { createSealer } from '../../lib/sealer';
import { site } from '../../lib/site';
import type { AppServer } from '../app-server';
import { choose, expect, expectAccessible, type Page, signIn, test } from './fixtures';

test.use({ listed: ['contoso', 'woodgrove'] });

const result = '/auth/approve/result';
const titles = {
  granted: 'Your organisation has approved this app',
  refused: 'You did not approve this app',
  failed: 'The approval did not work',
  unmatched: 'We could not match this approval to your browser',
  expired: 'The approval took too long',
};

/** Presses our button; the stand-in then asks which administrator. */
async function startApproval(page: Page, path = '/auth/approve'): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
  await expect(page.getByRole('heading', { name: 'Choose an account' })).toBeVisible();
}

/** Chooses an administrator who accepts. */
async function accept(page: Page, name: string): Promise<void> {
  await choose(page, name);
  await page.getByRole('button', { name: 'Accept' }).click();
}

/** The address to come back to with a grant, as any browser can make it up. */
function forgedReturn(page: Page, changes: Record<string, string> = {}): string {
  const state = new URL(page.url()).searchParams.get('state') ?? '';
  const answer = { admin_consent: 'True', tenant: crypto.randomUUID(), state, ...changes };
  return `/auth/approve/done?${new URLSearchParams(answer)}`;
}

/** Which page tells the end, and the log line with its number. */
async function expectEnd(page: Page, app: AppServer, kind: keyof typeof titles) {
  await expect(page).toHaveURL(result);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles[kind]);
  const number = await page.locator('code').textContent();
  const line = () => app.events('admin_consent').find(({ incidentId }) => incidentId === number);
  await expect.poll(line).toBeDefined();
  return line();
}

const grants = (app: AppServer) =>
  app.events('admin_consent').filter(({ result }) => result === 'granted').length;

test('who was refused for want of an administrator’s approval comes in after it', async ({
  page,
  app,
  entra,
}) => {
  await page.goto('/account');
  await signIn(page, 'Wei Zhang');
  await page.getByText('Return to the application without granting consent').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Your organisation has not approved this app yet',
  );

  await startApproval(page);
  const asked = new URL(page.url());
  expect(asked.origin + asked.pathname).toBe(`${entra.url}/organizations/v2.0/adminconsent`);
  expect(asked.searchParams.get('redirect_uri')).toBe(`${app.url}/auth/approve/done`);
  await accept(page, 'Wei Zhang');
  expect(await expectEnd(page, app, 'granted')).toMatchObject({
    result: 'granted',
    claimedTenantId: entra.tenants.woodgrove,
    listed: true,
  });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles.granted);

  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await expect(page).toHaveURL(site.homePath);
  await expect(page.getByRole('banner')).toContainText('Wei Zhang');
});

test('an approval, which needs no JavaScript, lets nobody in who is not listed', async ({
  browser,
  app,
  entra,
}) => {
  const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
  const page = await context.newPage();
  const { northwind } = entra.tenants;
  await startApproval(page, `/auth/approve?tenant=${northwind.toUpperCase()}`);
  expect(new URL(page.url()).pathname).toBe(`/${northwind}/v2.0/adminconsent`);
  await accept(page, 'Noor de Vries');
  expect(await expectEnd(page, app, 'granted')).toMatchObject({
    claimedTenantId: northwind,
    listed: false,
  });
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await expect(page).toHaveURL('/auth/denied');
  await context.close();
});

test('Cancel leads to a page of ours that says so, and to another try', async ({ page, app }) => {
  await startApproval(page);
  await choose(page, 'Cancel');
  expect(await expectEnd(page, app, 'refused')).toMatchObject({ result: 'refused', aadsts: 65004 });
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Start again' }).click();
  await expect(page).toHaveURL('/auth/approve');
});

test('an error with every sign of a grant beside it is no grant', async ({ page, app, entra }) => {
  const before = grants(app);
  await startApproval(page);
  const tenant = entra.tenants.woodgrove;
  await page.goto(
    forgedReturn(page, { tenant, error: 'server_error', error_description: 'canary' }),
  );
  expect(await expectEnd(page, app, 'failed')).toMatchObject({ reason: 'server_error' });
  expect(await page.content()).not.toContain('canary');
  expect(grants(app)).toBe(before);
});

test('a return that nobody here asked for is believed in nothing', async ({
  page,
  browser,
  app,
}) => {
  const before = grants(app);
  await page.goto(forgedReturn(page, { state: 'made-up' }));
  expect(await expectEnd(page, app, 'unmatched')).toMatchObject({
    result: 'failed',
    reason: 'state',
  });

  const other = await browser.newContext({ baseURL: app.url });
  const attacker = await other.newPage();
  await startApproval(attacker);
  const forged = forgedReturn(attacker);
  await other.close();

  await page.goto(forged);
  await expectEnd(page, app, 'unmatched');
  await startApproval(page);
  const own = forgedReturn(page);
  await page.goto(forged);
  await expectEnd(page, app, 'unmatched');
  expect(grants(app)).toBe(before);

  await page.goto(own);
  await expectEnd(page, app, 'granted'); // a stranger's link used up nothing of ours
  expect(grants(app)).toBe(before + 1);
});

test('a state is good for one return, from the organisation that was asked, in time', async ({
  page,
  context,
  app,
  entra,
  stack,
}) => {
  const { contoso, woodgrove } = entra.tenants;
  await startApproval(page);
  await accept(page, 'Wei Zhang');
  await expectEnd(page, app, 'granted');
  const before = grants(app);

  await startApproval(page, `/auth/approve?tenant=${woodgrove}`);
  const genuine = forgedReturn(page, { tenant: woodgrove });
  await page.goto(forgedReturn(page, { tenant: contoso }));
  expect(await expectEnd(page, app, 'failed')).toMatchObject({ reason: 'other_tenant' });
  await page.goto(genuine);
  await expectEnd(page, app, 'unmatched');

  await startApproval(page);
  await page.goto(forgedReturn(page, { tenant: 'woodgrove.example' }));
  expect(await expectEnd(page, app, 'failed')).toMatchObject({ reason: 'tenant' });

  await startApproval(page);
  const late = forgedReturn(page);
  const sealer = createSealer([stack.env.AUTH_SECRET ?? ''], 'approval', {
    clientId: entra.clientId,
    authority: createAuthority('organizations', entra.url),
  });
  const name = cookieNames({ origin: app.url }).approval;
  const cookie = (await context.cookies()).find((one) => one.name === name);
  const { pending } = await openApproval(sealer, cookie?.value, 0);
  if (!cookie || !pending) throw new Error('the approval has no cookie');
  const startedAtSeconds = pending.startedAtSeconds - 901;
  const value = await sealApproval(sealer, { pending: { ...pending, startedAtSeconds } });
  await context.addCookies([{ ...cookie, value }]);
  await page.goto(late);
  expect(await expectEnd(page, app, 'expired')).toMatchObject({ reason: 'flow_expired' });
  expect(grants(app)).toBe(before);
  expect(app.output()).not.toMatch(/Wei|woodgrove\.example/);
});

test('only a click on our own page starts an approval, and only a visitor ends one', async ({
  app,
}) => {
  const ask = (path: string, init: RequestInit) =>
    fetch(app.url + path, { redirect: 'manual', ...init });
  const strangers: RequestInit[] = [
    { method: 'GET' },
    { method: 'POST' },
    { method: 'POST', headers: { origin: 'https://evil.example' } },
    { method: 'POST', headers: { 'sec-fetch-site': 'cross-site', origin: app.url } },
  ];
  for (const init of strangers) {
    const answer = await ask('/auth/approve/start', init);
    const { method, headers } = { headers: {}, ...init };
    expect(
      [answer.headers.get('location'), answer.headers.getSetCookie()],
      `${method} ${JSON.stringify(headers)}`,
    ).toEqual([`${app.url}/auth/approve`, []]);
  }
  const started = await ask('/auth/approve/start', {
    method: 'POST',
    headers: { origin: app.url },
    body: new URLSearchParams({ tenant: 'common/../../evil' }),
  });
  const location = new URL(started.headers.get('location') ?? '');
  expect(location.pathname).toBe('/organizations/v2.0/adminconsent');
  const [cookie = ''] = started.headers.getSetCookie();
  expect(cookie).toMatch(/\.approval=.*; Path=\/; Max-Age=7200; HttpOnly; SameSite=Lax$/);

  const headers = { cookie: cookie.split(';', 1)[0] ?? '' };
  const done = `/auth/approve/done?state=${location.searchParams.get('state')}`;
  const early = [
    await ask(done, { method: 'HEAD', headers }),
    await ask(done, { headers: { ...headers, 'sec-purpose': 'prefetch' } }),
  ];
  expect(early.map(({ status }) => status)).toEqual([405, 503]);
  expect(early.flatMap((answer) => answer.headers.getSetCookie())).toEqual([]);
});

test('the page takes no words from its URL, and offers its own link to pass on', async ({
  page,
  app,
  entra,
}) => {
  const tenant = entra.tenants.woodgrove;
  await page.goto(`/auth/approve?tenant=${tenant}&tenant=canary&words=canary`);
  await expect(page).toHaveURL(`/auth/approve?tenant=${tenant}`);
  await expect(page.locator('code')).toHaveText(`${app.url}/auth/approve?tenant=${tenant}`);
  expect(await page.content()).not.toContain('canary');
  await page.goto('/auth/approve?tenant=canary');
  await expect(page).toHaveURL('/auth/approve');
  await expect(page.locator('code')).toHaveText(`${app.url}/auth/approve`);
});
