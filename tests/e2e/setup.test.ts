import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cookie } from '@playwright/test';
import { listen } from '../../entra-local/serve.mjs';
import { choose, expect, expectAccessible, type Page, type StandIn, test } from './fixtures';
import { watchFlights } from './flights';
import { copyForDevelopment } from './variant';

const { PATH, HOME } = process.env;
const developer = { PATH, HOME, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' } as const;

test.describe.configure({ mode: 'serial' });

let project = { folder: '', remove: () => {} };
let microsoft: StandIn;
let child: ChildProcess;
let output = '';
/** The cookie of the one browser that the door was opened for. */
let door: Cookie[] = [];
const url = () => /App\s+(http:\S+)/.exec(output)?.[1] ?? '';
const link = () => /Set up\s.*?(http:\S+)/.exec(output)?.[1] ?? '';
const file = () => join(project.folder, '.env.local');

// A fresh clone: no settings, and a repository of its own that keeps .env.local out.
test.beforeAll(async () => {
  project = copyForDevelopment('.gitignore', 'security-floor.json');
  spawnSync('git', ['init', '--quiet'], { cwd: project.folder });
  microsoft = await listen({ port: 0 });
  child = spawn('npm', ['run', 'dev'], {
    cwd: project.folder,
    env: { ...developer, ENTRA_LOCAL_URL: microsoft.url, PORT: '3400' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  await expect.poll(() => output, { timeout: 30_000 }).toMatch(/Ready in/);
});

test.afterAll(async () => {
  const closed = once(child, 'close');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await closed;
  await microsoft.close();
  project.remove();
});

async function fill(page: Page, values: { id?: string; secret?: string; tenants?: string }) {
  if (values.id !== undefined) await page.getByLabel('Client ID').fill(values.id);
  if (values.secret !== undefined) await page.getByLabel('Client secret').fill(values.secret);
  if (values.tenants !== undefined) {
    await page.getByLabel('Valid tenant IDs').fill(values.tenants);
  }
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.waitForURL(/#connect$/);
}

const codes = (page: Page) =>
  page.locator('[data-code]').evaluateAll((all) => all.map((one) => one.dataset.code));

test('strangers, other names of this machine and other sites are not let in', async ({ page }) => {
  test.setTimeout(120_000);
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    page.request.fetch(url() + path, { method, headers, maxRedirects: 0, timeout: 60_000 });
  await page.goto(`${url()}/setup`, { timeout: 60_000 });
  await expect(page.getByLabel('Link or key from the terminal')).toBeVisible();
  await expectAccessible(page);

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const own = { ...form, 'sec-fetch-site': 'same-origin' };
  expect((await ask('/setup/connect', own, 'POST')).status()).toBe(404);
  expect((await ask('/setup/host', own, 'POST')).status()).toBe(404);
  expect((await ask('/setup/status', {})).status()).toBe(404);
  for (const host of ['evil.example', 'localhost.evil.example', '192.168.0.7:3400']) {
    expect((await ask('/setup', { host })).status(), host).toBe(404);
    expect((await ask('/setup/flights', { host })).status(), host).toBe(404);
    expect((await ask(new URL(link()).pathname, { host })).status(), host).toBe(404);
  }
  const locked = await (await ask('/setup/flights', {})).text();
  expect(locked).toContain('Link or key from the terminal');
  expect(locked).not.toContain('Sign in and watch');
  const wrong = await ask('/setup/open?t=AAAAAAAAAAAAAAAAAAAAAA', {});
  expect(wrong.headers().location).toBe(`${url()}/setup?key=wrong`);
  expect(wrong.headers()['set-cookie']).toBeUndefined();
});

test('the page opens once by the link in the terminal, and tests before it saves', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await page.goto(url());
  await page.getByRole('link', { name: 'Use real accounts' }).click();
  await page.getByLabel('Link or key from the terminal').fill(link());
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('heading', { name: 'Set up sign-in with Microsoft' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect' })).toBeVisible();
  await expectAccessible(page);
  const cookie = (await page.context().cookies()).find(({ name }) => name.includes('setup'));
  door = cookie ? [cookie] : [];
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/setup' });

  await page.getByRole('link', { name: 'Flight recorder' }).click();
  await expect(page.getByText('No sign-in yet, since the server was started.')).toBeVisible();
  await page.goBack();

  const other = await browser.newContext();
  const second = await other.request.get(link(), { maxRedirects: 0 });
  expect(second.headers().location).toBe(`${url()}/setup?key=used`);
  await other.close();
  const foreign = await page.request.post(`${url()}/setup/connect`, {
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    form: { clientId: 'x' },
  });
  expect(foreign.status()).toBe(404);

  // Every field wrong, each in its own way; what was typed stays.
  await fill(page, { id: '<b>"\n', secret: microsoft.clientId, tenants: 'common' });
  for (const label of ['Client ID', 'Client secret', 'Valid tenant IDs']) {
    await expect(page.getByLabel(label)).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(page.getByLabel('Valid tenant IDs')).toHaveValue('common');
  await expectAccessible(page);
  // A megabyte in one field costs nothing in the others.
  await fill(page, { secret: microsoft.clientSecret, tenants: 'contoso.example' });
  await page.getByLabel('Client ID').evaluate((field: HTMLInputElement) => {
    field.value = 'x'.repeat(1024 * 1024);
  });
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByLabel('Client ID')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Valid tenant IDs')).toHaveValue('contoso.example');
  await expect(page.getByLabel('Client secret')).toHaveAccessibleDescription(/ends in …/);
  expect(existsSync(file()), 'nothing was saved').toBe(false);
  const source = await page.content();
  expect(source).not.toContain(microsoft.clientSecret);

  // An expired secret, and then a network that is down: named, and not saved.
  await fill(page, { id: microsoft.clientId, secret: microsoft.expiredClientSecret });
  expect(await codes(page)).toContain('secret_expired');
  microsoft.control.goOffline();
  await fill(page, { secret: microsoft.clientSecret });
  microsoft.control.goOnline();
  await expect(page.getByText('Nothing was saved.')).toBeVisible();
  expect(existsSync(file()), 'nothing was saved').toBe(false);
});

test('Connect saves, the running server picks it up, and a person signs in', async ({ page }) => {
  test.setTimeout(180_000);
  writeFileSync(file(), '# mine\nOTHER=kept\n');
  // The door knows one browser: this one shows the same cookie.
  await page.context().addCookies(door);
  await page.goto(`${url()}/setup`);
  const startedAt = Date.now();
  await fill(page, {
    id: microsoft.clientId,
    secret: microsoft.clientSecret,
    tenants: `contoso.example, ${microsoft.tenants.fabrikam}`,
  });
  await expect(page.getByText('Saved in .env.local.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible({ timeout: 30_000 });
  const saved = readFileSync(file(), 'utf8');
  expect(saved).toContain('# mine\nOTHER=kept\n');
  expect(saved).toContain(`=${microsoft.tenants.fabrikam},${microsoft.tenants.contoso}\n`);
  expect(output).not.toContain(microsoft.clientSecret);

  await page.getByRole('button', { name: 'Try it now' }).click();
  await choose(page, 'Noor de Vries');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('cannot use this app');
  await page.getByRole('link', { name: 'Back to set-up' }).click();
  await expect(page.getByText('✗ Refused')).toBeVisible();
  await expect(page.getByText(microsoft.tenants.northwind)).toBeVisible();

  await page.getByRole('button', { name: 'Try it now' }).click();
  await choose(page, 'Ada Berg');
  await expect(page.getByText('✓ On your list')).toBeVisible();
  await expect(page.getByText('0d4f6a2e-7c81-4b3e-9f50-a6c2e8b71d39')).toBeVisible();
  await expectAccessible(page);
  console.log(`Connect to first sign-in: ${Date.now() - startedAt} ms`);
  expect((await page.goto(`${url()}/account`))?.status()).toBe(200);
});

test('the flight recorder tells every step and check of a sign-in, and no secret of it', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.context().addCookies(door);
  await watchFlights(page, url(), microsoft);
});

test('the same in the terminal: npm run setup, then npm run doctor', async () => {
  test.setTimeout(120_000);
  rmSync(file());
  const env = {
    ...developer,
    ENTRA_LOCAL_URL: microsoft.url,
    AZURE_CLIENT_ID: microsoft.clientId,
    AZURE_CLIENT_SECRET: microsoft.clientSecret,
    AZURE_VALID_TENANT_IDS: microsoft.validTenantIds.join(','),
  };
  const run = async (args: string[], variables: Record<string, string | undefined>) => {
    const one = spawn('npm', ['run', '--silent', ...args], {
      cwd: project.folder,
      env: { ...developer, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [one.stdout, one.stderr]) {
      stream?.on('data', (chunk) => {
        said += chunk;
      });
    }
    await once(one, 'close');
    return { code: one.exitCode, said };
  };
  const wrong = await run(['setup', '--', '--yes', '--json'], {
    ...env,
    AZURE_CLIENT_SECRET: microsoft.expiredClientSecret,
  });
  expect(wrong.code).toBe(1);
  expect(wrong.said).toContain('secret_expired');
  expect(existsSync(file())).toBe(false);

  const right = await run(['setup', '--', '--yes', '--json'], env);
  expect(right.code, right.said).toBe(0);
  expect(right.said).toContain('"saved":true');
  expect(right.said).not.toContain(microsoft.clientSecret);
  expect(readFileSync(file(), 'utf8')).toContain(microsoft.clientSecret);

  const doctor = await run(['doctor', '--', '--json'], { ENTRA_LOCAL_URL: microsoft.url });
  expect(doctor.said).not.toContain(microsoft.clientSecret);
  expect(doctor.code, doctor.said).toBeLessThan(2);
  const { findings } = JSON.parse(doctor.said) as { findings: { code: string }[] };
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['credential_accepted', 'redirect_uri_registered', 'tenant_found']),
  );
});
