import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';

/**
 * Whoever vouches for the application elsewhere: a Kubernetes cluster, GitHub, Vercel, or Entra itself
 * for a managed identity. Microsoft reads an issuer's keys where its metadata says; here every issuer
 * that a test asks for a token is played, with a key of its own.
 * @typedef {object} Token
 * @property {string} issuer
 * @property {string} subject
 * @property {string | string[]} audience
 * @property {number} [lifetimeSeconds]
 * @property {Record<string, unknown>} [header] laid over the header
 * @property {Record<string, unknown>} [claims] laid over the claims
 * @property {string} [signedAs] the issuer whose key signs, where it is another one
 */

/** @param {unknown} value */
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param {() => number} nowSeconds */
export function createTokenIssuers(nowSeconds) {
  /** @type {Map<string, { kid: string, privateKey: import('node:crypto').KeyObject, publicKey: import('node:crypto').KeyObject }>} */
  const keys = new Map();

  /** @param {string} issuer */
  function keyOf(issuer) {
    const known = keys.get(issuer);
    if (known) return known;
    const key = { kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
    keys.set(issuer, key);
    return key;
  }

  return {
    /** As such an issuer would hand it to the application. @param {Token} token */
    issue({ issuer, subject, audience, lifetimeSeconds = 3600, header, claims, signedAs }) {
      const { kid, privateKey } = keyOf(signedAs ?? issuer);
      const now = nowSeconds();
      const times = { iat: now, nbf: now, exp: now + lifetimeSeconds };
      const input = [
        encode({ alg: 'RS256', kid, ...header }),
        encode({ iss: issuer, sub: subject, aud: audience, ...times, ...claims }),
      ].join('.');
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    },

    /** By the issuer's own keys. @param {string} issuer @param {unknown} kid @param {string} input @param {Buffer} signature */
    isSignedBy(issuer, kid, input, signature) {
      const key = keys.get(issuer);
      if (!key || key.kid !== kid) return false;
      return verify('sha256', Buffer.from(input), key.publicKey, signature);
    },

    reset: () => keys.clear(),
  };
}

/** @typedef {ReturnType<typeof createTokenIssuers>} TokenIssuers */
