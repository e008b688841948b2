import { expect, test } from '@playwright/test';
import { listen } from '../../../entra-local/serve.mjs';
import { createAuthority } from '../../../lib/authority';
import type { Fetch } from '../../../lib/upstream';
import { testConnection } from '../../../setup/connection';
import {
  connectionTo,
  contoso,
  fabrikam,
  fetchFrom,
  NOBODY,
  NOW,
  northwind,
  outcomeOf,
  personal,
  standIn,
  troublesOf,
  woodgrove,
} from './connecting';

test('what is right is found right: two tenants, the secret in both, the redirect URI, the clock', async () => {
  const { codes, findings } = await outcomeOf(standIn());
  expect(codes).toEqual([
    'ok tenant_found',
    'ok tenant_found',
    'ok credential_accepted',
    'ok credential_accepted',
    'ok redirect_uri_registered',
    'ok clock_right',
  ]);
  expect(findings[0]?.says).toContain('Contoso');
  expect(findings[1]?.says).toContain('Fabrikam');
});

test('every kind of tenant list is found right', async () => {
  for (const tenantIds of [[contoso.id], [contoso.id, personal.id], [northwind.id, fabrikam.id]]) {
    expect(troublesOf(await outcomeOf(standIn(), { tenantIds }))).toEqual([]);
  }
});

test('a tenant is asked for once, and called by its place where it has no name', async () => {
  const { findings } = await outcomeOf(standIn(), {
    tenantIds: [contoso.id, northwind.id, contoso.id],
  });
  expect(findings.filter(({ code }) => code === 'tenant_found')).toHaveLength(2);
  expect(findings[1]?.says).toContain('tenant 2');
});

test('each tenant is asked at its own endpoints, personal accounts for no token, sign-in’s authority for the probe', async () => {
  const entra = standIn();
  await outcomeOf(entra, { tenantIds: [contoso.id, personal.id] });
  const asked = entra.control.requests.map(({ method, path }) => `${method} ${path}`).sort();
  expect(asked).toEqual([
    `GET /${contoso.id}/v2.0/.well-known/openid-configuration`,
    'GET /common/oauth2/v2.0/authorize',
    'GET /consumers/v2.0/.well-known/openid-configuration',
    `POST /${contoso.id}/oauth2/v2.0/token`,
  ]);
});

test('all requests leave at once, follow no redirect and have a deadline of eight seconds each', async () => {
  const entra = standIn();
  const { timeout } = AbortSignal;
  const deadlines: number[] = [];
  AbortSignal.timeout = (milliseconds) => {
    deadlines.push(milliseconds);
    return timeout.call(AbortSignal, milliseconds);
  };
  const calls: RequestInit[] = [];
  let answer = () => {};
  const all = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const fetch: Fetch = async (url, init) => {
    if (calls.push(init) === 5) answer();
    await all;
    return fetchFrom(entra)(url, init);
  };
  try {
    expect(troublesOf(await outcomeOf(entra, {}, fetch))).toEqual([]);
  } finally {
    AbortSignal.timeout = timeout;
  }
  expect(deadlines).toEqual(Array(5).fill(8000));
  for (const init of calls) {
    expect(init).toMatchObject({
      redirect: 'manual',
      cache: 'no-store',
      signal: expect.anything(),
    });
    expect(new Headers(init.headers).has('cookie')).toBe(false);
  }
});

test('Microsoft itself is asked at its own names', async () => {
  const asked: string[] = [];
  const fetch: Fetch = async (url) => {
    asked.push(url.split('?', 1)[0] ?? '');
    return new Response(null, { status: 503 });
  };
  await outcomeOf(
    standIn(),
    { tenantIds: [contoso.id], authority: createAuthority(contoso.id) },
    fetch,
  );
  const tenantUrl = `https://login.microsoftonline.com/${contoso.id}`;
  expect(asked.sort()).toEqual([
    `${tenantUrl}/oauth2/v2.0/authorize`,
    `${tenantUrl}/oauth2/v2.0/token`,
    `${tenantUrl}/v2.0/.well-known/openid-configuration`,
  ]);
});

test('a secret is found wrong as soon as it is rotated away, and right before', async () => {
  const entra = standIn();
  const [old, next] = ['the-older-secret', 'the-newer-secret'];
  const judge = async (secret: string) =>
    troublesOf(await outcomeOf(entra, { credential: { kind: 'secret', secret } }));
  const keep = (...values: string[]) =>
    entra.control.patchRegistration({
      secrets: values.map((value) => ({ value, expiresAtSeconds: null })),
    });
  keep(old, next);
  expect([await judge(old), await judge(next)]).toEqual([[], []]);
  keep(next);
  expect([await judge(old), await judge(next)]).toEqual([['fail secret_wrong'], []]);
});

test('an administrator’s consent is asked for by name and link, and makes the tenant right', async () => {
  const entra = standIn();
  const tenantIds = [contoso.id, woodgrove.id];
  const { findings } = await outcomeOf(entra, { tenantIds });
  expect(findings.find(({ code }) => code === 'not_consented')).toMatchObject({
    status: 'warn',
    says: expect.stringContaining('tenant 2'),
    link: `http://localhost:3000/auth/approve?tenant=${woodgrove.id}`,
  });
  entra.entra.registration.installedIn.push(woodgrove.id);
  expect(troublesOf(await outcomeOf(entra, { tenantIds }))).toEqual([]);
});

test('a fault names the tenants that have it, and no other', async () => {
  const entra = standIn();
  const { findings } = await outcomeOf(entra, {
    tenantIds: [northwind.id, NOBODY, contoso.id],
  });
  const [finding] = findings.filter(({ code }) => code === 'tenant_not_found');
  expect(finding?.says).toContain('tenant 2');
  expect(finding?.says).not.toContain('Contoso');
});

test('the running stand-in is found right with Node’s own fetch, one that is gone is refused', async () => {
  const [entra, gone] = [await listen(), await listen()];
  await gone.close();
  const codesAt = async (url: string) => {
    const connection = {
      clientId: entra.clientId,
      credential: { kind: 'secret', secret: entra.clientSecret } as const,
      tenantIds: entra.validTenantIds,
      authority: createAuthority('organizations', url),
      redirectUri: 'http://localhost:3000/authorization-code/callback',
    };
    const findings = await testConnection(connection, {
      fetch,
      nowSeconds: () => Date.now() / 1000,
    });
    return [...new Set(findings.map(({ code }) => code))];
  };
  try {
    expect(await codesAt(entra.url)).toEqual([
      'tenant_found',
      'credential_accepted',
      'redirect_uri_registered',
      'clock_right',
    ]);
  } finally {
    await entra.close();
  }
  expect(await codesAt(gone.url)).toEqual(['refused']);
});

test('the clock is judged by what ID tokens are judged by', async () => {
  const entra = standIn();
  for (const [offsetSeconds, expected] of [
    [60, 'ok clock_right'],
    [-60, 'ok clock_right'],
    [61, 'warn clock_off'],
    [-61, 'warn clock_off'],
    [300, 'warn clock_off'],
    [-300, 'warn clock_off'],
    [301, 'fail clock_wrong'],
    [-301, 'fail clock_wrong'],
  ] as const) {
    entra.control.setClock(offsetSeconds);
    expect((await outcomeOf(entra)).codes.at(-1), `${offsetSeconds}`).toBe(expected);
  }
});

test('the time that a request takes, and the age of a stored answer, are no wrong clock', async () => {
  const entra = standIn();
  const connection = connectionTo(entra, { tenantIds: [contoso.id] });
  const codesWith = async (tools: Parameters<typeof testConnection>[1]) =>
    (await testConnection(connection, tools)).map(({ code }) => code);
  // Dated when it was asked, and long under way; then dated shortly before it was there.
  for (const [asked, answered] of [
    [NOW, NOW + 400],
    [NOW - 400, NOW],
  ] as const) {
    let now: number = asked;
    const fetch: Fetch = (url, init) => {
      now = answered;
      return fetchFrom(entra)(url, init);
    };
    expect(await codesWith({ fetch, nowSeconds: () => now })).toContain('clock_right');
  }

  entra.control.setClock(-3600);
  entra.control.inject({ on: 'discovery', headers: { age: '3600' } });
  const tools = { fetch: fetchFrom(entra), nowSeconds: () => NOW };
  expect(await codesWith(tools)).toContain('clock_right');
});
