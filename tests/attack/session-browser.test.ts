import { createHash } from 'node:crypto';
import { site } from '../../lib/site';
import { startApp } from '../app-server';
import {
  choose,
  expect,
  type Page,
  sessionCookie,
  signIn,
  startSignIn,
  test,
} from '../e2e/fixtures';
import { forgeSession, openCookie } from './forged-session';
import { title } from './matrix';
import { startTlsProxy } from './tls-proxy';

test(title('SC-01'), async ({ browser, stack, entra }) => {
  const proxy = await startTlsProxy();
  const env = { ...stack.env, AUTH_URL: proxy.url };
  const app = await startApp(env);
  proxy.forwardTo(app.url);
  entra.control.patchRegistration({
    redirectUris: [
      'https://localhost/authorization-code/callback',
      'https://localhost/auth/signed-out',
    ],
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, baseURL: proxy.url });
  try {
    const lines: string[] = [];
    const seen: Promise<void>[] = [];
    context.on('response', (response) => {
      if (!response.url().startsWith(proxy.url)) return;
      seen.push(
        response
          .headersArray()
          .catch(() => []) // of what came after the browser was closed
          .then((headers) => {
            const set = headers.filter(({ name }) => name.toLowerCase() === 'set-cookie');
            lines.push(...set.map(({ value }) => value));
          }),
      );
    });
    const page = await context.newPage();
    for (const path of ['/', '/auth/sign-in', '/auth/signed-out', '/no-such-page']) {
      await page.goto(path);
    }
    await Promise.all(seen);
    expect(lines, 'nobody gets a cookie for looking').toEqual([]);

    await page.goto('/account');
    await startSignIn(page);
    await choose(page, 'Noor de Vries');
    await expect(page).toHaveURL('/auth/denied');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await choose(page, 'Ada Berg');
    await expect(page).toHaveURL('/account');
    await page.goto('/authorization-code/callback?code=x&state=y');
    await expect(page).toHaveURL(site.homePath);

    // A session that is due to be renewed, one that is no more, and the way out.
    const name = '__Host-azure-auth.session';
    const due = { tenantId: entra.tenants.contoso, signedIn: -900, renewed: -600 };
    for (const value of [await forgeSession(env, due), 'junk', await forgeSession(env, due)]) {
      await context.addCookies([
        { name, value, url: proxy.url, secure: true, httpOnly: true, sameSite: 'Lax' },
      ]);
      await page.goto('/account');
    }
    await page.getByRole('button', { name: /^Sign out of (?!Microsoft)/ }).click();
    await expect(page).toHaveURL('/auth/signed-out');
    await page.goto('/authorization-code/callback?code=x&state=y');
    await Promise.all(seen);

    const kinds = lines.map((line) => /^__Host-azure-auth\.(\w+)/.exec(line)?.[1]);
    expect([...new Set(kinds)].sort()).toEqual(['flow', 'form', 'notice', 'session']);
    const [set, cleared] = [
      lines.filter((line) => !line.includes('Max-Age=0')),
      lines.filter((line) => line.includes('Max-Age=0')),
    ];
    expect(set.filter((line) => line.startsWith(name)).length).toBeGreaterThanOrEqual(2);
    expect(cleared.filter((line) => line.startsWith(name)).length).toBeGreaterThanOrEqual(2);
    for (const line of lines) {
      const [pair, ...attributes] = line.split('; ');
      expect(pair).toMatch(/^__Host-azure-auth\.(session|notice|form|flow\.[0-9a-f]{16})=[\w.-]*$/);
      expect(attributes.sort()).toEqual([
        'HttpOnly',
        expect.stringMatching(/^Max-Age=\d+$/),
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ]);
    }
    // What Chromium has accepted is what was meant: a wrong attribute beside __Host- loses it.
    expect((await context.cookies(proxy.url)).map(({ name: kept }) => kept.split('.')[1])).toEqual(
      expect.arrayContaining(['notice']),
    );
  } finally {
    await context.close();
    await app.stop();
    await proxy.close();
  }
});

/** All that a script on our pages, or a person at this computer, could read of a page. */
async function readable(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const cached = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    );
    const text = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(path, { headers })).text();
    const payload = new URL(location.href);
    payload.searchParams.set('_rsc', ''); // as React asks
    return JSON.stringify({
      storage: [{ ...localStorage }, { ...sessionStorage }, document.cookie, window.name],
      databases: await indexedDB.databases(),
      caches: [names, cached],
      history: history.state,
      html: document.documentElement.outerHTML,
      payload: await text(payload.href, { rsc: '1' }),
      json: await text('/api/me'),
    });
  });
}

/** What a browser keeps of us beside the sealed cookies: nothing. */
async function expectNothingStored(page: Page): Promise<void> {
  const { storage, databases, caches } = JSON.parse(await readable(page));
  expect({ storage, databases, caches }).toEqual({
    storage: [{}, {}, '', ''],
    databases: [],
    caches: [[], []],
  });
}

test(title('SC-08'), async ({ page, app, entra, stack }) => {
  await page.goto('/account?tab=details');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account?tab=details');
  const ada = entra.accounts.find(({ name }) => name === 'Ada Berg');
  const first = app.events('sign_in').at(-1);
  const hers = [String(ada?.oid), String(first?.sessionId), String(ada?.tenantId)];
  for (const value of hers) expect(await readable(page), 'it is found when there').toContain(value);
  await page.goto('/account');
  expect(await readable(page)).toContain('Ada Berg');
  const before = await sessionCookie(page);

  await page.getByRole('button', { name: 'Use another account' }).click();
  await choose(page, 'Farid Nasser');
  await expect(page.getByRole('main')).toContainText('Farid Nasser');
  const second = app.events('sign_in').at(-1);
  expect(second?.sessionId).not.toBe(first?.sessionId);
  const after = await sessionCookie(page);
  expect(after?.value).not.toBe(before?.value);
  const sealed = await openCookie(stack.env, after?.value ?? '');
  const secrets = [...hers, 'Ada Berg', 'ada@contoso.example'];
  for (const value of secrets) expect(sealed).not.toContain(value);

  const expectNothingOfHers = async () => {
    const all = await readable(page);
    for (const value of secrets) expect(all).not.toContain(value);
    await expectNothingStored(page);
  };
  await expectNothingOfHers();
  // Back to where she was: neither the history nor React's cache shows her page again.
  for (const path of ['/account?tab=details', '/', '/account']) {
    await page.goto(path);
    await expectNothingOfHers();
  }
  for (let steps = 0; steps < 5; steps += 1) {
    const back = page.waitForEvent('load'); // goBack() itself is content with React's own entry
    await page.goBack().catch(() => {});
    await back;
    if (!page.url().startsWith(app.url)) break; // the stand-in's pages are Microsoft's
    await expectNothingOfHers();
  }
});

/** The first two parts of a JWT: unlike those of what we seal, both are JSON. */
const signedToken = /eyJ[\w-]+\.eyJ[\w-]+/;

test(title('SC-11'), async ({ page, app, entra, stack }) => {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    if (!response.url().startsWith(app.url)) return;
    const { location = '', ...headers } = response.headers();
    bodies.push(
      response
        .text()
        .catch(() => '') // a redirect has none
        .then((text) => `${text}\n${location}\n${JSON.stringify(headers)}`),
    );
  });
  const accessToken = `c4n4ry-access-${'a'.repeat(900)}`;
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16);
  entra.control.inject({
    on: 'token',
    json: { access_token: accessToken, refresh_token: 'c4n4ry-refresh', client_info: 'c4n4ry' },
  });
  entra.control.inject({
    on: 'id_token',
    claims: {
      at_hash: half.toString('base64url'),
      c4n4ry: 'c4n4ry-claim',
      sub: 'c4n4ry-sub',
      rh: 'c4n4ry-rh',
      uti: 'c4n4ry-uti',
      groups: ['c4n4ry-group'],
      roles: ['c4n4ry-role'],
      picture: 'https://c4n4ry.example/',
    },
  });
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  for (const path of ['/account?tab=details', '/', '/api/me', '/account']) {
    await page.goto(path);
    if (path === '/api/me') continue;
    const all = await readable(page);
    expect(all).toContain('Ada Berg');
    expect(all).not.toContain('c4n4ry');
    expect(all.match(signedToken)).toBeNull();
    await expectNothingStored(page);
  }
  await page.getByRole('button', { name: 'Check my session again' }).click();
  await expect(page).toHaveURL('/account?confirmed=yes');

  // Nor in anything that was ever sent, nor in the cookies that only we can open.
  const sent = (await Promise.all(bodies)).join('\n');
  expect(sent).toContain('Ada Berg');
  expect(sent).not.toContain('c4n4ry');
  expect(sent.match(signedToken)).toBeNull();
  for (const { name, value, httpOnly } of await page.context().cookies(app.url)) {
    expect(httpOnly, name).toBe(true);
    if (!name.endsWith('.session')) continue;
    const sealed = await openCookie(stack.env, value);
    expect(sealed).toContain('Ada Berg');
    expect(sealed).not.toMatch(/c4n4ry|eyJ/);
  }
  expect(app.output()).not.toContain('c4n4ry');
});
