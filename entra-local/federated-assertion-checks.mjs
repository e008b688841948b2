import { EntraError } from './aadsts.mjs';

/**
 * What an assertion proves that another issuer signed:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation. "These values must match
 * exactly", letters' case included:
 * https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes#federated-identity-credentials-now-use-case-sensitive-matching.
 * The numbers but 70021 are what people report, and their order is our reading.
 * @typedef {import('./client-assertion-checks.mjs').AssertionCheckContext} AssertionCheckContext
 * @typedef {import('./client-assertion-checks.mjs').AssertionCheck} AssertionCheck
 */

/** The signature first of all that the issuer says: nobody else may ask what is registered. @type {AssertionCheck[]} */
export const FEDERATED_ASSERTION_CHECKS = [
  federationIsConfigured,
  nothingIsCritical,
  algorithmIsRs256,
  issuerIsTrusted,
  signatureIsTheIssuers,
  subjectIsTrusted,
  audienceIsTheExchange,
  timesAreGiven,
  assertionHasBegun,
  assertionIsNotExpired,
];

/** Our own assertions name the client as their issuer; every other issuer is a URL. @param {Record<string, unknown>} claims */
export const isFederated = ({ iss }) => typeof iss === 'string' && URL.canParse(iss);

/** @param {AssertionCheckContext} context */
const credentialsOf = ({ entra }) => entra.registration.federatedCredentials;

/** @param {AssertionCheckContext} context */
const ofIssuer = (context) =>
  credentialsOf(context).filter(({ issuer }) => issuer === context.claims.iss);

/** @param {AssertionCheckContext} context */
const ofSubject = (context) =>
  ofIssuer(context).filter(({ subject }) => subject === context.claims.sub);

/** @type {AssertionCheck} */
function federationIsConfigured(context) {
  const { clientId, name: appName } = context.entra.registration;
  if (credentialsOf(context).length === 0) throw new EntraError(70025, { clientId, appName });
}

/** @type {AssertionCheck} */
function nothingIsCritical({ header }) {
  if ('crit' in header) throw new EntraError(50027, {}, 'crit is not understood');
}

/** "Only issuers that provide tokens signed using the RS256 algorithm are supported": https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#supported-signing-algorithms-and-issuers @type {AssertionCheck} */
function algorithmIsRs256({ header }) {
  if (header.alg === 'RS256') return;
  throw new EntraError(5002738, { alg: String(header.alg) }, 'of other issuers RS256 alone');
}

/** @type {AssertionCheck} */
function issuerIsTrusted(context) {
  if (ofIssuer(context).length > 0) return;
  throw new EntraError(700211, { issuer: String(context.claims.iss) });
}

/** @type {AssertionCheck} */
function signatureIsTheIssuers({ entra, header, claims, signingInput, signature }) {
  if (entra.tokenIssuers.isSignedBy(String(claims.iss), header.kid, signingInput, signature))
    return;
  throw new EntraError(700027, {}, 'not signed by a key of its issuer');
}

/** @type {AssertionCheck} */
function subjectIsTrusted(context) {
  if (ofSubject(context).length > 0) return;
  const subject = String(context.claims.sub);
  const isNear = ofIssuer(context).some(
    (one) => one.subject.toLowerCase() === subject.toLowerCase(),
  );
  throw new EntraError(isNear ? 7002138 : 700213, { subject });
}

/** Kubernetes writes a list; more than one audience in it is one too many. @type {AssertionCheck} */
function audienceIsTheExchange(context) {
  const [audience, ...more] = [context.claims.aud].flat();
  const isRight = ofSubject(context).some(({ audiences }) => audiences.includes(String(audience)));
  if (isRight && more.length === 0) return;
  throw new EntraError(700212, { audience: String(audience) });
}

/** @type {AssertionCheck} */
function timesAreGiven({ claims }) {
  for (const name of ['iat', 'exp']) {
    if (!Number.isFinite(claims[name])) throw new EntraError(50027, {}, `${name} is not a number`);
  }
}

/** @type {AssertionCheck} */
function assertionHasBegun({ entra, claims }) {
  const begins = Math.max(Number(claims.nbf ?? claims.iat), Number(claims.iat));
  if (begins > entra.nowSeconds()) throw new EntraError(700024, {}, 'it is not valid yet');
}

/** @type {AssertionCheck} */
function assertionIsNotExpired({ entra, claims }) {
  if (Number(claims.exp) <= entra.nowSeconds()) throw new EntraError(700024, {}, 'it has expired');
}
