import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { z } from 'zod';
import { type Authority, isGuid, issuerOfTenant } from './authority';
import type { SigningKey } from './provider-metadata';
import { SignInError } from './sign-in-error';

/** How far Microsoft's clock and ours may differ when a token expires. */
export const expirySkewSeconds = 60;
/** The same for tokens that are not valid yet. */
export const futureSkewSeconds = 5 * 60;
/** A token comes straight from the token endpoint, so an older one is a replay. Microsoft dates
 * `iat` five minutes back (in its own sample a token of 24 hours ends 24 hours and 5 minutes after
 * it), hence 15 minutes and the skew.
 * @see https://learn.microsoft.com/entra/identity-platform/id-tokens */
const maxAgeSeconds = 15 * 60 + futureSkewSeconds;
/** Larger than any token Microsoft documents, groups included. */
const maxLength = 256 * 1024;

const text = z.string().min(1).max(1024);
const optionalText = z.string().max(2048).optional().catch(undefined);
const lowerCaseGuid = z.string().toLowerCase().refine(isGuid);

/** The claims that we read; others are ignored. What gives rights is taken as it is and judged by
 * lib/identity.ts: an odd value gives none, and keeps nobody out who needs none.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
const claimsSchema = z.object({
  iss: text,
  aud: text,
  sub: text,
  tid: lowerCaseGuid,
  oid: lowerCaseGuid,
  ver: text,
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
  nonce: text,
  at_hash: z.string().optional(),
  name: optionalText,
  email: optionalText,
  preferred_username: optionalText,
  login_hint: optionalText,
  sid: z
    .string()
    .regex(/^[\w.-]{1,128}$/)
    .optional()
    .catch(undefined),
  acct: z.unknown().optional(),
  idp: z.unknown().optional(),
  roles: z.unknown().optional(),
  groups: z.unknown().optional(),
  hasgroups: z.unknown().optional(),
  _claim_names: z.unknown().optional(),
  auth_time: z.int().positive().optional().catch(undefined),
  acrs: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^c[1-9]\d?$/),
    )
    .max(99)
    .optional()
    .catch(undefined),
});

/** Claims of a token that passed every check below. */
export type IdTokenClaims = z.infer<typeof claimsSchema>;

/** The checks of an ID token, in their order. */
export type IdTokenCheck =
  | 'header'
  | 'key'
  | 'signature'
  | 'claims'
  | 'issuer'
  | 'audience'
  | 'times'
  | 'nonce'
  | 'access_token_hash';

/** What an ID token is judged by. */
export type Expectation = {
  authority: Authority;
  clientId: string;
  /** The nonce of the authorization request that this token answers. */
  nonce: string;
  accessToken: string | undefined;
  nowSeconds: number;
  signingKeys: (kid: string | undefined) => Promise<readonly SigningKey[]>;
  /** Is told of each check that the token passed. */
  passed?: ((check: IdTokenCheck) => void) | undefined;
};

const refuse = (reason: string): never => {
  throw new SignInError('token_rejected', { stage: 'id_token', reason });
};

function readHeader(idToken: unknown): { jwt: string; kid: string | undefined } {
  if (
    typeof idToken !== 'string' ||
    idToken.length > maxLength ||
    idToken.split('.').length !== 3
  ) {
    return refuse('id_token_shape');
  }
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(idToken);
  } catch {
    return refuse('id_token_shape');
  }
  // A fixed algorithm, whatever token or metadata say (RFC 8725 §3.1).
  if (header.alg !== 'RS256') return refuse('bad_alg');
  // "at+jwt" would be an access token in the ID token's place (RFC 8725 §3.12).
  if (header.typ !== undefined && header.typ !== 'JWT') return refuse('token_type');
  return { jwt: idToken, kid: header.kid };
}

/** A key is imported once, and forgotten with the copy of the provider's keys that it came in. */
const imported = new WeakMap<SigningKey, ReturnType<typeof importJWK>>();

function importOnce(key: SigningKey): ReturnType<typeof importJWK> {
  const known = imported.get(key) ?? importJWK(key, 'RS256');
  imported.set(key, known);
  return known;
}

async function verifySignature(
  jwt: string,
  keys: readonly SigningKey[],
): Promise<{ payload: Uint8Array; key: SigningKey }> {
  for (const key of keys) {
    try {
      const { payload } = await compactVerify(jwt, await importOnce(key), {
        algorithms: ['RS256'],
      });
      return { payload, key };
    } catch {
      // Another key of the same id may fit; with none, the token is refused below.
    }
  }
  return refuse('bad_signature');
}

function readClaims(payload: Uint8Array): IdTokenClaims {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return refuse('id_token_shape');
  }
  const parsed = claimsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? 'claims');
  const present = typeof json === 'object' && json !== null && Object.hasOwn(json, name);
  return refuse(`${present ? 'claim_type' : 'claim_missing'}:${name}`);
}

/** GUIDs are compared without regard to case, so `tid` and `iss` are read in lower case. */
function verifyIssuer(claims: IdTokenClaims, key: SigningKey, authority: Authority): void {
  if (claims.ver !== '2.0') refuse('ver');
  const issuer = issuerOfTenant(authority, claims.tid);
  if (claims.iss.toLowerCase() !== issuer) {
    refuse(claims.iss.startsWith(`${authority.origin}/`) ? 'iss_tid' : 'iss');
  }
  // A tenant's own authority issues tokens of that tenant alone. Auth.js is always given the
  // templated issuer, so nothing else would hold a token of another tenant back here.
  if (isGuid(authority.segment) && claims.tid !== authority.segment) refuse('iss_tid');
  // A key of the personal accounts' tenant must not sign for an organisation.
  const keyIssuer = key.issuer?.replaceAll('{tenantid}', claims.tid);
  if (keyIssuer !== undefined && keyIssuer.toLowerCase() !== issuer) refuse('key_issuer');
}

function verifyTimes({ exp, iat, nbf }: IdTokenClaims, now: number): void {
  if (exp <= now - expirySkewSeconds) refuse('expired');
  if (nbf !== undefined && nbf > now + futureSkewSeconds) refuse('nbf');
  if (iat > now + futureSkewSeconds || iat < now - maxAgeSeconds) refuse('iat');
}

/** OpenID Connect Core 1.0 §3.1.3.6: optional in the code flow, but never wrong. */
async function verifyAccessTokenHash(expected: string, accessToken: string | undefined) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken ?? ''));
  const half = String.fromCharCode(...new Uint8Array(hash, 0, 16));
  const actual = btoa(half).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  if (!accessToken || actual !== expected) refuse('at_hash');
}

/** Verifies an ID token from the token endpoint: OpenID Connect Core 1.0 §3.1.3.7 and Microsoft's
 * rules for issuer, tenant and signing key. Auth.js checks claims, but no signature.
 * @see https://learn.microsoft.com/entra/identity-platform/claims-validation
 * @throws SignInError `token_rejected` with the failed check, `provider_unavailable` without keys */
export async function verifyIdToken(
  idToken: unknown,
  expected: Expectation,
): Promise<IdTokenClaims> {
  const { passed } = expected;
  const { jwt, kid } = readHeader(idToken);
  passed?.('header');
  const keys = await expected.signingKeys(kid);
  // Without a `kid` only a provider with a single key leaves no doubt about which one is meant.
  if (kid === undefined && keys.length !== 1) return refuse('kid_missing');
  if (keys.length === 0) return refuse('unknown_key');
  passed?.('key');
  const { payload, key } = await verifySignature(jwt, keys);
  passed?.('signature');
  const claims = readClaims(payload);
  passed?.('claims');
  verifyIssuer(claims, key, expected.authority);
  passed?.('issuer');
  if (claims.aud !== expected.clientId) refuse('aud');
  passed?.('audience');
  verifyTimes(claims, expected.nowSeconds);
  passed?.('times');
  if (claims.nonce !== expected.nonce) refuse('nonce');
  passed?.('nonce');
  if (claims.at_hash !== undefined) {
    await verifyAccessTokenHash(claims.at_hash, expected.accessToken);
    passed?.('access_token_hash');
  }
  return claims;
}
