import { site } from '../../lib/site';
import { organisationName } from '../../lib/tenant-rules';
import { startApp } from '../app-server';
import { choose, expect, expectAccessible, type Page, signIn, test } from './fixtures';

const decisions = (page: Page) => page.getByRole('region', { name: 'Latest sign-ins' });
const rows = (page: Page) => decisions(page).locator('tbody tr');
const health = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Health' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name }) });

/** Noor, whose organisation is not listed, is refused on the way to the page, and Ada is let in. */
async function openAfterRefusal(page: Page): Promise<void> {
  await page.goto('/admin');
  await signIn(page, 'Noor de Vries');
  await page.getByRole('button', { name: 'Use another account' }).click();
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/admin');
}

test('the page shows who was let in and refused, by organisation and number and not by person', async ({
  page,
  app,
  entra,
}) => {
  await openAfterRefusal(page);
  const { incidentId } = app.events('sign_in.denied').at(-1) ?? {};
  const { sessionId } = app.events('sign_in').at(-1) ?? {};
  await expect(rows(page).nth(0)).toContainText(/Let in.*Contoso/);
  const refused = rows(page).nth(1);
  await expect(refused).toContainText(/Refused.*Your organisation cannot use this app/);
  await expect(refused).toContainText('tenant_not_allowed · tenant_not_listed');
  await expect(refused).toContainText(`${entra.tenants.northwind}${incidentId}`);

  const source = await (await page.request.get('/admin')).text();
  expect(source).toContain(String(incidentId));
  expect(source).not.toMatch(/Noor|northwind|9e36d1a7/);
  expect(source).not.toContain(String(sessionId));
  expect(source).not.toContain(entra.clientSecret);
});

test('who does not hold the role reads why, stays signed in, and is seen by who does', async ({
  page,
  app,
}) => {
  await page.goto('/admin');
  await signIn(page, 'Farid Nasser');
  await expect(page).toHaveURL('/auth/denied');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Your account cannot open this page',
  );
  await expectAccessible(page);
  const denied = app.events('gate.deny').at(-1);
  expect(denied).toMatchObject({ path: '/admin', reason: 'role_missing' });
  await expect(page.getByRole('main')).toContainText(String(denied?.incidentId));
  const asCode = await page.request.get('/admin', { headers: { 'sec-fetch-dest': 'empty' } });
  expect([asCode.status(), await asCode.json()]).toEqual([403, { error: 'forbidden' }]);

  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account');
  await expect(page.locator('a[href="/admin"]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Use another account' }).click();
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL(site.homePath);
  await page.goto('/account');
  await page.locator('a[href="/admin"]').click();
  await expect(rows(page).filter({ hasText: String(denied?.incidentId) })).toContainText('Refused');
});

test('the page tells what the sign-in before it has shown of the configuration', async ({
  page,
}) => {
  await page.goto('/admin');
  await signIn(page, 'Ada Berg');
  await expect(health(page, 'This instance')).toContainText('In order');
  await expect(health(page, 'Accounts')).toContainText('Demo');
  await expect(health(page, 'Microsoft’s addresses')).toContainText('Read, and kept.');
  await expect(health(page, 'Microsoft’s signing keys')).toContainText('Read, and kept.');
  await expect(health(page, 'Client secret').first()).toContainText('Microsoft accepted it');

  const rules = page.getByRole('region', { name: 'Rules in force' });
  await expect(rules.getByRole('listitem')).toContainText(['Contoso', 'Fabrikam']);
  await expect(rules).toContainText('May come in');
  await expect(rules.getByRole('listitem').filter({ hasText: 'Sees the rules' })).toContainText(
    'Admin',
  );
  await expect(rules).toContainText('AZURE_READ_GROUPS is not set');
  await expect(rules).toContainText('SESSION_EPOCH is not set');
  const routes = page.getByRole('table', { name: 'Who may open what' });
  await expect(routes.getByRole('row', { name: '/healthz Everyone' })).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the filter finds a refusal by its number, and lets go of it again', async ({
    page,
    app,
    entra,
  }) => {
    await openAfterRefusal(page);
    const incidentId = String(app.events('sign_in.denied').at(-1)?.incidentId);
    const all = await rows(page).count();

    await page.getByLabel('Incident number').fill(` ${incidentId.toUpperCase()} `);
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText(incidentId);

    await page.getByLabel('Verdict').selectOption('Let in');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(decisions(page)).toContainText('Nothing matches.');
    await expect(page.getByLabel('Incident number')).toHaveValue(incidentId.toUpperCase());

    await page.getByRole('link', { name: 'Clear filter' }).click();
    await expect(rows(page)).toHaveCount(all);
    await expect(page.getByRole('link', { name: 'Clear filter' })).toHaveCount(0);

    const contoso = organisationName(entra.tenants.contoso);
    await page.getByLabel('Organisation').selectOption(contoso);
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(rows(page).first()).toContainText(contoso);
    await expect(rows(page).filter({ hasNotText: contoso })).toHaveCount(0);
  });
});

test('a filter that cannot be right says why, keeps what was typed, and leads nowhere else', async ({
  page,
}) => {
  await page.goto('/admin');
  await signIn(page, 'Ada Berg');
  const typed = 'Canary <b>';
  for (const [label, name] of [
    ['Verdict', 'verdict'],
    ['Organisation', 'tenant'],
    ['Incident number', 'incident'],
  ] as const) {
    await page.goto(`/admin?${new URLSearchParams({ [name]: typed })}`);
    const field = page.getByLabel(label);
    await expect(field).toHaveValue(typed);
    await expect(field).toHaveAccessibleDescription(/in this list|like 1a2b3c4d/);
    await expect(rows(page)).toHaveCount(0);
    await expect(decisions(page)).toContainText('Nothing is shown until');
    const elsewhere = await page.evaluate(() => {
      const copy = document.documentElement.cloneNode(true) as HTMLElement;
      // Next keeps the address that it was asked for in a script of its own.
      for (const element of copy.querySelectorAll('form, script')) element.remove();
      return copy.outerHTML;
    });
    expect(elsewhere).not.toContain('Canary');
  }
  await expectAccessible(page);
  await page.goto('/admin?x=canary&incident=1a2b&incident=canary');
  await expect(page).toHaveURL('/admin?incident=1a2b');
  expect(await page.content()).not.toContain('canary');
});

test('an instance that has decided nothing yet says so', async ({ page, app, stack }) => {
  await page.goto('/admin');
  await signIn(page, 'Ada Berg');
  await expect(rows(page)).not.toHaveCount(0);
  const twin = await startApp({ ...stack.env, AUTH_URL: app.url });
  try {
    await page.goto(`${twin.url}/admin`);
    await expect(decisions(page)).toContainText('Nothing yet');
    await expect(rows(page)).toHaveCount(0);
    await expect(health(page, 'Client secret').first()).toContainText('Not needed yet');
  } finally {
    await twin.stop();
  }
});
