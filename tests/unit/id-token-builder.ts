import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { createAuthority, personalAccountsTenantId } from '../../lib/authority';
import type { Expectation } from '../../lib/id-token';
import type { SigningKey } from '../../lib/provider-metadata';
import { SignInError } from '../../lib/sign-in-error';

/** The moment at which every test takes place, in seconds. */
export const now = 1_790_000_000;
export const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
export const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
export const personal = personalAccountsTenantId;
export const clientId = '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57';
/** What sealed values of these tests are good for. */
export const scope = { clientId, authority: { origin: 'https://login.microsoftonline.com' } };
/** What sessions of these tests are judged by: the defaults, and these two tenants. */
export const rules = {
  tenantIds: new Set([contoso, fabrikam]),
  allowGuests: true,
  readGroups: false,
  sessionIdleSeconds: 60 * 60,
  sessionLifetimeSeconds: 12 * 60 * 60,
  sessionEpochSeconds: 0,
};
/** Of an identity: no roles, no groups. */
export const noGrants = { appRoles: [], groupIds: [], hasMoreGroups: false };
export const objectId = '90ab12cd-34ef-4567-89ab-cdef01234567';
export const nonce = 'the-nonce-of-this-flow';
export const accessToken = 'an-access-token-that-nobody-keeps';

/** One key of the provider: what it signs with, and what it publishes. */
export type Signer = { kid: string; privateKey: CryptoKey; jwk: SigningKey };

/** @param issuer the `issuer` member of the published key; absent when undefined */
export async function createSigner(kid: string, issuer?: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', ...(issuer && { issuer }) };
  return { kid, privateKey, jwk };
}

export const issuerOf = (tenantId: string) => `https://login.microsoftonline.com/${tenantId}/v2.0`;

/** The claims of an ordinary ID token; `undefined` removes one. */
export function claimsOf(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    iss: issuerOf(contoso),
    aud: clientId,
    sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
    tid: contoso,
    oid: objectId,
    ver: '2.0',
    exp: now + 3600,
    iat: now - 300,
    nbf: now - 300,
    nonce,
    name: 'Ada Lovelace',
    preferred_username: 'ada@contoso.example',
    ...overrides,
  };
}

/** Signs any payload under any header, however wrong. */
export function signPayload(
  key: CryptoKey | Uint8Array,
  header: Record<string, unknown>,
  payload: string,
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(key);
}

/** An ID token as the provider would sign it, apart from what is named. */
export function signIdToken(
  signer: Signer,
  claims: Record<string, unknown> = claimsOf(),
  header: Record<string, unknown> = {},
): Promise<string> {
  const { kid, privateKey } = signer;
  return signPayload(privateKey, { typ: 'JWT', kid, ...header }, JSON.stringify(claims));
}

/** What the app expects of a token that answers its own request, with one key published. */
export const expectationOf = (signer: Signer): Expectation => ({
  authority: createAuthority('organizations'),
  clientId,
  nonce,
  accessToken,
  nowSeconds: now,
  signingKeys: async (kid) => (kid === undefined || kid === signer.kid ? [signer.jwk] : []),
});

/** `code reason` of the refusal, or `accepted`. */
export async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'accepted';
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return `${error.code} ${error.detail.reason}`;
  }
}
