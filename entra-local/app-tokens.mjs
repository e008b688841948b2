import { randomBytes } from 'node:crypto';
import { remember } from './remember.mjs';

export const APP_TOKEN_LIFETIME_SECONDS = 3599;
const TOKEN_BYTES = 900;
const MOST_TOKENS = 10_000;

/**
 * What an access token of the application itself is good for.
 * @typedef {object} AppGrant
 * @property {string} tenantId whose directory it opens
 * @property {string} audience
 * @property {string[]} permissions as they were granted when the token was issued
 */

/** @param {() => number} nowSeconds */
export function createAppTokens(nowSeconds) {
  /** @type {Map<string, AppGrant & { expiresAtSeconds: number }>} */
  const grants = new Map();
  return {
    /** @param {AppGrant} grant @returns {string} opaque: an application has no business reading it */
    issue(grant) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const expiresAtSeconds = nowSeconds() + APP_TOKEN_LIFETIME_SECONDS;
      remember(grants, MOST_TOKENS, token, { ...grant, expiresAtSeconds });
      return token;
    },
    /** @param {string} token @returns {AppGrant | undefined} */
    find(token) {
      const grant = grants.get(token);
      return grant && grant.expiresAtSeconds > nowSeconds() ? grant : undefined;
    },
    reset: () => grants.clear(),
  };
}

/** @typedef {ReturnType<typeof createAppTokens>} AppTokens */
