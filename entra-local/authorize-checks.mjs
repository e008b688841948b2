import { EntraError } from './aadsts.mjs';
import { directoryNameOf } from './authority.mjs';
import { requestedContext } from './claims-request.mjs';
import { maxAgeSecondsOf } from './fresh-sign-in.mjs';
import { isRegisteredRedirectUri } from './registration.mjs';

/**
 * @typedef {object} AuthorizeCheckContext
 * @property {import('./entra.mjs').Entra} entra
 * @property {import('./authority.mjs').Authority} authority
 * @property {URLSearchParams} params
 * @typedef {(context: AuthorizeCheckContext) => void} AuthorizeCheck throws an EntraError
 */

/**
 * Who asks and where the answer would go. Until this holds, nothing may be redirected (RFC 6749,
 * section 4.1.2.1).
 * @type {AuthorizeCheck[]}
 */
export const PAGE_CHECKS = [
  clientIdIsGiven,
  clientIsRegistered,
  audienceAllowsAuthority,
  redirectUriIsGiven,
  redirectUriIsRegistered,
];

/** What is asked for. From here on the application hears of a refusal. @type {AuthorizeCheck[]} */
export const REQUEST_CHECKS = [
  noParameterIsRepeated,
  noRequestObject,
  noResource,
  responseTypeIsCode,
  responseModeIsKnown,
  scopeIsOpenId,
  promptIsKnown,
  maxAgeIsSeconds,
  claimsAreKnown,
  codeChallengeIsS256,
];

/** @type {AuthorizeCheck} */
function clientIdIsGiven({ params }) {
  const { length } = params.getAll('client_id');
  if (length === 0) throw new EntraError(900144, { parameter: 'client_id' });
  if (length > 1) throw new EntraError(9000411, { parameter: 'client_id' });
}

/** @type {AuthorizeCheck} */
function clientIsRegistered({ entra, authority, params }) {
  const clientId = params.get('client_id') ?? '';
  if (clientId === entra.registration.clientId) return;
  throw new EntraError(700016, { clientId, tenant: directoryNameOf(authority) });
}

/** Whose accounts may sign in: https://learn.microsoft.com/entra/identity-platform/reference-error-codes @param {Pick<AuthorizeCheckContext, 'entra' | 'authority'>} context */
export function audienceAllowsAuthority({ entra, authority }) {
  const { clientId, name: appName, signInAudience, homeTenantId } = entra.registration;
  const { kind, segment, tenantId } = authority;
  if (signInAudience === 'PersonalMicrosoftAccount' && kind !== 'consumers') {
    throw new EntraError(9002346, { clientId });
  }
  const isForOrganizations = ['AzureADMyOrg', 'AzureADMultipleOrgs'].includes(signInAudience);
  if (isForOrganizations && kind === 'consumers') {
    throw new EntraError(9002332, { clientId, appName });
  }
  if (signInAudience !== 'AzureADMyOrg') return;
  if (kind !== 'tenant') throw new EntraError(50194, { clientId, appName, segment });
  // No other organisation can have an application of one organisation in its directory.
  if (tenantId !== homeTenantId) {
    throw new EntraError(700016, { clientId, tenant: directoryNameOf(authority) });
  }
}

/** Entra picks a registered one at random when it is missing; here the application must say. @type {AuthorizeCheck} */
function redirectUriIsGiven({ params }) {
  const { length } = params.getAll('redirect_uri');
  if (length === 0) throw new EntraError(900971);
  if (length > 1) throw new EntraError(9000411, { parameter: 'redirect_uri' });
}

/** @type {AuthorizeCheck} */
function redirectUriIsRegistered({ entra, params }) {
  const redirectUri = params.get('redirect_uri') ?? '';
  if (isRegisteredRedirectUri(entra.registration, redirectUri)) return;
  throw new EntraError(50011, { redirectUri, clientId: entra.registration.clientId });
}

/** RFC 6749, section 3.1: parameters MUST NOT be included more than once. @type {AuthorizeCheck} */
export function noParameterIsRepeated({ params }) {
  const parameter = repeatedParameter(params);
  if (parameter !== undefined) throw new EntraError(9000411, { parameter });
}

/** @type {AuthorizeCheck} */
function noRequestObject({ params }) {
  if (params.has('request') || params.has('request_uri')) {
    throw new EntraError(9002313, {}, 'request objects are not supported');
  }
}

/** @type {AuthorizeCheck} */
function noResource({ params }) {
  if (params.has('resource')) throw new EntraError(901002);
}

/** @type {AuthorizeCheck} */
function responseTypeIsCode({ params }) {
  const responseType = params.get('response_type');
  if (!responseType) throw new EntraError(900144, { parameter: 'response_type' });
  if (responseType.split(' ').includes('id_token')) throw new EntraError(700054);
  if (responseType !== 'code') throw new EntraError(70005);
}

/** @type {AuthorizeCheck} */
function responseModeIsKnown({ params }) {
  const responseMode = params.get('response_mode');
  if (responseMode !== null && !isResponseMode(responseMode)) throw new EntraError(70007);
}

const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/** @type {AuthorizeCheck} */
export function scopeIsOpenId({ params }) {
  const scopes = scopesOf(params);
  if (scopes.length === 0) throw new EntraError(900144, { parameter: 'scope' });
  const isFit = scopes.includes('openid') && scopes.every((scope) => SCOPES.includes(scope));
  if (!isFit)
    throw new EntraError(70011, {}, `openid, and beside it only ${SCOPES.slice(1).join(', ')}`);
}

const PROMPTS = ['login', 'none', 'consent', 'select_account'];

/** One value: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-the-sign-in-request @type {AuthorizeCheck} */
function promptIsKnown({ params }) {
  const prompt = params.get('prompt');
  if (prompt !== null && !PROMPTS.includes(prompt)) throw new EntraError(90023);
}

/** @type {AuthorizeCheck} */
function maxAgeIsSeconds({ params }) {
  maxAgeSecondsOf(params);
}

/** @type {AuthorizeCheck} */
function claimsAreKnown({ params }) {
  requestedContext(params);
}

/** RFC 7636, section 4.2: the base64url of a SHA-256 digest. @type {AuthorizeCheck} */
function codeChallengeIsS256({ entra, params }) {
  if (!entra.registration.requiresPkce) return;
  const challenge = params.get('code_challenge');
  if (!challenge)
    throw new EntraError(50147, {}, 'PKCE is required here, of confidential clients too');
  if (params.get('code_challenge_method') !== 'S256') {
    throw new EntraError(9002313, {}, 'code_challenge_method must be S256');
  }
  if (!/^[\w-]{43}$/.test(challenge)) throw new EntraError(501491);
}

/** @param {URLSearchParams} params */
export const scopesOf = (params) => (params.get('scope') ?? '').split(' ').filter(Boolean);

/** @param {string} mode @returns {mode is 'query' | 'fragment' | 'form_post'} */
export const isResponseMode = (mode) => ['query', 'fragment', 'form_post'].includes(mode);

/** @param {URLSearchParams} params @returns {string | undefined} */
export const repeatedParameter = (params) =>
  [...params.keys()].find((name) => params.getAll(name).length > 1);
