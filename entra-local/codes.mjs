import { randomBytes } from 'node:crypto';
import { remember } from './remember.mjs';

/** "Typically, they expire after about 10 minutes": https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#successful-response */
const CODE_LIFETIME_SECONDS = 600;
/** Real codes are about a kilobyte; an application that keeps them in a cookie should notice here. */
const CODE_BYTES = 780;
const MOST_GRANTS = 10_000;

/**
 * What an authorization code stands for.
 * @typedef {object} Grant
 * @property {string} clientId
 * @property {string} authorityId
 * @property {string} redirectUri byte for byte as in the authorization request
 * @property {string} codeChallenge
 * @property {string | null} nonce
 * @property {string[]} scopes
 * @property {string} username
 * @property {string} tenantId
 * @property {string} sid
 * @property {number} authTimeSeconds
 * @property {string[]} acrs the authentication contexts that are satisfied
 */

/** @typedef {Grant & { expiresAtSeconds: number, isRedeemed: boolean }} StoredGrant */

/** @param {() => number} nowSeconds */
export function createCodes(nowSeconds) {
  /** @type {Map<string, StoredGrant>} */
  const grants = new Map();
  return {
    /** @param {Grant} grant @returns {string} the code */
    issue(grant) {
      const code = `1.${randomBytes(CODE_BYTES).toString('base64url')}`;
      const expiresAtSeconds = nowSeconds() + CODE_LIFETIME_SECONDS;
      remember(grants, MOST_GRANTS, code, { ...grant, expiresAtSeconds, isRedeemed: false });
      return code;
    },
    /** @param {string} code */
    find: (code) => grants.get(code),
    reset: () => grants.clear(),
  };
}

/**
 * True for exactly one caller. Nothing may be awaited between reading and writing: eight parallel
 * redemptions must have one winner (RFC 6749, section 4.1.2: a code MUST NOT be used more than once).
 * @param {StoredGrant} grant
 */
export function takeOnce(grant) {
  if (grant.isRedeemed) return false;
  grant.isRedeemed = true;
  return true;
}

/** @typedef {ReturnType<typeof createCodes>} Codes */
