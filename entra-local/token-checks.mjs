import { createHash, timingSafeEqual } from 'node:crypto';
import { EntraError } from './aadsts.mjs';
import { directoryNameOf } from './authority.mjs';
import { repeatedParameter } from './authorize-checks.mjs';
import { judgeClientAssertion } from './client-assertion-checks.mjs';
import { takeOnce } from './codes.mjs';
import { judgeClientSecret } from './registration.mjs';

/**
 * @typedef {object} TokenCheckContext
 * @property {import('./entra.mjs').Entra} entra
 * @property {import('./authority.mjs').Authority} authority
 * @property {Request} request
 * @property {URLSearchParams} params
 * @typedef {(context: TokenCheckContext) => void} TokenCheck throws an EntraError
 */

const GRANT_TYPES = ['authorization_code', 'client_credentials'];

/** Of every token request, whatever it is for. @type {TokenCheck[]} */
export const REQUEST_CHECKS = [bodyIsForm, noParameterIsRepeated, noOriginHeader, grantTypeIsKnown];

/** Who asks. @type {TokenCheck[]} */
export const CLIENT_CHECKS = [clientIdIsGiven, clientIsRegistered];

/** What proves it. @type {TokenCheck[]} */
export const CREDENTIAL_CHECKS = [
  clientAuthenticatesOneWay,
  clientCredentialIsGiven,
  clientAssertionIsRight,
  clientSecretIsRight,
];

/**
 * RFC 6749, section 4.1.3, in its order: the client, then the grant. None of them awaits anything,
 * so a code is judged and taken in one step.
 * @type {TokenCheck[]}
 */
export const CODE_CHECKS = [
  ...CLIENT_CHECKS,
  ...CREDENTIAL_CHECKS,
  codeIsGiven,
  codeIsKnown,
  codeIsForClient,
  codeIsForAuthority,
  codeIsNotExpired,
  codeIsFirstUsed,
  redirectUriIsTheSame,
  codeVerifierIsGiven,
  codeVerifierMatches,
];

/** @type {TokenCheck} */
function bodyIsForm({ request }) {
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new EntraError(9002313, {}, 'the body must be application/x-www-form-urlencoded');
  }
}

/** @type {TokenCheck} */
function noParameterIsRepeated({ params }) {
  const parameter = repeatedParameter(params);
  if (parameter !== undefined) throw new EntraError(9000411, { parameter });
}

/** A secret in a browser is no secret: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#redirect-uris-for-single-page-apps-spas @type {TokenCheck} */
function noOriginHeader({ request }) {
  if (request.headers.has('origin')) throw new EntraError(9002326);
}

/** @type {TokenCheck} */
function grantTypeIsKnown({ params }) {
  const grantType = params.get('grant_type');
  if (!grantType) throw new EntraError(900144, { parameter: 'grant_type' });
  if (!GRANT_TYPES.includes(grantType)) throw new EntraError(70003);
}

/** @type {TokenCheck} */
function clientIdIsGiven(context) {
  if (!presentedClientId(context)) throw new EntraError(900144, { parameter: 'client_id' });
}

/** @type {TokenCheck} */
function clientIsRegistered(context) {
  const clientId = presentedClientId(context) ?? '';
  if (clientId === context.entra.registration.clientId) return;
  throw new EntraError(700016, { clientId, tenant: directoryNameOf(context.authority) });
}

/** RFC 6749, section 2.3: the client MUST NOT use more than one authentication method. @type {TokenCheck} */
function clientAuthenticatesOneWay({ request, params }) {
  const hasBasic = basicCredentials(request) !== undefined;
  const ways = [hasBasic, params.has('client_secret'), isAssertion(params)].filter(Boolean);
  const isSplit =
    params.has('client_id') && basicCredentials(request)?.id !== params.get('client_id');
  if (ways.length > 1 || (hasBasic && isSplit)) {
    throw new EntraError(9002313, {}, 'more than one client authentication');
  }
}

/** @type {TokenCheck} */
function clientCredentialIsGiven(context) {
  if (!presentedSecret(context) && !isAssertion(context.params)) throw new EntraError(7000218);
}

/** @type {TokenCheck} */
function clientAssertionIsRight(context) {
  if (isAssertion(context.params)) judgeClientAssertion(context);
}

/** @type {TokenCheck} */
function clientSecretIsRight(context) {
  if (isAssertion(context.params)) return;
  const { registration, nowSeconds } = context.entra;
  const verdict = judgeClientSecret(registration, presentedSecret(context) ?? '', nowSeconds());
  const { clientId } = registration;
  if (verdict === 'expired') throw new EntraError(7000222, { clientId });
  if (verdict !== 'valid') throw new EntraError(7000215, { clientId });
}

/** @type {TokenCheck} */
function codeIsGiven({ params }) {
  if (!params.get('code')) throw new EntraError(900144, { parameter: 'code' });
}

/** @type {TokenCheck} */
function codeIsKnown({ entra, params }) {
  if (!entra.codes.find(params.get('code') ?? '')) {
    throw new EntraError(70000, {}, 'nobody was given this code');
  }
}

/** @type {TokenCheck} */
function codeIsForClient(context) {
  if (grantOf(context).clientId !== context.entra.registration.clientId)
    throw new EntraError(70000);
}

/** "Must be redeemed against same tenant it was acquired for (/common or /{tenant-ID} as appropriate)." @type {TokenCheck} */
function codeIsForAuthority(context) {
  if (grantOf(context).authorityId !== context.authority.id) throw new EntraError(700005);
}

/** @type {TokenCheck} */
function codeIsNotExpired(context) {
  if (grantOf(context).expiresAtSeconds <= context.entra.nowSeconds()) throw new EntraError(70008);
}

/** Taken before the verifier is looked at: a code allows one guess. @type {TokenCheck} */
function codeIsFirstUsed(context) {
  if (!takeOnce(grantOf(context))) throw new EntraError(54005);
}

/** Byte for byte (RFC 6749, section 4.1.3); the port counts here. @type {TokenCheck} */
function redirectUriIsTheSame(context) {
  if (context.params.get('redirect_uri') !== grantOf(context).redirectUri) {
    throw new EntraError(500112);
  }
}

/** @type {TokenCheck} */
function codeVerifierIsGiven({ entra, params }) {
  if (!entra.registration.requiresPkce) return;
  if (!params.get('code_verifier')) throw new EntraError(900144, { parameter: 'code_verifier' });
}

/** RFC 7636, sections 4.1 and 4.6. @type {TokenCheck} */
function codeVerifierMatches(context) {
  if (!context.entra.registration.requiresPkce) return;
  const verifier = context.params.get('code_verifier') ?? '';
  const challenge = Buffer.from(grantOf(context).codeChallenge);
  const derived = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  const isWellFormed = /^[A-Za-z0-9\-._~]{43,128}$/.test(verifier);
  const isMatch = derived.length === challenge.length && timingSafeEqual(derived, challenge);
  if (!isWellFormed || !isMatch) throw new EntraError(501481);
}

/** Once `codeIsKnown` holds. @param {TokenCheckContext} context */
export function grantOf({ entra, params }) {
  const grant = entra.codes.find(params.get('code') ?? '');
  if (!grant) throw new TypeError('a code was used before it was checked');
  return grant;
}

/** @param {TokenCheckContext} context */
const presentedClientId = ({ request, params }) =>
  basicCredentials(request)?.id ?? params.get('client_id');

/** @param {TokenCheckContext} context */
const presentedSecret = ({ request, params }) =>
  basicCredentials(request)?.secret ?? params.get('client_secret');

/** One of the two parameters is enough to be judged as an assertion. @param {URLSearchParams} params */
const isAssertion = (params) =>
  params.has('client_assertion') || params.has('client_assertion_type');

/** RFC 6749, section 2.3.1: both halves are form-encoded before base64. @param {Request} request */
function basicCredentials(request) {
  const encoded = /^basic +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString();
  const at = pair.indexOf(':');
  const [id, secret] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  return { id: formDecoded(id), secret: formDecoded(secret) };
}

/** @param {string} text */
const formDecoded = (text) =>
  new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';
