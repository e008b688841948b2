import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { TENANTS } from './directory.mjs';

/**
 * Compared letter by letter: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
 * @typedef {object} FederatedCredential
 * @property {string} issuer
 * @property {string} subject
 * @property {[string]} audiences exactly one
 */

/** The audience that Microsoft suggests for tokens that are exchanged in its public cloud. */
export const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';

/**
 * The one app registration that the stand-in knows.
 * @typedef {object} Registration
 * @property {string} clientId
 * @property {string} name
 * @property {{ value: string, expiresAtSeconds: number | null }[]} secrets
 * @property {string[]} certificates in PEM, without their keys; none: client assertions are refused
 * @property {FederatedCredential[]} federatedCredentials whom it trusts to sign assertions for it
 * @property {string[]} redirectUris
 * @property {string | null} frontChannelLogoutUrl
 * @property {string[]} optionalClaims of: acct, acrs, auth_time, idp, login_hint, sid, xms_edov
 * @property {'SecurityGroup' | null} groupMembershipClaims
 * @property {'AzureADMyOrg' | 'AzureADMultipleOrgs' | 'AzureADandPersonalMicrosoftAccount' | 'PersonalMicrosoftAccount'} signInAudience
 * @property {boolean} requiresPkce false: asks for no challenge and looks at no verifier, as a
 *   provider does that knows no PKCE
 * @property {string[]} installedIn the ids of the tenants that have it in their directory: client
 *   credentials are accepted there alone, and an administrator has approved it
 * @property {Record<string, string[]>} graphPermissions by the id of the tenant whose administrators
 *   granted them; of Microsoft Graph, for the application itself
 * @property {string} homeTenantId where it is registered; matters to AzureADMyOrg only
 */

export const CLIENT_SECRET = 'entra-local_dev_credential_4f1c9b7ae2d85306';
export const EXPIRED_CLIENT_SECRET = 'entra-local_expired_credential_91d7e04b';
const LONG_AGO_SECONDS = 1_700_000_000;

/** @param {Partial<Registration>} [overrides] @returns {Registration} */
export function createRegistration(overrides = {}) {
  const { contoso, fabrikam, northwind } = TENANTS;
  const { installedIn = [contoso.id, fabrikam.id, northwind.id] } = overrides;
  return {
    clientId: 'd3b8f2c7-6a94-4e15-8c0d-2f7a51e9b604',
    name: 'Local demo application',
    secrets: [
      { value: CLIENT_SECRET, expiresAtSeconds: null },
      { value: EXPIRED_CLIENT_SECRET, expiresAtSeconds: LONG_AGO_SECONDS },
    ],
    certificates: [],
    federatedCredentials: [],
    redirectUris: [
      'http://localhost/authorization-code/callback',
      'http://localhost/auth/signed-out',
      'http://localhost/auth/approve/done',
    ],
    frontChannelLogoutUrl: 'http://localhost/authorization-code/front-channel-logout',
    optionalClaims: ['acct', 'auth_time', 'login_hint', 'sid'],
    groupMembershipClaims: 'SecurityGroup',
    signInAudience: 'AzureADandPersonalMicrosoftAccount',
    requiresPkce: true,
    // Nobody in Fabrikam has granted it, so that both answers can be seen.
    graphPermissions: { [contoso.id]: ['GroupMember.Read.All'] },
    homeTenantId: TENANTS.contoso.id,
    ...overrides,
    // A copy: an administrator's consent adds to it, and must not change what `reset` goes back to.
    installedIn: [...installedIn],
  };
}

const LOCALHOST_PORT = /^(https?:\/\/localhost):\d{1,5}(?=\/|\?|$)/;

/**
 * Compares character by character, as a string: parsing first would make `/a/../b` equal to `/b`.
 * Only the port of localhost is ignored:
 * https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
 * @param {Registration} registration @param {string} redirectUri
 */
export function isRegisteredRedirectUri(registration, redirectUri) {
  if (!URL.canParse(redirectUri)) return false; // a port above 65535, for one
  const withoutPort = redirectUri.replace(LOCALHOST_PORT, '$1');
  return registration.redirectUris.some(
    (registered) => registered.replace(LOCALHOST_PORT, '$1') === withoutPort,
  );
}

const BARE_LOCALHOST = /^https?:\/\/localhost(?=\/)/;

/**
 * Where the application is told of a sign-out. Registered at localhost without a port, it is told at
 * the port to which the person was sent after signing in, as with redirect URIs.
 * @param {Registration} registration @param {string} appOrigin
 */
export function frontChannelLogoutUrlFor({ frontChannelLogoutUrl }, appOrigin) {
  const isLocal = new URL(appOrigin).hostname === 'localhost';
  return isLocal
    ? frontChannelLogoutUrl?.replace(BARE_LOCALHOST, appOrigin)
    : frontChannelLogoutUrl;
}

/**
 * Every secret is compared, in constant time, whatever the first comparison said: the answer's
 * delay must not tell how near a guess was.
 * @param {Registration} registration @param {string} presented @param {number} nowSeconds
 * @returns {'valid' | 'expired' | 'wrong'}
 */
export function judgeClientSecret(registration, presented, nowSeconds) {
  /** @type {'valid' | 'expired' | 'wrong'} */
  let verdict = 'wrong';
  for (const { value, expiresAtSeconds } of registration.secrets) {
    if (!timingSafeEqual(digest(value), digest(presented))) continue;
    const isExpired = expiresAtSeconds !== null && expiresAtSeconds <= nowSeconds;
    if (verdict !== 'valid') verdict = isExpired ? 'expired' : 'valid';
  }
  return verdict;
}

/**
 * The certificate that a client assertion names by its thumbprint. `x5t` (SHA-1) is what older
 * libraries send; an assertion with both must mean one and the same certificate.
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials#header
 * @param {Registration} registration @param {Record<string, unknown>} header
 */
export function findCertificate({ certificates }, header) {
  const names = ['x5t#S256', 'x5t'].filter((name) => name in header);
  if (names.length === 0) return undefined;
  return certificates
    .map((pem) => new X509Certificate(pem))
    .find((certificate) => names.every((name) => header[name] === thumbprints(certificate)[name]));
}

/** @param {X509Certificate} certificate @returns {Record<string, string>} */
const thumbprints = ({ raw }) => ({
  'x5t#S256': createHash('sha256').update(raw).digest('base64url'),
  x5t: createHash('sha1').update(raw).digest('base64url'),
});

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest();
