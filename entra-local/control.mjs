import { randomBytes, X509Certificate } from 'node:crypto';
import { createRegistration } from './registration.mjs';

/**
 * How tests make the stand-in misbehave. The same methods are reachable over `POST /__control`.
 * @param {import('./entra.mjs').Entra} entra
 * @param {{ now: () => number, registration?: Partial<import('./registration.mjs').Registration> }} start
 *   what `reset` goes back to
 */
export function createControl(entra, start) {
  return {
    /** Bearer token for `POST /__control`; another one at every start. */
    token: randomBytes(32).toString('base64url'),

    /** @param {import('./faults.mjs').Fault} fault */
    inject: (fault) => entra.faults.inject(fault),

    /** @param {Parameters<import('./keys.mjs').KeyRings['rotate']>[0]} [how] */
    rotateKeys: (how) => entra.keys.rotate(how),

    /** From now on no key in the JWKS says whose it is. */
    removeKeyIssuer: () => entra.keys.removeKeyIssuer(),

    /** @param {string} username @param {import('./directory.mjs').AccountChanges} changes */
    patchAccount: (username, changes) => entra.directory.patch(username, changes),

    /** @param {Partial<import('./registration.mjs').Registration>} changes */
    patchRegistration(changes) {
      for (const pem of changes.certificates ?? []) {
        if (!isCertificate(pem)) throw new TypeError('certificates: each one in PEM');
      }
      for (const { audiences } of changes.federatedCredentials ?? []) {
        if (audiences.length !== 1) throw new TypeError('federatedCredentials: one audience each');
      }
      entra.registration = { ...entra.registration, ...changes };
    },

    /** What another issuer would sign for the application. @param {import('./token-issuers.mjs').Token} token */
    issueToken: (token) => entra.tokenIssuers.issue(token),

    /** @param {(() => number) | number} clock milliseconds as Date.now, or an offset in seconds */
    setClock(clock) {
      const isFunction = typeof clock === 'function';
      const now = isFunction ? clock : () => start.now() + clock * 1000;
      const isClock = (isFunction || typeof clock === 'number') && isMoment(now());
      if (!isClock) throw new TypeError('setClock: seconds from now, or a function as Date.now');
      entra.clock.now = now;
    },

    /** Everything that was asked since the start or the last reset, oldest first. */
    get requests() {
      return entra.requestLog.all();
    },

    /**
     * Back to the state at the start: faults, log, sessions, codes, patches, clock and keys. Behind a
     * socket `serve.mjs` goes back online too.
     */
    reset() {
      entra.registration = createRegistration(start.registration);
      entra.clock.now = start.now;
      const { faults, requestLog, sessions, tickets, codes, assertionIds, appTokens } = entra;
      const parts = [faults, requestLog, sessions, tickets, codes, assertionIds, appTokens];
      for (const part of [...parts, entra.directory, entra.keys, entra.tokenIssuers]) part.reset();
    },
  };
}

/** @param {string} pem */
function isCertificate(pem) {
  try {
    return Boolean(new X509Certificate(pem));
  } catch {
    return false;
  }
}

/** False for NaN, and for what no Date can hold. @param {number} ms */
const isMoment = (ms) => typeof ms === 'number' && !Number.isNaN(new Date(ms).getTime());

/** @typedef {ReturnType<typeof createControl>} Control */
