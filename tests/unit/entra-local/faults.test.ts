import { expect, test } from '@playwright/test';
import { AADSTS } from '../../../entra-local/aadsts.mjs';
import { ConnectionReset } from '../../../entra-local/faults.mjs';
import {
  aadstsOf,
  answerOf,
  claimsOf,
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

test.describe('a fault of the ID token', () => {
  for (const [sign, expected] of [
    ['bad', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['foreign', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['unknownKid', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['noKid', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS'],
    ['none', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['hs256', 'ERR_JOSE_ALG_NOT_ALLOWED'],
  ] as const) {
    test(`sign: ${sign} does not verify, once`, async () => {
      const entra = startEntra();
      entra.control.inject({ on: 'id_token', sign });
      expect(await verdictOf(entra)).toBe(expected);
      expect(await verdictOf(entra)).toBe('verified');
    });
  }

  test('sign: none carries no signature and hs256 the algorithm HS256', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'id_token', sign: 'none' });
    entra.control.inject({ on: 'id_token', sign: 'hs256' });
    const none = await claimsOf(entra, ADA);
    expect([none.header.alg, none.signature]).toEqual(['none', '']);
    expect((await claimsOf(entra, ADA)).header.alg).toBe('HS256');
  });

  test('ring: personal signs an organisation’s token with the personal key', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'id_token', ring: 'personal' });
    const { header } = await claimsOf(entra, ADA);
    expect(header.kid).toBe((await entra.entra.keys.signing('personal')).kid);
    entra.control.inject({ on: 'id_token', ring: 'personal' });
    expect(await verdictOf(entra)).toBe('verified'); // by kid alone, which is the point
  });

  test('claims replace, add and take away, validly signed', async () => {
    const entra = startEntra();
    const claims = { tid: 'evil', extra: 1, nonce: null, oid: undefined };
    entra.control.inject({ on: 'id_token', claims, times: 2 });
    expect((await claimsOf(entra, ADA)).claims).toMatchObject({ tid: 'evil', extra: 1 });
    const again = await claimsOf(entra, ADA);
    expect(again.claims).not.toHaveProperty('nonce');
    expect(again.claims).not.toHaveProperty('oid');
    entra.control.inject({ on: 'id_token', claims });
    expect(await verdictOf(entra)).toBe('verified');
  });

  test('header is merged, raw replaces the token', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'id_token', header: { typ: 'at+jwt' } });
    expect((await claimsOf(entra, ADA)).header.typ).toBe('at+jwt');
    entra.control.inject({ on: 'id_token', raw: 'e30.e30.' });
    expect((await claimsOf(entra, ADA)).body.id_token).toBe('e30.e30.');
  });

  test('times: Infinity lasts until reset', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'id_token', sign: 'bad', times: Infinity });
    for (let at = 0; at < 5; at += 1) expect(await verdictOf(entra)).not.toBe('verified');
    entra.control.reset();
    expect(await verdictOf(entra)).toBe('verified');
  });
});

test.describe('a fault of an answer', () => {
  test('status and raw replace it, and the endpoint does not run', async () => {
    const entra = startEntra();
    const code = (await new Visitor(entra).signIn(ADA)).get('code') ?? '';
    entra.control.inject({
      on: 'token',
      status: 503,
      raw: '<html>',
      type: 'text/html',
      headers: { 'retry-after': '9' },
    });
    const response = await entra.handle(tokenRequest(entra, code));
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('retry-after')).toBe('9');
    expect(await response.text()).toBe('<html>');
    expect((await entra.handle(tokenRequest(entra, code))).status).toBe(200);
  });

  for (const status of [204, 205, 304]) {
    test(`status ${status} is answered without a body`, async () => {
      const entra = startEntra();
      entra.control.inject({ on: 'keys', status });
      const response = await get(entra, KEYS);
      expect([response.status, response.body]).toEqual([status, null]);
    });
  }

  test('json is merged into the answer, null takes a member away', async () => {
    const entra = startEntra();
    entra.control.inject({
      on: 'discovery',
      json: { issuer: 'https://evil.example', jwks_uri: null },
    });
    const document = await (await get(entra, DISCOVERY)).json();
    expect(document.issuer).toBe('https://evil.example');
    expect(document).not.toHaveProperty('jwks_uri');
    expect(document).toHaveProperty('token_endpoint');
  });

  test('delayMs delays', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'keys', delayMs: 120 });
    const startedMs = Date.now();
    expect((await get(entra, KEYS)).status).toBe(200);
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(110);
  });

  test('reset cuts the connection', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'keys', reset: true });
    await expect(get(entra, KEYS)).rejects.toThrow(ConnectionReset);
    expect((await get(entra, KEYS)).status).toBe(200);
  });

  test('bytes pads the body, which stays JSON', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'discovery', bytes: 300_000 });
    const text = await (await get(entra, DISCOVERY)).text();
    expect(text).toHaveLength(300_000);
    expect(JSON.parse(text)).toHaveProperty('issuer');
  });

  test('dripMs sends one byte at a time', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'keys', raw: 'abc', dripMs: 20 });
    const response = await get(entra, KEYS);
    const startedMs = Date.now();
    expect(await response.text()).toBe('abc');
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(55);
  });

  test('a fault of one endpoint leaves the others alone', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'keys', status: 500 });
    expect((await get(entra, DISCOVERY)).status).toBe(200);
    expect((await get(entra, KEYS)).status).toBe(500);
  });
});

test.describe('an injected AADSTS number', () => {
  test('is the token endpoint’s answer', async () => {
    const entra = startEntra();
    entra.control.inject({ on: 'token', aadsts: 50076 });
    const response = await entra.handle(tokenRequest(entra, 'any'));
    expect(await response.json()).toMatchObject({
      error: 'invalid_grant',
      suberror: 'basic_action',
      error_codes: [50076],
    });
  });

  for (const [aadsts, error] of [
    [50076, 'interaction_required'],
    [65001, 'consent_required'],
    [65004, 'access_denied'],
    [50000, 'server_error'],
    [90006, 'temporarily_unavailable'],
  ] as const) {
    test(`${aadsts} goes back from authorize as ${error}`, async () => {
      const entra = startEntra();
      entra.control.inject({ on: 'authorize', aadsts });
      const answer = answerOf(await new Visitor(entra).authorize());
      expect([answer.get('error'), aadstsOf(answer)]).toEqual([error, aadsts]);
    });
  }

  for (const aadsts of [50105, 53003]) {
    test(`${aadsts} stays on the page unless told otherwise`, async () => {
      const entra = startEntra();
      entra.control.inject({ on: 'authorize', aadsts });
      entra.control.inject({ on: 'authorize', aadsts, deliver: 'redirect' });
      expect(await (await new Visitor(entra).authorize()).text()).toContain(`AADSTS${aadsts}:`);
      expect(aadstsOf(answerOf(await new Visitor(entra).authorize()))).toBe(aadsts);
    });
  }

  test('no text of the table keeps a placeholder', async () => {
    for (const aadsts of Object.keys(AADSTS).map(Number)) {
      const entra = startEntra();
      entra.control.inject({ on: 'token', aadsts });
      const { error_description } = await (await entra.handle(tokenRequest(entra, 'any'))).json();
      expect(error_description).toMatch(new RegExp(`^AADSTS${aadsts}: [^{}]+$`));
    }
  });
});
