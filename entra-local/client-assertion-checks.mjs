import { constants, verify } from 'node:crypto';
import { EntraError } from './aadsts.mjs';
import { FEDERATED_ASSERTION_CHECKS, isFederated } from './federated-assertion-checks.mjs';
import { findCertificate } from './registration.mjs';

/**
 * What a certificate proves: https://learn.microsoft.com/entra/identity-platform/certificate-credentials.
 * Microsoft puts no limit on `exp` and does not say that `jti` counts; here both are held to what that
 * page asks of applications.
 * @typedef {object} AssertionCheckContext
 * @property {import('./entra.mjs').Entra} entra
 * @property {import('./authority.mjs').Authority} authority
 * @property {Record<string, unknown>} header
 * @property {Record<string, unknown>} claims
 * @property {string} signingInput
 * @property {Buffer} signature
 * @typedef {(context: AssertionCheckContext) => void} AssertionCheck throws an EntraError
 */

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** "keep it short - 5-10 minutes after `nbf` at most" */
const LONGEST_SECONDS = 600;

/** The claims are not looked at before the signature: nobody else may ask what they must be. @type {AssertionCheck[]} */
const ASSERTION_CHECKS = [
  certificateIsKnown,
  typeIsJwt,
  nothingIsCritical,
  algorithmIsAllowed,
  certificateIsRegistered,
  certificateIsNotExpired,
  signatureIsRight,
  issuerAndSubjectAreTheClient,
  audienceIsTheTokenEndpoint,
  timesAreGiven,
  assertionHasBegun,
  assertionIsNotExpired,
  assertionIsShort,
  idIsGiven,
  idIsFirstUsed,
];

/** @param {import('./token-checks.mjs').TokenCheckContext} context */
export function judgeClientAssertion({ entra, authority, params }) {
  for (const parameter of ['client_assertion_type', 'client_assertion']) {
    if (!params.get(parameter)) throw new EntraError(900144, { parameter });
  }
  if (params.get('client_assertion_type') !== JWT_BEARER) {
    throw new EntraError(9002313, {}, `client_assertion_type is ${JWT_BEARER}`);
  }
  const assertion = parseJws(params.get('client_assertion') ?? '');
  const checks = isFederated(assertion.claims) ? FEDERATED_ASSERTION_CHECKS : ASSERTION_CHECKS;
  for (const check of checks) check({ entra, authority, ...assertion });
}

/**
 * Without a registered certificate no thumbprint can match: comparing a missing one with a missing
 * one must never come out as equal.
 * @type {AssertionCheck}
 */
function certificateIsKnown({ entra }) {
  if (entra.registration.certificates.length > 0) return;
  throw new EntraError(700027, {}, 'no certificate is registered');
}

/** Three parts of base64url, the first two of them JSON objects (RFC 7515, section 5.2). @param {string} jws */
function parseJws(jws) {
  const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(jws);
  if (!parts) throw new EntraError(50027, {}, 'not a signed JWT');
  const [, header = '', payload = '', signature = ''] = parts;
  return {
    header: parseObject(header),
    claims: parseObject(payload),
    signingInput: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** @param {string} part @returns {Record<string, unknown>} */
function parseObject(part) {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // No JSON at all: the same answer.
  }
  throw new EntraError(50027, {}, 'not a JSON object');
}

/** @type {AssertionCheck} */
function typeIsJwt({ header }) {
  if (header.typ !== 'JWT') throw new EntraError(5002727);
}

/** RFC 7515, section 4.1.11: what is critical and not understood makes the JWS invalid. @type {AssertionCheck} */
function nothingIsCritical({ header }) {
  if ('crit' in header) throw new EntraError(50027, {}, 'crit is not understood');
}

/** @type {AssertionCheck} */
function algorithmIsAllowed({ header }) {
  if (header.alg === 'PS256' || header.alg === 'RS256') return;
  throw new EntraError(5002738, { alg: String(header.alg) });
}

/** @type {AssertionCheck} */
function certificateIsRegistered(context) {
  if (certificateOf(context)) return;
  throw new EntraError(700027, {}, 'no registered certificate has this thumbprint');
}

/** @type {AssertionCheck} */
function certificateIsNotExpired(context) {
  const validTo = certificateOf(context)?.validTo ?? '';
  if (Date.parse(validTo) / 1000 > context.entra.nowSeconds()) return;
  throw new EntraError(700027, {}, 'the certificate is expired');
}

/** @type {AssertionCheck} */
function signatureIsRight(context) {
  const { header, signingInput, signature } = context;
  const key = certificateOf(context)?.publicKey;
  // RFC 7518, section 3.5: the salt of PS256 is as long as the hash.
  const padding =
    header.alg === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  const isRight =
    key?.asymmetricKeyType === 'rsa' &&
    verify('sha256', Buffer.from(signingInput), { key, ...padding }, signature);
  if (!isRight) throw new EntraError(700027, {}, 'the signature is wrong');
}

/** @type {AssertionCheck} */
function issuerAndSubjectAreTheClient({ entra, claims }) {
  const { clientId } = entra.registration;
  if (claims.iss !== clientId || claims.sub !== clientId) throw new EntraError(700021);
}

/** One string: an audience of several is how an assertion for one server is used at another (draft-ietf-oauth-rfc7523bis). @type {AssertionCheck} */
function audienceIsTheTokenEndpoint({ entra, authority, claims }) {
  if (claims.aud !== entra.names.tokenEndpointOf(authority)) throw new EntraError(700023);
}

/** @type {AssertionCheck} */
function timesAreGiven({ claims }) {
  for (const name of ['nbf', 'iat', 'exp']) {
    if (!Number.isFinite(claims[name])) throw new EntraError(50027, {}, `${name} is not a number`);
  }
}

/** @type {AssertionCheck} */
function assertionHasBegun({ entra, claims }) {
  const begins = Math.max(Number(claims.nbf), Number(claims.iat));
  if (begins > entra.nowSeconds()) throw new EntraError(700024, {}, 'it is not valid yet');
}

/** @type {AssertionCheck} */
function assertionIsNotExpired({ entra, claims }) {
  if (Number(claims.exp) <= entra.nowSeconds()) throw new EntraError(700024, {}, 'it has expired');
}

/** @type {AssertionCheck} */
function assertionIsShort({ claims }) {
  const begins = Math.min(Number(claims.nbf), Number(claims.iat));
  if (Number(claims.exp) - begins > LONGEST_SECONDS) {
    throw new EntraError(700024, {}, 'it is valid for more than ten minutes');
  }
}

/** @type {AssertionCheck} */
function idIsGiven({ claims }) {
  if (typeof claims.jti !== 'string' || !claims.jti) throw new EntraError(50027, {}, 'no jti');
}

/** @type {AssertionCheck} */
function idIsFirstUsed({ entra, claims }) {
  if (!entra.assertionIds.takeOnce(String(claims.jti))) {
    throw new EntraError(50027, {}, 'its jti was used before');
  }
}

/** @param {AssertionCheckContext} context */
const certificateOf = ({ entra, header }) => findCertificate(entra.registration, header);
