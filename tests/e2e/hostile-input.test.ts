import { cookieNames } from '../../lib/cookies';
import { hold } from '../hold';
import { expect, test } from './fixtures';

const nonsense = [
  '',
  '%00',
  '%FF%FE',
  '<script>alert(1)</script>',
  '../../../etc/passwd',
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '\u202Eelpmaxe',
  '日本語',
  "' OR 1=1 --",
  '{{7*7}}',
  'A'.repeat(9_000),
];

const send = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });

async function expectHarmless(answer: Response, input: string): Promise<void> {
  const body = await answer.text();
  const location = answer.headers.get('location') ?? '';
  const sent = input.slice(0, 60);
  hold(answer.status < 500, `no error of ours, but ${answer.status}: ${sent}`);
  hold(input.length <= 3 || !body.includes(input), `no echo: ${sent}`);
  hold(!location.includes('evil.example'), `no other site, but ${location}: ${sent}`);
  hold(!answer.headers.getSetCookie().join().includes('.session=e'), `no session: ${sent}`);
}

test('garbage in any query parameter is answered, and never echoed', async ({ app }) => {
  const targets = {
    '/auth/sign-in': ['returnTo', 'error', 'callbackUrl'],
    '/auth/error': ['error', 'code'],
    '/auth/denied': ['account', 'tenant'],
    '/auth/signed-out': ['microsoft'],
    '/authorization-code/callback': ['code', 'state', 'error', 'error_description', 'iss'],
    '/': ['tab'],
  };
  for (const [path, names] of Object.entries(targets)) {
    for (const name of names) {
      for (const value of nonsense) {
        const query = `${name}=${encodeURIComponent(value)}&${name}=${encodeURIComponent(value)}`;
        const answer = await send(`${app.url}${path}?${query}`);
        // An error page may answer 500 or 503 only by a sealed notice, which there is none of here.
        await expectHarmless(answer, value);
      }
    }
  }
});

test('garbage in a form that is posted to a page is refused without reading it', async ({
  app,
}) => {
  const bodies: RequestInit[] = [
    { headers: { 'content-type': 'multipart/form-data' }, body: 'x' },
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '\u0000junk' },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '$ACTION_ID_x=1' },
    { headers: { 'next-action': 'a'.repeat(42), 'content-type': 'text/plain' }, body: '[]' },
  ];
  for (const path of ['/', '/auth/sign-in', '/auth/error', '/auth/denied', '/auth/signed-out']) {
    for (const init of bodies) {
      const answer = await send(app.url + path, { method: 'POST', ...init });
      expect(answer.status, `${path} ${JSON.stringify(init)}`).toBe(405);
    }
  }
});

test('no spelling of a query puts its words into a page', async ({ app }) => {
  for (const path of ['/', '/auth/error', '/auth/signed-out', '/auth/sign-in', '/favicon.ico']) {
    for (const query of ['_rsc=1&words=canary', '_rsc=canary', 'canary', 'words=canary&_rsc']) {
      const answer = await fetch(`${app.url}${path}?${query}`);
      expect(await answer.text(), `${path}?${query}`).not.toContain('canary');
    }
  }
  expect(await (await send(`${app.url}/api/auth/callback/x?code=canary`)).text()).toBe('');
});

test('garbage in any cookie is answered as if the cookie were not there', async ({ app }) => {
  const { session, notice, flow } = cookieNames({ origin: app.url });
  const names = [session, notice, flow('0123456789abcdef')];
  for (const path of ['/', '/account', '/api/me', '/auth/error', '/auth/denied']) {
    for (const value of nonsense) {
      const cookie = names.map((name) => `${name}=${encodeURIComponent(value)}`).join('; ');
      if (cookie.length > 15_000) continue; // Node itself answers 431 to larger headers
      const answer = await send(app.url + path, { headers: { cookie } });
      await expectHarmless(answer, value);
    }
  }
});

test('garbage in the sign-in form starts an ordinary sign-in', async ({ app, entra }) => {
  for (const value of nonsense) {
    const body = new URLSearchParams({ returnTo: value, prompt: value, login_hint: value });
    const answer = await send(`${app.url}/auth/start`, {
      method: 'POST',
      headers: { origin: app.url },
      body,
    });
    expect(answer.status).toBe(303);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.origin).toBe(entra.url);
    expect(location.searchParams.get('redirect_uri')).toBe(
      `${app.url}/authorization-code/callback`,
    );
  }
  for (const type of ['application/json', 'multipart/form-data', 'text/plain']) {
    const headers = { origin: app.url, 'content-type': type };
    const answer = await send(`${app.url}/auth/start`, { method: 'POST', headers, body: '{' });
    expect(answer.status, type).toBe(303);
  }
});

test('another site cannot start a sign-in, and neither can GET, HEAD or a prefetch', async ({
  app,
}) => {
  const attempts: RequestInit[] = [
    { method: 'POST' },
    { method: 'POST', headers: { origin: 'https://evil.example' } },
    { method: 'POST', headers: { origin: app.url, 'sec-fetch-site': 'cross-site' } },
    { method: 'GET' },
    { method: 'GET', headers: { 'sec-fetch-site': 'same-origin' } }, // a link on our own page
    { method: 'HEAD' },
    { method: 'GET', headers: { purpose: 'prefetch' } },
  ];
  for (const init of attempts) {
    const answer = await send(`${app.url}/auth/start`, init);
    expect(answer.status).toBe(303);
    expect(new URL(answer.headers.get('location') ?? '', app.url).pathname).toBe('/auth/sign-in');
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
});

test('HEAD and prefetch on the callback redeem nothing', async ({ app, entra }) => {
  const url = `${app.url}/authorization-code/callback?code=x&state=y`;
  expect((await send(url, { method: 'HEAD' })).status).toBe(405);
  expect((await send(url, { headers: { 'sec-purpose': 'prefetch' } })).status).toBe(503);
  expect((await send(url, { method: 'POST' })).status).toBe(405);
  expect(entra.control.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([]);
});

test('a client cannot choose the policy of a page by sending one', async ({ app }) => {
  const answer = await send(`${app.url}/`, {
    headers: { 'content-security-policy': "script-src 'nonce-evil\"><script>'", 'x-nonce': 'evil' },
  });
  expect(answer.headers.get('content-security-policy')).not.toContain('evil');
  expect(await answer.text()).not.toContain('evil');
});

const injected =
  '<script>window.injected = true</script><img src="data:," alt="" onerror="window.injected = true">';

test('a script that got into a page does not run', async ({ browser, app }) => {
  const policies = new Set<string | null>();
  for (const path of ['/', '/auth/sign-in', '/auth/error', '/auth/denied', '/auth/signed-out']) {
    // A page of its own: that Chromium reports the blocked script is what should happen here.
    const page = await browser.newPage({ baseURL: app.url });
    await page.route(`**${path}`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('</body>', `${injected}</body>`);
      await route.fulfill({ response, body });
    });
    const response = await page.goto(path);
    expect(await page.content(), 'the script is in the page').toContain('window.injected');
    // Not the title: React puts that back.
    expect(await page.evaluate(() => 'injected' in window), path).toBe(false);
    policies.add(response?.headers()['content-security-policy'] ?? null);
    await page.close();
  }
  expect(policies.size, 'every answer has a nonce of its own').toBe(5);
});

test('no header of a request turns where we send people', async ({ app }) => {
  const hosts = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'javascript',
    forwarded: 'host=evil.example',
  };
  for (const path of ['/account', '/auth/start', '/authorization-code/callback?state=x']) {
    const answer = await send(app.url + path, { headers: hosts });
    const location = new URL(answer.headers.get('location') ?? '', app.url);
    expect(location.origin, path).toBe(app.url);
  }
  const start = await send(`${app.url}/auth/start`, {
    method: 'POST',
    headers: { ...hosts, origin: app.url },
  });
  const target = new URL(start.headers.get('location') ?? '');
  expect(target.searchParams.get('redirect_uri')).toBe(`${app.url}/authorization-code/callback`);
});
