import { freePort } from '../../scripts/free-port.mjs';
import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { title } from './matrix';
import { observatoryScore } from './observatory';
import { Robot } from './robot';
import { asDocument, routes } from './stranger';
import { send } from './wire';

/** Every kind of answer to a stranger. */
const answers = `
GET / 200
GET /?x=y 303
GET /auth/sign-in 200
GET /auth/signed-out 200
GET /auth/error 400
GET /auth/denied 403
GET /account 303
GET /account/ 308
GET //account 308
GET /api/me 401
GET /api/auth/session 404
GET /favicon.ico 404
GET /icon.svg 200
GET /_next/static/no.js 404
GET /_next/static/%E0%A4%A 404
GET /healthz 200
GET /healthz/ 308
GET /readyz 200
GET /authorization-code/callback?code=a&state=b 303
HEAD /authorization-code/callback 405
POST /authorization-code/callback 405
GET /auth/start 303
GET /auth/sign-out 303
POST / 405
DELETE /healthz 405`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

test(title('HD-01'), async ({ stack, entra }) => {
  test.setTimeout(180_000);
  const port = String(await freePort(42_000 + (process.pid % 6_000)));
  const origin = `https://localhost:${port}`;
  entra.control.patchRegistration({
    redirectUris: ['/authorization-code/callback', '/auth/signed-out'].map((path) => origin + path),
  });
  // TLS ends before the app, as in production: cookies and policy follow AUTH_URL.
  const app = await startApp({ ...stack.env, PORT: port, AUTH_URL: origin });
  const plain = await startApp({
    ...stack.env,
    PORT: String(await freePort(50_000 + (process.pid % 6_000))),
    ENTRA_LOCAL_URL: '',
    AUTH_URL: 'https://app.example.com',
  });
  const scores = new Map<string, number>();
  const judge = async (name: string, answer: Response, status?: number) => {
    if (status) expect(answer.status, name).toBe(status);
    expect(answer.status, name).toBeLessThan(503);
    const headers = new Headers(answer.headers);
    const policy = headers.get('content-security-policy') ?? '';
    // The one address in it that only a demo names.
    headers.set('content-security-policy', policy.replace(` ${entra.url}`, ''));
    const { score, costs } = observatoryScore(headers, await answer.text());
    expect(costs, name).toEqual([]);
    expect(score, name).toBeGreaterThanOrEqual(125);
    for (const also of [
      ['cross-origin-opener-policy', 'same-origin'],
      ['x-frame-options', 'DENY'],
      ['x-permitted-cross-domain-policies', 'none'],
    ] as const) {
      expect(headers.get(also[0]), name).toBe(also[1]);
    }
    expect(headers.get('permissions-policy'), name).toMatch(/\bcamera=\((self)?\)/);
    expect([headers.get('x-powered-by'), headers.get('server')], name).toEqual([null, null]);
    scores.set(name, score);
  };
  try {
    const robot = new Robot({ entra, app }, origin);
    robot.reach = app.url;
    const start = await robot.post('/auth/start', { returnTo: '/account' });
    await judge('the start of a sign-in', start.clone(), 303);
    const callback = await robot.answer(new URL(start.headers.get('location') ?? ''));
    const back = await robot.fetch(callback);
    expect(back.headers.getSetCookie().join()).toMatch(/__Host-azure-auth\.session=[^;]/);
    await judge('the callback of a sign-in', back, 303);
    await judge('a protected page', await robot.open('/account'), 200);
    await judge('an API', await robot.fetch('/api/me'), 200);
    await judge('a page that is not there', await robot.open('/no-such-page'), 404);
    const asset =
      /\/_next\/static\/[^"]+\.js/.exec(await (await robot.open('/')).text())?.[0] ?? '';
    await judge('a page for who is signed in', await robot.open('/auth/sign-in'), 307);
    await judge('a foreign post', await robot.fetch('/account', { method: 'POST' }), 403);
    await judge('sign out', await robot.post('/auth/sign-out'), 303);

    for (const [method = '', path = '', status] of [...answers, ['GET', asset, '200']]) {
      const answer = await send(app.url, path, { method, headers: asDocument });
      await judge(`${method} ${path}`, answer, Number(status));
    }
    const react = await send(app.url, '/account', { headers: { rsc: '1' } });
    await judge('React', react, 401);
    // Whatever these are answered, it is never without the headers and never a fault of ours.
    const odd = ['/%E0%A4%A', '/%00', '/\\evil', '/%', '/%2e%2e%2f', `/${'a'.repeat(8_000)}`, '/é'];
    for (const path of [...odd.map(encodeOutsideAscii), '/_next/%E0%A4%A', '/_next/image?url=x']) {
      const answer = await send(app.url, path, { headers: asDocument });
      expect(answer.status, path).toBeLessThan(500);
      await judge(`GET ${path.slice(0, 40)}`, answer);
    }
    for (const method of ['TRACE', 'OPTIONS', 'PROPFIND', 'PATCH']) {
      for (const path of ['*', '/', '/account', '/healthz', '/icon.svg', asset]) {
        const answer = await send(app.url, path, { method });
        expect(answer.status, `${method} ${path}`).toBeLessThan(500);
        await judge(`${method} ${path}`, answer);
      }
    }
    // Nothing to leave out where there is no stand-in.
    for (const path of ['/', '/auth/sign-in', '/account', '/api/me', '/icon.svg']) {
      const answer = await send(plain.url, path, { headers: asDocument });
      expect(observatoryScore(answer.headers), path).toEqual({ score: 130, costs: [] });
    }
    expect(scores.get('the callback of a sign-in')).toBe(135);
    expect(scores.size).toBeGreaterThan(60);
  } finally {
    await app.stop();
    await plain.stop();
  }
});

const encodeOutsideAscii = (path: string) => path.replace(/[^\x20-\x7e]/g, encodeURIComponent);

test(title('HD-03'), async ({ stack, entra }) => {
  expect(entra.url).toBeTruthy();
  const robot = new Robot(stack);
  await robot.signIn();
  const markup = `'nonce-evil"><script>alert(1)</script>'`;
  const hostile: Record<string, string>[] = [
    { 'content-security-policy': `script-src ${markup}` },
    { 'content-security-policy-report-only': `script-src 'nonce-evil' ${markup}` },
    { 'x-nonce': 'evil"><script>alert(1)</script>', nonce: 'evil' },
    { 'content-security-policy': "script-src 'nonce-evil' 'unsafe-inline' *" },
    { 'x-middleware-request-content-security-policy': "script-src 'nonce-evil'" },
    {
      'x-middleware-override-headers': 'content-security-policy',
      'x-middleware-request-content-security-policy': "script-src 'nonce-evil'",
      'reporting-endpoints': 'csp="https://evil.example"',
    },
  ];
  const pages = routes.filter(({ kind }) => kind === 'page').map(({ path }) => path);
  for (const path of [...pages, '/no-such-page', '/api/me', '/icon.svg']) {
    for (const visitor of [robot, new Robot(stack)]) {
      for (const headers of hostile) {
        const answer = await visitor.open(path, { headers });
        const step = `${path} ${JSON.stringify(headers)}`;
        for (const [, value] of answer.headers) expect(value, step).not.toContain('evil');
        const html = await answer.text();
        expect(html, step).not.toContain('evil');
        const nonce = nonceOf(answer);
        const used = [...html.matchAll(/<script\b[^>]*\bnonce="([^"]*)"/g)].map(([, one]) => one);
        expect(new Set(used).size, step).toBe(used.length > 0 ? 1 : 0);
        if (used.length > 0) expect(used[0], step).toBe(nonce);
      }
    }
  }
});

const nonceOf = (answer: Response) =>
  /script-src 'nonce-([A-Za-z0-9+/=]{22,})'/.exec(
    answer.headers.get('content-security-policy') ?? '',
  )?.[1];

test(title('HD-07'), async ({ stack, entra }) => {
  expect(entra.url).toBeTruthy();
  const robot = new Robot(stack);
  await robot.signIn();
  const id = 'microsoft-entra-id';
  const actions = ['callback', 'signin', 'signout', 'session', 'providers', 'csrf', 'error'];
  const names = [...actions, 'verify-request', '_log', 'webauthn-options', ''];
  for (const name of names) {
    for (const path of [`/api/auth/${name}`, `/api/auth/${name}/${id}?code=canary&state=y`]) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
        for (const visitor of [robot, new Robot(stack)]) {
          const answer = await visitor.open(path, { method });
          const then = answer.status === 308 ? await visitor.open('/api/auth') : answer;
          const step = `${method} ${path}`;
          if (answer.status !== 308) {
            expect([answer.status, await answer.text()], step).toEqual([404, '']);
          } else expect([401, 404, 405], step).toContain(then.status);
          expect(answer.headers.getSetCookie(), step).toEqual([]);
          const { costs } = observatoryScore(answer.headers);
          expect(
            costs.filter((cost) => !cost.startsWith('content-security')),
            step,
          ).toEqual([]);
        }
      }
    }
  }
  // Where it runs inside is no address either.
  for (const path of [
    '/auth-js/signin/microsoft-entra-id',
    '/auth-js/callback',
    '/auth-js/session',
  ]) {
    expect((await new Robot(stack).open(path)).status, path).toBe(303);
    expect((await robot.open(path)).status, path).toBe(404);
  }
});
