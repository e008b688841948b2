import { expect, test } from '@playwright/test';
import { CompactEncrypt } from 'jose';
import { type Expectation, verifyIdToken } from '../../lib/id-token';
import {
  accessToken,
  claimsOf,
  clientId,
  contoso,
  createSigner,
  expectationOf,
  fabrikam,
  nonce,
  now,
  outcomeOf,
  type Signer,
  signIdToken,
  signPayload,
} from './id-token-builder';

let signer: Signer;
test.beforeAll(async () => {
  signer = await createSigner('key-1');
});

const verify = (idToken: unknown, expected: Partial<Expectation> = {}) =>
  verifyIdToken(idToken, { ...expectationOf(signer), ...expected });
const verifyClaims = async (claims: Record<string, unknown>, expected?: Partial<Expectation>) =>
  outcomeOf(verify(await signIdToken(signer, claimsOf(claims)), expected));

const refused: [name: string, claims: Record<string, unknown>, reason: string][] = [
  ['from another host', { iss: `https://login.evil.example/${contoso}/v2.0` }, 'iss'],
  [
    'from a host that begins alike',
    { iss: `https://login.microsoftonline.com.evil.example/${contoso}/v2.0` },
    'iss',
  ],
  ['of version 1.0', { ver: '1.0' }, 'ver'],
  ['from the v1.0 issuer', { ver: '1.0', iss: `https://sts.windows.net/${contoso}/` }, 'ver'],
  ['for another application', { aud: fabrikam }, 'aud'],
  ['for Microsoft Graph', { aud: '00000003-0000-0000-c000-000000000000' }, 'aud'],
  ['for several applications', { aud: [clientId] }, 'claim_type:aud'],
  ['that expired a minute ago', { exp: now - 60 }, 'expired'],
  ['that expired yesterday', { exp: now - 86_400 }, 'expired'],
  ['that is valid in six minutes', { nbf: now + 360 }, 'nbf'],
  ['that was issued tomorrow', { iat: now + 86_400 }, 'iat'],
  ['that was issued 20 minutes and a second ago', { iat: now - 1201 }, 'iat'],
  ['that was issued ten years ago', { iat: now - 315_360_000 }, 'iat'],
  ['with the nonce of another flow', { nonce: 'the-nonce-of-another-flow' }, 'nonce'],
  ['with an empty nonce', { nonce: '' }, 'claim_type:nonce'],
  ['with an empty subject', { sub: '' }, 'claim_type:sub'],
  ['with a number as subject', { sub: 42 }, 'claim_type:sub'],
  ['with a subject of 5 kB', { sub: 'a'.repeat(5000) }, 'claim_type:sub'],
  ['with a number as issuer', { iss: 7 }, 'claim_type:iss'],
  ['with a number as version', { ver: 2 }, 'claim_type:ver'],
  ['with a domain name as tenant', { tid: 'contoso.example' }, 'claim_type:tid'],
  ['with a name as object id', { oid: 'ada' }, 'claim_type:oid'],
  ['with a text as expiry', { exp: `${now + 3600}` }, 'claim_type:exp'],
  ['with a number as at_hash', { at_hash: 7 }, 'claim_type:at_hash'],
  ['with a wrong at_hash', { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'at_hash'],
  ...['aud', 'iss', 'sub', 'tid', 'oid', 'ver', 'exp', 'iat', 'nonce'].map(
    (name): [string, Record<string, unknown>, string] => [
      `without ${name}`,
      { [name]: undefined },
      `claim_missing:${name}`,
    ],
  ),
];
for (const [name, claims, reason] of refused) {
  test(`an ID token ${name} is refused`, async () => {
    expect(await verifyClaims(claims)).toBe(`token_rejected ${reason}`);
  });
}

const accepted: [name: string, claims: Record<string, unknown>][] = [
  ['that expired 20 seconds ago', { exp: now - 20 }],
  ['that expired 59 seconds ago', { exp: now - 59 }],
  ['that is valid in five minutes', { nbf: now + 300 }],
  ['without nbf', { nbf: undefined }],
  ['that was issued 20 minutes ago', { iat: now - 1200 }],
  ['without name and e-mail', { name: undefined, preferred_username: undefined }],
  ['with a name of the wrong type', { name: { first: 'Ada' } }],
];
for (const [name, claims] of accepted) {
  test(`an ID token ${name} is accepted`, async () => {
    expect(await verifyClaims(claims)).toBe('accepted');
  });
}

test('an at_hash is checked against the access token that came with it', async () => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken));
  const at_hash = Buffer.from(hash).subarray(0, 16).toString('base64url');
  expect(await verifyClaims({ at_hash })).toBe('accepted');
  const others = [undefined, '', 'another-access-token'];
  const ofNothing = '47DEQpj8HBSa-_TImW-5JA'; // the at_hash of an empty access token
  expect(await verifyClaims({ at_hash: ofNothing }, { accessToken: undefined })).toBe(
    'token_rejected at_hash',
  );
  for (const accessToken of others) {
    expect(await verifyClaims({ at_hash }, { accessToken })).toBe('token_rejected at_hash');
  }
});

test('an ID token is refused while no nonce is expected', async () => {
  for (const value of ['', nonce, undefined]) {
    expect(await verifyClaims({ nonce: value }, { nonce: '' })).toContain('token_rejected');
  }
});

test('an access token in the ID token’s place is refused', async () => {
  for (const typ of ['at+jwt', 'application/at+jwt', 'logout+jwt', 'jwt', 7, null]) {
    const token = await signIdToken(signer, claimsOf(), { typ });
    expect(await outcomeOf(verify(token))).toBe('token_rejected token_type');
  }
  const untyped = await signIdToken(signer, claimsOf(), { typ: undefined });
  expect(await outcomeOf(verify(untyped))).toBe('accepted');
});

test('everything that is not a compact JWS of at most 256 KiB is refused', async () => {
  const jwe = await new CompactEncrypt(new TextEncoder().encode('{}'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(new Uint8Array(32));
  const long = await signIdToken(signer, claimsOf({ groups: 'a'.repeat(256 * 1024) }));
  const signed = (payload: string) => signPayload(signer.privateKey, { kid: 'key-1' }, payload);
  const shapes = [undefined, null, 42, {}, '', 'abc', 'a.b.c', '..', jwe, long];
  for (const shape of [...shapes, await signed('hello'), 'a'.repeat(1024 * 1024)]) {
    expect(await outcomeOf(verify(shape))).toBe('token_rejected id_token_shape');
  }
  for (const payload of ['null', '[]', '"text"', '7']) {
    expect(await outcomeOf(verify(await signed(payload)))).toBe(
      'token_rejected claim_missing:claims',
    );
  }
});

test('an ID token just below 64 kB is accepted', async () => {
  const token = await signIdToken(signer, claimsOf({ groups: 'a'.repeat(47_000) }));
  expect(token.length).toBeGreaterThan(63_000);
  expect(await outcomeOf(verify(token))).toBe('accepted');
});
