import { expect, test } from '@playwright/test';
import {
  claimsOf,
  type Entra,
  get,
  KEYS,
  ORIGIN,
  startEntra,
  tokenRequest,
  Visitor,
  verdictOf,
} from './visitor';

const ADA = 'ada@contoso.example';
const DISCOVERY = `${ORIGIN}/common/v2.0/.well-known/openid-configuration`;

test.describe('key rotation', () => {
  const kids = async (entra: Entra) =>
    (await (await get(entra, KEYS)).json()).keys.map((key: { kid: string }) => key.kid);

  test('publishes the new key beside the old one, and signs with it', async () => {
    const entra = startEntra();
    const [before] = await kids(entra);
    const { kid } = await entra.control.rotateKeys();
    expect(await kids(entra)).toEqual(expect.arrayContaining([before, kid]));
    expect((await claimsOf(entra, ADA)).header.kid).toBe(kid);
    expect(await verdictOf(entra)).toBe('verified');
  });

  test('keepOld: false withdraws the old one; publish: false hides the new one', async () => {
    const entra = startEntra();
    const [before] = await kids(entra);
    await entra.control.rotateKeys({ keepOld: false });
    expect(await kids(entra)).not.toContain(before);
    await entra.control.rotateKeys({ publish: false });
    expect(await verdictOf(entra)).toBe('ERR_JWKS_NO_MATCHING_KEY');
    entra.control.reset();
    expect((await kids(entra))[0]).toBe(before);
    expect(await verdictOf(entra)).toBe('verified');
  });

  test('removeKeyIssuer leaves keys that do not say whose they are, until reset', async () => {
    const entra = startEntra();
    entra.control.removeKeyIssuer();
    const { keys } = await (await get(entra, KEYS)).json();
    for (const key of keys) expect(key).not.toHaveProperty('issuer');
    entra.control.reset();
    expect((await (await get(entra, KEYS)).json()).keys[0]).toHaveProperty('issuer');
  });
});

test('accounts, registration and clock are patched, and reset', async () => {
  let nowMs = 1_800_000_000_000;
  const entra = startEntra({ now: () => nowMs, registration: { name: 'Mine' } });
  entra.control.patchAccount(ADA, { name: 'Ada Patched' });
  entra.control.patchRegistration({ optionalClaims: [], name: 'Patched' });
  entra.control.setClock(60);
  nowMs += 1000;
  const { claims } = await claimsOf(entra, ADA);
  expect(claims).toMatchObject({ name: 'Ada Patched', iat: 1_800_000_061 - 300 });
  entra.control.setClock(() => 1_900_000_000_000);
  expect((await claimsOf(entra, ADA)).claims.iat).toBe(1_900_000_000 - 300);
  entra.control.reset();
  expect((await claimsOf(entra, ADA)).claims).toMatchObject({
    name: 'Ada Berg',
    iat: 1_800_000_001 - 300,
  });
  expect(entra.entra.registration.name).toBe('Mine');
});

for (const clock of [Number.NaN, Infinity, '60', null, () => Number.NaN]) {
  test(`a clock that is ${clock} is refused, and time goes on`, async () => {
    const entra = startEntra({ now: () => 1_800_000_000_000 });
    expect(() => entra.control.setClock(clock as number)).toThrow(TypeError);
    expect((await claimsOf(entra, ADA)).claims.iat).toBe(1_800_000_000 - 300);
  });
}

test('every answer is dated by the stand-in’s clock', async () => {
  const entra = startEntra({ now: () => 1_800_000_000_000 });
  const dateOf = async (url: string) => (await get(entra, url)).headers.get('date');
  expect(await dateOf(DISCOVERY)).toBe('Fri, 15 Jan 2027 08:00:00 GMT');
  entra.control.setClock(-600);
  for (const url of [DISCOVERY, KEYS, `${ORIGIN}/`, `${ORIGIN}/nobody.example/oauth2/v2.0/token`]) {
    expect(await dateOf(url), url).toBe('Fri, 15 Jan 2027 07:50:00 GMT');
  }
  entra.control.inject({ on: 'discovery', headers: { date: 'another' } });
  expect(await dateOf(DISCOVERY)).toBe('another');
});

test('reset signs everybody out and forgets codes', async () => {
  const entra = startEntra();
  const visitor = new Visitor(entra);
  const code = (await visitor.signIn(ADA)).get('code') ?? '';
  entra.control.reset();
  expect((await visitor.authorize()).headers.get('location')).toBeNull();
  expect((await (await entra.handle(tokenRequest(entra, code))).json()).error_codes).toEqual([
    70000,
  ]);
});

test('the log tells what was asked and keeps no secret', async () => {
  const entra = startEntra();
  await get(entra, DISCOVERY);
  await claimsOf(entra, ADA);
  const { requests } = entra.control;
  expect(requests.map(({ endpoint }) => endpoint)).toEqual([
    'discovery',
    'authorize',
    'interaction',
    'token',
  ]);
  expect(requests[0]).toMatchObject({
    method: 'GET',
    path: '/common/v2.0/.well-known/openid-configuration',
    tenant: 'common',
  });
  expect(requests[1]?.query).toMatchObject({ state: 'st/ate +&=é', scope: 'openid profile email' });
  expect(requests[3]).toMatchObject({
    grant_type: 'authorization_code',
    redirect_uri: 'http://localhost:3000/authorization-code/callback',
  });
  expect(requests[3]?.parameters).toContain('client_secret');
  const text = JSON.stringify(requests);
  expect(text).not.toContain(entra.entra.registration.secrets[0]?.value ?? 'nothing');
  expect(text).not.toContain('a-code-verifier');
});

for (const [endpoint, method] of [
  ['authorize', 'GET'],
  ['authorize', 'POST'],
  ['logout', 'GET'],
  ['logout', 'POST'],
]) {
  test(`the log keeps no secret that ${method} brings to ${endpoint} by mistake`, async () => {
    const entra = startEntra();
    const names = ['client_secret', 'code', 'code_verifier', 'client_assertion', 'id_token_hint'];
    const params = new URLSearchParams(names.map((name) => [name, `precious-${name}`]));
    params.set('state', 'kept');
    const url = `${ORIGIN}/common/oauth2/v2.0/${endpoint}`;
    const isPost = method === 'POST';
    await entra.handle(
      isPost ? new Request(url, { method, body: params }) : new Request(`${url}?${params}`),
    );
    const { requests } = entra.control;
    expect(JSON.stringify(requests)).not.toContain('precious');
    expect(requests[0]?.query?.state).toBe('kept');
    expect(Object.keys(requests[0]?.query ?? {})).toEqual([...names, 'state']);
  });
}

test.describe('POST /__control', () => {
  const call = (
    entra: Entra,
    body: unknown,
    headers: Record<string, string> = {},
    method = 'POST',
  ) =>
    entra.handle(
      new Request(`${ORIGIN}/__control`, {
        method,
        headers: {
          authorization: `Bearer ${entra.control.token}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...(method === 'POST' && { body: JSON.stringify(body) }),
      }),
    );

  test('does what the method of that name does', async () => {
    const entra = startEntra();
    const fault = { on: 'keys', status: 500, times: 'Infinity' };
    expect((await call(entra, { method: 'inject', args: [fault] })).status).toBe(200);
    for (let at = 0; at < 3; at += 1) expect((await get(entra, KEYS)).status).toBe(500);
    const { result } = await (await call(entra, { method: 'requests' })).json();
    expect(result).toHaveLength(3);
    expect((await call(entra, { method: 'reset' })).status).toBe(200);
    expect((await get(entra, KEYS)).status).toBe(200);
    const rotated = await (
      await call(entra, { method: 'rotateKeys', args: [{ keepOld: false }] })
    ).json();
    expect(rotated.result.kid).toBeTruthy();
  });

  for (const [header, value] of [
    ['origin', 'null'],
    ['origin', ORIGIN],
    ['referer', `${ORIGIN}/`],
    ['sec-fetch-site', 'same-origin'],
    ['sec-fetch-dest', 'empty'],
    ['sec-fetch-user', '?1'],
  ]) {
    test(`is closed to a request with ${header}: ${value}`, async () => {
      const entra = startEntra();
      const response = await call(
        entra,
        { method: 'reset' },
        { [header as string]: value as string },
      );
      expect(response.status).toBe(403);
    });
  }

  test('is closed without the token', async () => {
    const entra = startEntra();
    for (const authorization of [
      '',
      'Bearer ',
      'Bearer wrong',
      entra.control.token,
      `Bearer ${startEntra().control.token}`,
    ]) {
      expect((await call(entra, { method: 'reset' }, { authorization })).status).toBe(401);
    }
  });

  test('takes JSON by POST only', async () => {
    const entra = startEntra();
    expect((await call(entra, { method: 'reset' }, { 'content-type': 'text/plain' })).status).toBe(
      415,
    );
    expect((await call(entra, {}, {}, 'GET')).status).toBe(405);
  });

  for (const method of ['handle', 'token', 'constructor', '__proto__', 'goOffline', undefined]) {
    test(`knows no method ${method}`, async () => {
      const entra = startEntra();
      expect((await call(entra, { method })).status).toBe(400);
    });
  }
});
