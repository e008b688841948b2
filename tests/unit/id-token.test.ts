import { expect, test } from '@playwright/test';
import { exportSPKI, generateKeyPair, importJWK } from 'jose';
import { createAuthority } from '../../lib/authority';
import { type Expectation, type IdTokenClaims, verifyIdToken } from '../../lib/id-token';
import { SignInError } from '../../lib/sign-in-error';
import {
  claimsOf,
  contoso,
  createSigner,
  expectationOf,
  fabrikam,
  issuerOf,
  now,
  objectId,
  outcomeOf,
  personal,
  type Signer,
  signIdToken,
  signPayload,
} from './id-token-builder';

let signer: Signer;
let other: Signer;
test.beforeAll(async () => {
  signer = await createSigner('key-1');
  other = await createSigner('key-2');
});

const verify = (idToken: unknown, expected: Partial<Expectation> = {}): Promise<IdTokenClaims> =>
  verifyIdToken(idToken, { ...expectationOf(signer), ...expected });
const verifyClaims = async (claims: Record<string, unknown>, expected?: Partial<Expectation>) =>
  outcomeOf(verify(await signIdToken(signer, claimsOf(claims)), expected));

test('a genuine ID token yields its claims and nothing else', async () => {
  const groups = Array.from({ length: 200 }, () => contoso);
  const read = { groups, roles: ['Admin'], auth_time: now - 60, acrs: ['c1'] };
  const claims = await verify(
    await signIdToken(signer, claimsOf({ ...read, wids: [contoso], xms_tpl: 'en' })),
  );
  expect(claims).toEqual(claimsOf(read));
});

test.describe('signature', () => {
  test('an ID token signed by another key under the same key id is refused', async () => {
    const forged = await signIdToken({ ...other, kid: signer.kid });
    expect(await outcomeOf(verify(forged))).toBe('token_rejected bad_signature');
  });

  test('an ID token with a damaged signature is refused', async () => {
    const token = await signIdToken(signer);
    const damaged = `${token.slice(0, -12)}AAAAAAAAAA${token.slice(-2)}`;
    expect(await outcomeOf(verify(damaged))).toBe('token_rejected bad_signature');
  });

  test('an ID token whose claims were changed after signing is refused', async () => {
    const [header, , signature] = (await signIdToken(signer)).split('.');
    const claims = Buffer.from(JSON.stringify(claimsOf({ oid: contoso }))).toString('base64url');
    expect(await outcomeOf(verify(`${header}.${claims}.${signature}`))).toBe(
      'token_rejected bad_signature',
    );
  });

  test('every algorithm but RS256 is refused before any key is asked for', async () => {
    const claims = JSON.stringify(claimsOf());
    const secret = new TextEncoder().encode('the-client-secret-of-this-very-app');
    const publicKey = (await importJWK({ ...signer.jwk, ext: true }, 'RS256')) as CryptoKey;
    const pem = new TextEncoder().encode(await exportSPKI(publicKey));
    const none = [{ alg: 'none', kid: signer.kid }, claimsOf()]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const tokens = [`${none}.`, `${none}.AAAA`];
    for (const [alg, key] of [['HS256', secret] as const, ['HS256', pem] as const]) {
      tokens.push(await signPayload(key, { alg, kid: signer.kid }, claims));
    }
    for (const alg of ['RS384', 'RS512', 'PS256', 'ES256']) {
      const { privateKey } = await generateKeyPair(alg);
      tokens.push(await signPayload(privateKey, { alg, kid: signer.kid }, claims));
    }
    let asked = 0;
    const signingKeys = async () => {
      asked += 1;
      return [signer.jwk];
    };
    const outcomes = await Promise.all(
      tokens.map((token) => outcomeOf(verify(token, { signingKeys }))),
    );
    expect(outcomes).toEqual(tokens.map(() => 'token_rejected bad_alg'));
    expect(asked).toBe(0);
  });

  test('an ID token without a key id is accepted while the provider has one key', async () => {
    const token = await signIdToken(signer, claimsOf(), { kid: undefined });
    expect(await outcomeOf(verify(token))).toBe('accepted');
  });

  for (const count of [0, 2]) {
    test(`an ID token without a key id is refused while the provider has ${count} keys`, async () => {
      const token = await signIdToken(signer, claimsOf(), { kid: undefined });
      const keys = [signer.jwk, other.jwk].slice(0, count);
      expect(await outcomeOf(verify(token, { signingKeys: async () => keys }))).toBe(
        'token_rejected kid_missing',
      );
    });
  }

  test('an ID token signed by a key that the provider does not publish is refused', async () => {
    expect(await outcomeOf(verify(await signIdToken(other)))).toBe('token_rejected unknown_key');
  });

  test('a second key under the same key id is tried before the token is refused', async () => {
    const keys = [{ ...other.jwk, kid: signer.kid }, signer.jwk];
    const token = await signIdToken(signer);
    expect(await outcomeOf(verify(token, { signingKeys: async () => keys }))).toBe('accepted');
  });

  test('keys that cannot be had are the provider’s failure and not the token’s', async () => {
    const signingKeys = () =>
      Promise.reject(new SignInError('provider_unavailable', { reason: 'timeout' }));
    expect(await outcomeOf(verify(await signIdToken(signer), { signingKeys }))).toBe(
      'provider_unavailable timeout',
    );
  });
});

test.describe('issuer, tenant and key', () => {
  for (const segment of ['common', 'organizations', contoso]) {
    const authority = createAuthority(segment);
    test(`an issuer that names another tenant than tid is refused at ${segment}`, async () => {
      expect(await verifyClaims({ iss: issuerOf(fabrikam) }, { authority })).toBe(
        'token_rejected iss_tid',
      );
    });
  }

  test('an ID token of another tenant is refused at a single tenant’s authority', async () => {
    const theirs = { iss: issuerOf(fabrikam), tid: fabrikam };
    const authority = createAuthority(contoso);
    expect(await verifyClaims(theirs, { authority })).toBe('token_rejected iss_tid');
    expect(await verifyClaims({}, { authority })).toBe('accepted');
  });

  test('the issuer template itself is refused', async () => {
    const outcome = await verifyClaims({ iss: issuerOf('{tenantid}') });
    expect(outcome).toBe('token_rejected iss_tid');
  });

  test('a token of Microsoft is refused by an app that uses the stand-in', async () => {
    const authority = createAuthority('organizations', 'http://127.0.0.1:4000');
    expect(await verifyClaims({}, { authority })).toBe('token_rejected iss');
  });

  test('upper-case GUIDs are read as the same ids in lower case', async () => {
    const upper = { iss: issuerOf(contoso.toUpperCase()), tid: contoso.toUpperCase() };
    const token = await signIdToken(signer, claimsOf({ ...upper, oid: objectId.toUpperCase() }));
    expect(await verify(token)).toMatchObject({ tid: contoso, oid: objectId });
  });

  const keyIssuers: [name: string, issuer: string | undefined, tid: string, outcome: string][] = [
    ['without an issuer', undefined, contoso, 'accepted'],
    ['of the issuer template', issuerOf('{tenantid}'), contoso, 'accepted'],
    ['of the token’s tenant', issuerOf(contoso), contoso, 'accepted'],
    ['of the personal accounts', issuerOf(personal), contoso, 'token_rejected key_issuer'],
    ['of another organisation', issuerOf(fabrikam), contoso, 'token_rejected key_issuer'],
    [
      'of another cloud',
      'https://login.partner.example/{tenantid}/v2.0',
      contoso,
      'token_rejected key_issuer',
    ],
    ['of an organisation', issuerOf(contoso), personal, 'token_rejected key_issuer'],
    ['of the personal accounts', issuerOf(personal), personal, 'accepted'],
  ];
  for (const [name, issuer, tid, outcome] of keyIssuers) {
    const who = tid === personal ? 'a personal account' : 'an organisation';
    test(`a key ${name} signing for ${who}: ${outcome}`, async () => {
      const keys = [{ ...signer.jwk, issuer }];
      const authority = createAuthority('common');
      const claims = { tid, iss: issuerOf(tid) };
      expect(await verifyClaims(claims, { authority, signingKeys: async () => keys })).toBe(
        outcome,
      );
    });
  }
});
