import { expect, test } from '@playwright/test';
import { decide as decideAt, type GateRequest, type Reading, readSession } from '../../lib/gate';
import { createSealer } from '../../lib/sealer';
import { createSession, sealSession } from '../../lib/session-token';
import { noGrants, rules, scope } from './id-token-builder';

const now = 1_790_000_000;
const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const olderSecret = 'Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo=';
const sealer = createSealer([secret], 'session', scope);
const session = createSession(
  {
    tenantId: contoso,
    objectId: '90ab12cd-34ef-4567-89ab-cdef01234567',
    name: 'Ada',
    email: undefined,
    signOutHint: undefined,
    isGuest: false,
    ...noGrants,
  },
  now,
  rules,
);
const config = { ...rules, tenantIds: new Set([contoso]), readGroups: false };
const notEnded = () => false;
const decide = (request: GateRequest, read: () => Promise<Reading>) =>
  decideAt(request, read, config, now);

test.describe('reading the session', () => {
  test('a session of a listed tenant is read', async () => {
    const cookie = await sealSession(sealer, session);
    expect(await readSession(config, sealer, cookie, now, notEnded)).toEqual({
      session,
      isDue: false,
    });
  });

  test('a session ends when its tenant is removed from the list', async () => {
    const cookie = await sealSession(sealer, session);
    const reading = await readSession(
      { ...rules, tenantIds: new Set([fabrikam]) },
      sealer,
      cookie,
      now,
      notEnded,
    );
    expect(reading).toEqual({ reason: 'tenant_removed' });
  });

  test('a session of a guest ends when guests are no longer let in', async () => {
    const identity = { ...session.identity, isGuest: true };
    const cookie = await sealSession(sealer, { ...session, identity });
    expect((await readSession(config, sealer, cookie, now, notEnded)).session).toBeDefined();
    const closed = { ...config, allowGuests: false };
    expect(await readSession(closed, sealer, cookie, now, notEnded)).toEqual({ reason: 'guest' });
  });

  test('a session that was ended before its time is treated as absent', async () => {
    const cookie = await sealSession(sealer, session);
    const isThisOne = ({ sessionId }: { sessionId: string }) => sessionId === session.sessionId;
    const reading = await readSession(config, sealer, cookie, now, isThisOne);
    expect(reading).toEqual({ reason: 'revoked' });
  });

  test('a session that began before the epoch is over', async () => {
    const cookie = await sealSession(sealer, session);
    const read = (sessionEpochSeconds: number) =>
      readSession({ ...config, sessionEpochSeconds }, sealer, cookie, now, notEnded);
    expect((await read(now)).session).toBeDefined();
    expect(await read(now + 1)).toEqual({ reason: 'epoch' });
  });

  test('every other cookie is treated as absent, with the reason', async () => {
    const cookie = await sealSession(sealer, session);
    const older = await sealSession(createSealer([olderSecret], 'session', scope), session);
    const flow = await sealSession(createSealer([secret], 'flow', scope), session);
    const end = now + rules.sessionIdleSeconds;
    const rows: [cookie: string | undefined, at: number, reason: string][] = [
      [undefined, now, 'no_session'],
      ['', now, 'no_session'],
      ['garbage', now, 'malformed'],
      ['a'.repeat(8192), now, 'malformed'],
      [await sealer.seal({}), now, 'malformed'],
      [older, now, 'unknown_key'],
      [flow, now, 'unknown_key'],
      [`${cookie.slice(0, -9)}AAAAAAAA${cookie.slice(-1)}`, now, 'tampered'],
      [cookie, end, 'idle'],
      [cookie, now + rules.sessionLifetimeSeconds, 'expired'],
    ];
    for (const [value, at, reason] of rows) {
      expect(await readSession(config, sealer, value, at, notEnded)).toEqual({ reason });
    }
  });
});

const signedIn = async (): Promise<Reading> => ({ session, isDue: false });
const signedOut = async (): Promise<Reading> => ({ reason: 'no_session' });
const request = (path: string, headers: Record<string, string> = {}, method = 'GET') => ({
  method,
  url: new URL(`https://app.example.com${path}`),
  headers: new Headers(headers),
});
const browser = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'sec-fetch-dest': 'document',
};
const toSignIn = '/auth/sign-in?returnTo=%2Faccount';

test('a public route passes without the session being read', async () => {
  const read = () => Promise.reject(new Error('read'));
  for (const path of ['/', '/auth/sign-in?returnTo=%2Faccount', '/authorization-code/callback']) {
    expect(await decide(request(path, browser), read)).toEqual({ kind: 'public' });
  }
});

test('a session that is due to be sealed anew is handed on', async () => {
  const due = async (): Promise<Reading> => ({ session, isDue: true });
  expect(await decide(request('/account', browser), due)).toEqual({ kind: 'allow', due: session });
});

test('a signed-in person may open every route', async () => {
  for (const path of ['/account', '/api/me', '/not-listed']) {
    expect(await decide(request(path, browser), signedIn)).toEqual({ kind: 'allow' });
  }
});

const rows: [what: string, method: string, headers: Record<string, string>, kind: string][] = [
  ['a document', 'GET', browser, 'sign-in'],
  ['a document of an older browser', 'GET', { accept: 'text/html,*/*;q=0.8' }, 'sign-in'],
  ['a command-line client', 'GET', { accept: '*/*' }, 'sign-in'],
  ['a client that says nothing', 'GET', {}, 'sign-in'],
  ['a HEAD request', 'HEAD', { accept: '*/*' }, 'sign-in'],
  ['a form post without JavaScript', 'POST', browser, 'sign-in'],
  ['a frame', 'GET', { ...browser, 'sec-fetch-dest': 'iframe' }, 'unauthenticated'],
  ['an image', 'GET', { ...browser, 'sec-fetch-dest': 'image' }, 'unauthenticated'],
  ['a script', 'GET', { ...browser, 'sec-fetch-dest': 'script' }, 'unauthenticated'],
  ['a style sheet', 'GET', { ...browser, 'sec-fetch-dest': 'style' }, 'unauthenticated'],
  ['a React Server Component request', 'GET', { ...browser, rsc: '1' }, 'unauthenticated'],
  ['a prefetch', 'GET', { rsc: '1', 'next-router-prefetch': '1' }, 'unauthenticated'],
  ['a Server Action', 'POST', { ...browser, 'next-action': '4011ab' }, 'unauthenticated'],
  ['a fetch', 'GET', { accept: '*/*', 'sec-fetch-dest': 'empty' }, 'unauthenticated'],
  [
    'a fetch for HTML',
    'GET',
    { accept: 'text/html', 'sec-fetch-dest': 'empty' },
    'unauthenticated',
  ],
  ['a client that wants JSON', 'GET', { accept: 'application/json' }, 'unauthenticated'],
  ['an image of an older browser', 'GET', { accept: 'image/avif,image/webp' }, 'unauthenticated'],
  ['an empty accept header', 'GET', { accept: '' }, 'unauthenticated'],
];
for (const [what, method, headers, kind] of rows) {
  test(`${what} without a session is answered ${kind}`, async () => {
    expect(await decide(request('/account', headers, method), signedOut)).toEqual({
      kind,
      returnTo: '/account',
      location: toSignIn,
      reason: 'no_session',
    });
  });
}

test('an API route is answered unauthenticated, and nobody is sent back to it', async () => {
  for (const path of ['/api/me', '/api/not-listed?x=1']) {
    expect(await decide(request(path, browser), signedOut)).toEqual({
      kind: 'unauthenticated',
      returnTo: '/',
      location: '/auth/sign-in',
      reason: 'no_session',
    });
  }
});

test('the reason why a session is not accepted is passed on', async () => {
  for (const reason of ['expired', 'tampered', 'unknown_key', 'malformed', 'tenant_removed']) {
    const verdict = await decide(request('/account', browser), async () => ({ reason }));
    expect(verdict).toEqual({
      kind: 'sign-in',
      returnTo: '/account',
      location: toSignIn,
      reason,
    });
  }
});

test('a session that cannot be read closes the route', async () => {
  const read = () => Promise.reject(new Error('no keys'));
  await expect(decide(request('/account', browser), read)).rejects.toThrow('no keys');
});

const locations: [path: string, location: string][] = [
  ['/account?tab=2&q=%C3%BC', '/auth/sign-in?returnTo=%2Faccount%3Ftab%3D2%26q%3D%25C3%25BC'],
  ['//evil.example/account', '/auth/sign-in'],
  ['/.//evil.example', '/auth/sign-in'],
  [`/account?q=${'a'.repeat(4000)}`, '/auth/sign-in'],
  ['/auth/not-listed', '/auth/sign-in'],
];
for (const [path, location] of locations) {
  test(`${path.slice(0, 40)} leads to ${location}`, async () => {
    expect(await decide(request(path, browser), signedOut)).toMatchObject({ location });
  });
}

test('headers that only a proxy or Next itself sets open nothing', async () => {
  for (const name of [
    'x-middleware-subrequest',
    'x-middleware-rewrite',
    'x-middleware-next',
    'x-forwarded-uri',
    'x-original-url',
    'x-rewrite-url',
    'x-invoke-path',
    'purpose',
    'next-router-prefetch',
  ]) {
    const verdict = await decide(request('/account', { ...browser, [name]: '/' }), signedOut);
    expect(verdict.kind, name).toBe('sign-in');
  }
});
