import { createHmac, randomBytes, sign } from 'node:crypto';
import { membershipIn, PERSONAL_TENANT_ID, TENANTS } from './directory.mjs';
import { generateSigningKey } from './keys.mjs';

/**
 * @typedef {import('./directory.mjs').Account} Account
 * @typedef {import('./codes.mjs').Grant} Grant
 * @typedef {import('./faults.mjs').IdTokenFault} IdTokenFault
 */

/** Entra dates its tokens back, for clocks that run late; `exp` is an hour from now all the same. */
const BACKDATED_SECONDS = 300;
const LIFETIME_SECONDS = 3600;
/** "200 for JWT tokens": https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim */
const MOST_GROUPS = 200;

/** The same person gets another `sub` in every application and tenant. @param {...string} parts */
const pairwise = (...parts) =>
  createHmac('sha256', 'entra-local pairwise').update(parts.join('\n')).digest('base64url');

/**
 * Opaque; names the account for `login_hint` and `logout_hint`:
 * https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
 * @param {Pick<Account, 'tenantId' | 'oid'>} account
 */
export const loginHintOf = (account) =>
  `O.${pairwise('login_hint', account.tenantId, account.oid)}`;

/**
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 * @param {import('./entra.mjs').Entra} entra @param {Grant} grant @param {Account} account
 */
export function claimsOf(entra, grant, account) {
  const now = entra.nowSeconds();
  const member = membershipIn(account, grant.tenantId);
  if (!member) throw new TypeError(`${account.username} is not in tenant ${grant.tenantId}`);
  const { clientId } = entra.registration;
  return {
    aud: clientId,
    iss: entra.names.issuerOf(grant.tenantId),
    iat: now - BACKDATED_SECONDS,
    nbf: now - BACKDATED_SECONDS,
    exp: now + LIFETIME_SECONDS,
    ...(grant.nonce !== null && { nonce: grant.nonce }),
    rh: `1.${pairwise('rh', clientId, member.oid)}`,
    sub: pairwise('sub', clientId, grant.tenantId, member.oid),
    tid: grant.tenantId,
    uti: randomBytes(16).toString('base64url'),
    ver: '2.0',
    ...profileClaims(grant, account, member),
    ...emailClaim(grant, account),
    ...(member.isGuest && { idp: entra.names.issuerOf(account.tenantId) }),
    ...(!isEmpty(member.roles) && { roles: member.roles }),
    ...groupClaims(entra, member),
    ...optionalClaims(entra, grant, account, member),
    ...(grant.acrs.length > 0 && { acrs: grant.acrs }),
  };
}

/** @typedef {import('./directory.mjs').Membership} Membership */

/** "The profile scope is required." @param {Grant} grant @param {Account} account @param {Membership} member */
const profileClaims = (grant, account, member) =>
  grant.scopes.includes('profile') && {
    name: account.name,
    oid: member.oid,
    preferred_username: account.username,
  };

/** @param {Grant} grant @param {Account} account */
const emailClaim = (grant, account) =>
  account.mail !== null && grant.scopes.includes('email') && { email: account.mail };

/** @param {import('./entra.mjs').Entra} entra @param {Membership} member */
function groupClaims({ registration }, { groups, tenantId, oid }) {
  if (!registration.groupMembershipClaims || isEmpty(groups)) return {};
  // What a test put in the place of a list goes out as it is.
  if (!Array.isArray(groups) || groups.length <= MOST_GROUPS) return { groups };
  const endpoint = `https://directory.entra-local.invalid/${tenantId}/users/${oid}/getMemberObjects`;
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } };
}

/** @param {unknown} list */
const isEmpty = (list) => Array.isArray(list) && list.length === 0;

/**
 * https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
 * @param {import('./entra.mjs').Entra} entra @param {Grant} grant @param {Account} account
 * @param {Membership} member
 */
function optionalClaims({ registration, names }, grant, account, member) {
  /** @type {Record<string, unknown>} */
  const available = {
    acct: member.isGuest ? 1 : 0,
    auth_time: grant.authTimeSeconds,
    idp: names.issuerOf(account.tenantId),
    login_hint: loginHintOf(account),
    sid: grant.sid,
    // It speaks of the email claim, so it comes only beside it. Only the domains that a tenant has
    // verified are the owner's to vouch for.
    ...(emailClaim(grant, account) && { xms_edov: hasVerifiedDomain(account) }),
  };
  const wanted = registration.optionalClaims.filter((name) => name in available);
  return Object.fromEntries(wanted.map((name) => [name, available[name]]));
}

/** @param {Account} account */
const hasVerifiedDomain = ({ mail, tenantId }) =>
  Object.values(TENANTS).some(({ id, domain }) => id === tenantId && mail?.endsWith(`@${domain}`));

/**
 * Signs the claims; with a fault, in the way that the fault asks for. The compact form (RFC 7515,
 * section 3.1) is put together by hand, because a library rightly refuses to write most of these.
 *
 * The key follows the token's tenant, not the person's home: a personal account that an organisation
 * invited gets a token of the organisation, signed with the organisations' key.
 * https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer
 * @param {import('./entra.mjs').Entra} entra @param {Record<string, unknown>} claims
 * @param {IdTokenFault} [fault]
 */
export async function signIdToken(entra, claims, fault) {
  if (fault?.raw !== undefined) return fault.raw;
  const ring = fault?.ring ?? (claims.tid === PERSONAL_TENANT_ID ? 'personal' : 'organizations');
  const key = await entra.keys.signing(ring);
  const how = fault?.sign ?? 'rs256';
  const header = {
    typ: 'JWT',
    alg: ALG[how] ?? 'RS256',
    kid: key.kid,
    ...KID[how],
    ...fault?.header,
  };
  const input = `${encoded(header)}.${encoded({ ...claims, ...fault?.claims })}`;
  const signature = how === 'foreign' ? await foreignSignature(input) : SIGNATURE[how](input, key);
  return `${input}.${signature.toString('base64url')}`;
}

/** @type {Partial<Record<string, string>>} */
const ALG = { none: 'none', hs256: 'HS256' };
/** @type {Partial<Record<string, { kid: string | null }>>} */
const KID = { unknownKid: { kid: 'bm90LWEta2V5LW9mLW91cnM' }, noKid: { kid: null } };

/** @typedef {import('./keys.mjs').SigningKey} SigningKey */
/** @param {string} input @param {SigningKey} key */
const rs256 = (input, { privateKey }) => sign('sha256', Buffer.from(input), privateKey);

/** @type {Record<Exclude<NonNullable<IdTokenFault['sign']>, 'foreign'> | 'rs256', typeof rs256>} */
const SIGNATURE = {
  rs256,
  unknownKid: rs256,
  noKid: rs256,
  none: () => Buffer.alloc(0),
  bad: (input, key) => {
    const signature = rs256(input, key);
    signature.writeUInt8(signature.readUInt8(0) ^ 1);
    return signature;
  },
  // The classic confusion: the public key, which everybody has, used as a shared secret.
  hs256: (input, { publicKey }) => {
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    return createHmac('sha256', pem).update(input).digest();
  },
};

/** A key that nobody publishes, under the kid of one that is. @param {string} input */
const foreignSignature = async (input) => rs256(input, await generateSigningKey());

/** Members that are null are left out. @param {Record<string, unknown>} object */
const encoded = (object) =>
  Buffer.from(JSON.stringify(object, (_, value) => value ?? undefined)).toString('base64url');
