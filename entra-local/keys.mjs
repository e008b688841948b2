import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { PERSONAL_TENANT_ID } from './directory.mjs';

/**
 * Entra signs personal accounts with other keys than organisations, and publishes both in one set;
 * what tells them apart is the `issuer` of each key. A client that looks at `kid` alone accepts a
 * personal key for an organisation's token.
 * @typedef {'organizations' | 'personal'} RingName
 * @typedef {{ kid: string, privateKey: import('node:crypto').KeyObject, publicKey: import('node:crypto').KeyObject }} SigningKey
 * @typedef {{ first: Promise<SigningKey>, signing: Promise<SigningKey>, published: Promise<SigningKey>[] }} Ring
 */

const generate = promisify(generateKeyPair);

/** Also used for keys that nobody publishes. @returns {Promise<SigningKey>} */
export async function generateSigningKey() {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 });
  // Entra's kid is the thumbprint of a certificate; there is no certificate here, so of the key.
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { kid: createHash('sha1').update(der).digest('base64url'), privateKey, publicKey };
}

/** @returns {Ring} */
function createRing() {
  const first = generateSigningKey();
  return { first, signing: first, published: [first] };
}

/** @param {RingName} name @param {import('./authority.mjs').Names} names */
const keyIssuer = (name, { issuerOf, issuerTemplate }) =>
  name === 'personal' ? issuerOf(PERSONAL_TENANT_ID) : issuerTemplate;

/** @param {SigningKey} key @param {string | null} issuer */
function publicJwk({ kid, publicKey }, issuer) {
  const { kty, n, e } = publicKey.export({ format: 'jwk' });
  return { kty, use: 'sig', kid, x5t: kid, n, e, ...(issuer && { issuer }) };
}

/**
 * The signing keys of both rings, generated when first asked for.
 * @param {import('./authority.mjs').Names} cloud
 */
export function createKeyRings(cloud) {
  /** @type {Partial<Record<RingName, Ring>>} */
  const rings = {};
  let hasKeyIssuer = true;

  /** @param {RingName} name @returns {Ring} */
  function ringOf(name) {
    rings[name] ??= createRing();
    return rings[name];
  }

  return {
    /** @param {RingName} name */
    signing: (name) => ringOf(name).signing,

    /** The members of the JWKS; like Entra's, none has an `alg`. */
    async published() {
      const names = /** @type {RingName[]} */ (['organizations', 'personal']);
      const jwks = names.map(async (name) => {
        const keys = await Promise.all(ringOf(name).published);
        return keys.map((key) => publicJwk(key, hasKeyIssuer ? keyIssuer(name, cloud) : null));
      });
      return (await Promise.all(jwks)).flat();
    },

    /**
     * https://learn.microsoft.com/entra/identity-platform/signing-key-rollover
     * @param {{ keepOld?: boolean, publish?: boolean, ring?: RingName }} [how]
     */
    async rotate({ keepOld = true, publish = true, ring: name = 'organizations' } = {}) {
      const ring = ringOf(name);
      const next = await generateSigningKey();
      ring.signing = Promise.resolve(next);
      ring.published = keepOld ? [...ring.published] : [];
      if (publish) ring.published.push(ring.signing);
      return { kid: next.kid };
    },

    removeKeyIssuer() {
      hasKeyIssuer = false;
    },

    reset() {
      hasKeyIssuer = true;
      for (const ring of Object.values(rings)) {
        ring.signing = ring.first;
        ring.published = [ring.first];
      }
    },
  };
}

/** @typedef {ReturnType<typeof createKeyRings>} KeyRings */
