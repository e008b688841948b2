import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { access } from '../../lib/access';
import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { inFull } from '../in-full';
import { startRedis } from '../redis-server';
import { canary, forgetfulFork, sixth } from './fork';
import { inventoryProblems } from './inventory';
import { title } from './matrix';
import { expectGated } from './outcomes';
import { Robot } from './robot';
import { asDocument } from './stranger';
import './tenant-check';
import { send } from './wire';

// Over 250 lines: these rows share one fork (./fork.ts), as those of ./tenant-check.ts do.

test('a page, handler, action or public file without a policy fails the inventory', () => {
  test.setTimeout(400_000);
  const folder = forgetfulFork();
  expect(inventoryProblems(folder).sort()).toEqual([
    'no_policy /api/plans',
    'no_policy /api/vault',
    'no_policy /apiary',
    'no_policy /broken',
    'no_policy /healthzone',
    'no_policy /plans.txt',
    'no_policy /vault',
    'open_action /auth/signed-out',
  ]);
  const decided = {
    ...access,
    '/api/plans': 'signed-in',
    '/apiary': 'signed-in',
    '/auth/signed-out': 'signed-in',
    '/broken': 'signed-in',
    '/healthzone': 'public',
    '/plans.txt': 'public',
    '/vault': { certain: true },
    '/api/vault': { certain: true },
  } as const;
  expect(inventoryProblems(folder, decided)).toEqual([]);
  // A wildcard that does not close decides nothing, and a line for nothing waits for a wrong page.
  const { '/apiary': _, ...covered } = {
    ...decided,
    '/*': 'absent',
    '/gone': 'public',
  } as const;
  expect(inventoryProblems(folder, covered)).toEqual(['nothing_there /gone', 'no_policy /apiary']);
});

test('the build of a fork that forgot to decide fails and says which lines to add', () => {
  test.setTimeout(400_000);
  const standalone = forgetfulFork();
  const folder = join(standalone, '../..');
  const aside = join(folder, '.next/aside'); // the other rows run it
  const { build } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).scripts;
  const [first, ...rest] = build.split(' && ');
  expect(first, 'the rest is what follows it').toBe('next build');
  renameSync(standalone, aside);
  mkdirSync(standalone);
  try {
    const { status, stderr } = spawnSync('npm', ['exec', '--call', rest.join(' && ')], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    for (const [file, line] of [
      ['app/apiary/page.tsx', "'/apiary': 'signed-in',"],
      ['app/api/plans/route.ts', "'/api/plans': 'signed-in',"],
      ['app/auth/signed-out/page.tsx', "'/auth/signed-out': 'signed-in',"],
    ] as const) {
      const sentence = stderr.split('\n').find((one) => one.includes(file));
      expect(sentence, file).toContain(line);
    }
    expect(existsSync(standalone), 'nothing is left that could be deployed').toBe(false);
  } finally {
    rmSync(standalone, { recursive: true, force: true });
    renameSync(aside, standalone);
  }
});

test(title('GB-08'), async ({ stack, entra }) => {
  test.setTimeout(400_000);
  expect(entra.url).toBeTruthy();
  const app = await startApp(stack.env, forgetfulFork());
  try {
    const robot = new Robot({ entra, app });
    await robot.signIn();
    const added = ['/apiary', '/api/plans', '/healthzone', '/plans.txt'];
    for (const path of added) {
      const mine = await robot.open(path);
      expect(await mine.text(), `${path} is there for who is signed in`).toContain(canary);
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST']) {
        const answer = await send(app.url, path, { method, headers: asDocument });
        await expectGated(answer, { origin: app.url });
        expect(answer.status, `${method} ${path}`).toBe(path.startsWith('/api/') ? 401 : 303);
        await expectGated(await send(app.url, path, { method, headers: { rsc: '1' } }), {
          origin: app.url,
        });
      }
    }
    for (const path of [
      ...['/api', '/API/me', '/Api/plans', '/api/me2', '/api/me.json', '/api/authors', '/apiary/x'],
      ...['/accountant', '/ACCOUNT', '/%61ccount', '/account%00', '/account;a', '/account%2f'],
      ...[
        '/healthz2',
        '/healthz.txt',
        '/readyz/x',
        '/auth',
        '/auth/sign-in-as',
        '/auth/sign-in.html',
      ],
      ...['/icon.svg.html', '/favicon.ico2', '/_next', '/_next/static', '/_next/staticx/a.js'],
      ...['/_next/static/../../account', '/_next/static/%2e%2e/%2e%2e/api/me', '/./account'],
      ...['/_next/image?url=%2Fplans.txt&w=64&q=75', '/_not-found', '/_error', '/500', '/404'],
    ]) {
      const answer = await send(app.url, path, { headers: asDocument });
      expect(await answer.clone().text(), path).not.toContain(canary);
      await test.step(path, () => expectGated(answer, { origin: app.url }));
    }
    // Two spellings of an address are one address; the second step is then judged as every other.
    for (const path of ['//account', '/account/', '/api//me', '/api/me/', '/.//account']) {
      const answer = await send(app.url, path, { headers: asDocument });
      expect(answer.status, path).toBe(308);
      const next = new URL(answer.headers.get('location') ?? '', app.url);
      expect(next.origin, path).toBe(app.url);
      const then = await send(app.url, next.pathname, { headers: asDocument });
      await expectGated(then, { origin: app.url });
    }
  } finally {
    await app.stop();
  }
});

test(title('PO-12'), async ({ stack, entra }) => {
  test.setTimeout(400_000);
  const first = await startRedis();
  const app = await startApp({ ...stack.env, REDIS_URL: first.url }, forgetfulFork());
  let redis = first;
  try {
    const isReady = async (status: number) =>
      expect.poll(async () => (await fetch(`${app.url}/readyz`)).status).toBe(status);
    const ada = new Robot({ entra, app });
    const ben = new Robot({ entra, app });
    await isReady(200);
    await ada.signIn();
    await ben.signIn('Ben Osei');
    for (const path of ['/vault', '/api/vault', '/account', '/api/me']) {
      expect((await ada.open(path)).status, path).toBe(200);
    }
    const { name = '', value = '' } = ben.session() ?? {};
    await ben.post('/auth/sign-out');
    const copy = { headers: { cookie: `${name}=${value}` } };
    expect((await fetch(`${app.url}/api/me`, copy)).status).toBe(401);

    await redis.kill();
    await isReady(503);
    const page = await ada.open('/vault');
    expect([page.status, page.headers.get('location')]).toEqual([
      307,
      '/auth/session?returnTo=%2Fvault',
    ]);
    expect(await page.text()).not.toContain(canary);
    const why = await ada.open('/auth/session?returnTo=%2Fvault');
    expect([why.status, why.headers.get('location')]).toEqual([303, `${app.url}/auth/error`]);
    expect((await ada.open('/auth/error')).status).toBe(503);
    // React goes there by itself, and ends on the page that says why and not in circles.
    const soft = await ada.fetch('/vault?_rsc', { headers: { rsc: '1' } });
    const said = await soft.text();
    expect(said).toContain('/auth/session?returnTo=%2Fvault');
    expect(said).not.toMatch(new RegExp(`${canary}|/auth/sign-in`));
    const led = await ada.fetch('/auth/session?returnTo=%2Fvault&_rsc', { headers: { rsc: '1' } });
    expect([led.status, led.headers.get('location')]).toEqual([303, `${app.url}/auth/error`]);
    const data = await ada.open('/api/vault');
    expect([data.status, (await data.text()).includes(canary)]).toEqual([403, false]);
    expect(await ada.me(), 'nobody is signed out').toBeTruthy();
    expect((await ada.open('/account')).status, 'and other pages are open').toBe(200);
    expect((await fetch(`${app.url}/api/me`, copy)).status, 'what ended stays so').toBe(401);

    redis = await startRedis({}, redis.port);
    await isReady(200);
    expect(await (await ada.open('/vault')).text()).toContain(canary);
    expect((await fetch(`${app.url}/api/me`, copy)).status).toBe(401);
  } finally {
    await app.stop();
    await redis.kill();
  }
});

const nonceOf = (answer: Response) =>
  /script-src 'nonce-([A-Za-z0-9+/=]{22,})' 'strict-dynamic'; style-src/.exec(
    answer.headers.get('content-security-policy') ?? '',
  )?.[1] ?? '';

test(title('HD-02'), async ({ stack, entra, browser }) => {
  test.setTimeout(400_000);
  const app = await startApp(stack.env, forgetfulFork());
  try {
    const ada = new Robot({ entra, app });
    const stranger = new Robot({ entra, app });
    await ada.signIn();
    const nonces: string[] = [];
    while (nonces.length < inFull(1000)) {
      const some = await Promise.all(Array.from({ length: 20 }, () => ada.open('/auth/error')));
      nonces.push(...some.map(nonceOf));
      await Promise.all(some.map((answer) => answer.text()));
    }
    expect(nonces.every((one) => Buffer.from(one, 'base64').length >= 16)).toBe(true);
    expect(new Set(nonces).size).toBe(nonces.length);

    const pages: [
      visitor: Robot,
      path: string,
      status: number,
      headers?: Record<string, string>,
    ][] = [
      [stranger, '/', 200],
      [stranger, '/auth/sign-in', 200],
      [stranger, '/auth/sign-in?returnTo=%2Faccount', 200],
      [stranger, '/auth/signed-out', 200],
      [stranger, '/auth/denied', 403],
      [stranger, '/auth/error', 400],
      [ada, '/', 200],
      [ada, '/account', 200],
      [ada, '/account?tab=details', 200],
      [ada, '/no-such-page', 404],
      [ada, '/_not-found', 404],
      [ada, '/broken', 500],
      [ada, '/account', 500, { 'x-break': '1' }],
      [stranger, '/', 500, { 'x-break': '1' }],
    ];
    for (const [visitor, path, status, headers = {}] of pages) {
      const answer = await visitor.open(path, { headers });
      const html = await answer.text();
      expect(answer.status, path).toBe(status);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy, path).not.toMatch(/unsafe-|\*|http:\/\/(?!127\.0\.0\.1:|localhost:)/);
      const scripts = html.match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length, `${path} ${status}`).toBeGreaterThan(0);
      const own = `nonce="${nonceOf(answer)}"`;
      expect(
        scripts.filter((script) => !script.includes(own)),
        `${path} ${status}`,
      ).toEqual([]);
      expect(html.match(/\son[a-z]+="|javascript:|<style\b(?![^>]*nonce)/g), path).toBeNull();
    }

    // Chromium's word for it: no page breaks its own policy. Pages that are meant to break may say so.
    const context = await browser.newContext();
    const page = await context.newPage();
    const violations: string[] = [];
    await context.exposeFunction('reportViolation', (one: string) => violations.push(one));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { reportViolation } = window as unknown as { reportViolation(one: string): void };
        reportViolation(`${location.pathname}: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    const cookies = [...ada.cookies()].map(([name, value]) => ({ name, value, url: app.url }));
    for (const [visitor, path, , headers = {}] of pages) {
      await context.clearCookies();
      if (visitor === ada) await context.addCookies(cookies);
      await page.setExtraHTTPHeaders(headers);
      await page.goto(app.url + path, { waitUntil: 'networkidle' });
    }
    expect(violations).toEqual([]);
    // And it would say so.
    await page.setExtraHTTPHeaders({});
    await page.goto(app.url);
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.setAttribute('onclick', 'void 0');
      link.click();
    });
    await expect.poll(() => violations.length).toBe(1);
    await context.close();
  } finally {
    await app.stop();
  }
});

test('a page that breaks says so in the visitor’s language, also in one that a fork has added', async ({
  stack,
  browser,
}) => {
  test.setTimeout(400_000);
  const app = await startApp(stack.env, forgetfulFork());
  const ada = new Robot({ ...stack, app });
  try {
    await ada.signIn();
    const cookies = [...ada.cookies()].map(([name, value]) => ({ name, value, url: app.url }));
    for (const [locale, lang, says] of [
      [sixth.tag, sixth.tag, sixth.broken],
      ['de-CH', 'de', 'Etwas ist schiefgegangen'],
      ['tlh', 'en', 'Something went wrong'],
    ] as const) {
      const context = await browser.newContext({ locale });
      await context.addCookies(cookies);
      const page = await context.newPage();
      await page.goto(`${app.url}/broken`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(says);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await context.close();
    }
  } finally {
    await app.stop();
  }
});
