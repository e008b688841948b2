import { randomUUID } from 'node:crypto';
import { AUTHORITY_URL } from './authority.mjs';

/**
 * Most meanings: https://learn.microsoft.com/entra/identity-platform/reference-error-codes. The texts
 * follow that page where it quotes one; numbers that it does not have, and most of the OAuth codes
 * beside the numbers, are what people report (README, "What is not there, or not the same").
 *
 * `error` is the OAuth code at the token endpoint, `authorizeError` at the authorization endpoint
 * where it differs. `isPage`: stays on the provider's page, the application never hears of it.
 * @typedef {object} AadstsEntry
 * @property {string} error
 * @property {string} text
 * @property {number} [status]
 * @property {string} [authorizeError]
 * @property {string} [suberror]
 * @property {boolean} [isPage]
 */

/** @type {Record<number, AadstsEntry>} */
// biome-ignore format: one error a row
export const AADSTS = {
  16000: { error: 'interaction_required', authorizeError: 'login_required', text: 'Either multiple user identities are available for the current request or selected account is not supported for the scenario.' },
  50000: { error: 'server_error', status: 500, text: 'There was an error issuing a token or an issue with our sign-in service.' },
  50011: { error: 'invalid_request', isPage: true, text: "The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{clientId}'." },
  50020: { error: 'access_denied', isPage: true, text: "User account '{username}' from identity provider '{issuer}' does not exist in tenant '{tenant}' and cannot access the application '{clientId}' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different account." },
  50027: { error: 'invalid_request', text: 'JWT token is invalid or malformed.' },
  50053: { error: 'access_denied', isPage: true, text: 'The account is locked, you have tried to sign in too many times with an incorrect user ID or password.' },
  50055: { error: 'invalid_grant', authorizeError: 'interaction_required', text: 'The password is expired.' },
  50057: { error: 'invalid_grant', isPage: true, text: 'The user account is disabled.' },
  50058: { error: 'login_required', text: 'A silent sign-in request was sent but no user is signed in.' },
  50072: { error: 'invalid_grant', authorizeError: 'interaction_required', suberror: 'basic_action', text: 'The user must enroll in multi-factor authentication to access the resource.' },
  50074: { error: 'invalid_grant', authorizeError: 'interaction_required', suberror: 'basic_action', text: 'Strong authentication is required.' },
  50076: { error: 'invalid_grant', authorizeError: 'interaction_required', suberror: 'basic_action', text: 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.' },
  50078: { error: 'invalid_grant', authorizeError: 'interaction_required', suberror: 'basic_action', text: 'Presented multi-factor authentication has expired due to policies configured by your administrator.' },
  50079: { error: 'invalid_grant', authorizeError: 'interaction_required', suberror: 'basic_action', text: 'You must enroll in multi-factor authentication to access the resource.' },
  50059: { error: 'invalid_request', text: 'No tenant-identifying information found in either the request or implied by any provided credentials.' },
  50105: { error: 'access_denied', isPage: true, text: "Your administrator has configured the application '{appName}' ('{clientId}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{username}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator." },
  50147: { error: 'invalid_request', text: 'Missing code challenge.' },
  50194: { error: 'invalid_request', isPage: true, text: "Application '{clientId}'({appName}) is not configured as a multi-tenant application. Usage of the /{segment} endpoint is not supported for such applications. Use a tenant-specific endpoint or configure the application to be multi-tenant." },
  53000: { error: 'invalid_grant', authorizeError: 'interaction_required', text: 'Device is not in required device state: conditional access policy requires a compliant device.' },
  53003: { error: 'invalid_grant', authorizeError: 'access_denied', isPage: true, text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.' },
  54005: { error: 'invalid_grant', text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.' },
  65001: { error: 'consent_required', text: "The user or administrator has not consented to use the application with ID '{clientId}'. Send an interactive authorization request for this user and resource." },
  65004: { error: 'access_denied', text: 'User declined to consent to access the app.' },
  70000: { error: 'invalid_grant', text: 'Provided grant is invalid or malformed.' },
  70003: { error: 'unsupported_grant_type', text: 'The app requested an unsupported grant type.' },
  70005: { error: 'unsupported_response_type', text: "The app requested an unsupported response type. Expected value is 'code'." },
  70007: { error: 'invalid_request', text: "The provided value for the input parameter 'response_mode' is not allowed." },
  70008: { error: 'invalid_grant', text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.' },
  70011: { error: 'invalid_scope', text: "The provided value for the input parameter 'scope' is not valid." },
  70025: { error: 'invalid_client', status: 401, text: "The client '{clientId}'({appName}) has no configured federated identity credentials." },
  90002: { error: 'invalid_tenant', isPage: true, text: "Tenant '{segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud." },
  90006: { error: 'temporarily_unavailable', status: 503, text: 'The service is temporarily unavailable. Please retry later.' },
  90023: { error: 'invalid_request', text: "Unsupported 'prompt' value." },
  90033: { error: 'temporarily_unavailable', status: 503, text: 'A transient error has occurred. Please try again.' },
  90055: { error: 'temporarily_unavailable', status: 429, text: 'There are too many incoming requests.' },
  90094: { error: 'access_denied', isPage: true, text: 'The grant requires administrator permission: {appName} needs permission to access resources in your organization that only an admin can grant.' },
  90100: { error: 'invalid_request', text: '{parameter} parameter is empty or not valid.' },
  500011: { error: 'invalid_resource', text: "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant." },
  500112: { error: 'invalid_grant', text: 'The reply address does not match the reply address provided when requesting Authorization code.' },
  500200: { error: 'access_denied', isPage: true, text: "User account '{username}' is a personal Microsoft account. Personal Microsoft accounts are not supported for this application unless explicitly invited to an organization. Try signing out and signing back in with an organizational account." },
  500208: { error: 'access_denied', isPage: true, text: 'The domain is not a valid login domain for the account type.' },
  501481: { error: 'invalid_grant', text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.' },
  501491: { error: 'invalid_request', text: 'Invalid size of Code_Challenge parameter.' },
  700005: { error: 'invalid_grant', text: 'Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for.' },
  700016: { error: 'unauthorized_client', isPage: true, text: "Application with identifier '{clientId}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant." },
  700021: { error: 'invalid_client', status: 401, text: "Client assertion application identifier doesn't match 'client_id' parameter." },
  700022: { error: 'invalid_scope', text: "The provided value for the input parameter 'scope' is not valid because it contains more than one resource." },
  700023: { error: 'invalid_client', status: 401, text: 'Client assertion audience claim does not match Realm issuer.' },
  700024: { error: 'invalid_client', status: 401, text: 'Client assertion is not within its valid time range.' },
  700027: { error: 'invalid_client', status: 401, text: 'Client assertion failed signature validation.' },
  700054: { error: 'unsupported_response_type', text: "response_type 'id_token' is not enabled for the application." },
  700211: { error: 'invalid_client', status: 401, text: "No matching federated identity record found for presented assertion issuer '{issuer}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion." },
  700212: { error: 'invalid_client', status: 401, text: "No matching federated identity record found for presented assertion audience '{audience}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion." },
  700213: { error: 'invalid_client', status: 401, text: "No matching federated identity record found for presented assertion subject '{subject}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion." },
  900144: { error: 'invalid_request', text: "The request body must contain the following parameter: '{parameter}'." },
  900561: { error: 'invalid_request', status: 405, text: 'The endpoint only accepts {allowed} requests.' },
  900971: { error: 'invalid_request', isPage: true, text: 'No reply address provided.' },
  901002: { error: 'invalid_request', text: "The 'resource' request parameter is not supported." },
  1002012: { error: 'invalid_scope', text: "The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)." },
  5002727: { error: 'invalid_request', text: "Invalid JWT header type specified, must be 'JWT'." },
  5002738: { error: 'invalid_request', text: "Invalid JWT token. '{alg}' is not a supported signature algorithm. Supported signing algorithms are: 'PS256,RS256'" },
  7000112: { error: 'unauthorized_client', text: "Application '{clientId}'({appName}) is disabled." },
  7000215: { error: 'invalid_client', status: 401, text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{clientId}'." },
  7000218: { error: 'invalid_client', status: 401, text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'." },
  7000222: { error: 'invalid_client', status: 401, text: "The provided client secret keys for app '{clientId}' are expired." },
  7002138: { error: 'invalid_client', status: 401, text: "No matching federated identity record found for presented assertion subject '{subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison." },
  9000411: { error: 'invalid_request', text: "The request is not properly formatted. The parameter '{parameter}' is duplicated." },
  9001023: { error: 'invalid_request', text: 'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.' },
  9002313: { error: 'invalid_request', text: 'Invalid request. Request is malformed or invalid.' },
  9002326: { error: 'invalid_request', text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type." },
  9002332: { error: 'invalid_request', isPage: true, text: "Application '{clientId}'({appName}) is configured for use by Microsoft Entra users only. Please do not use the /consumers endpoint to serve this request." },
  9002346: { error: 'invalid_request', isPage: true, text: "Application '{clientId}' is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request." },
};

/** A refusal, named by the number that Entra would give. */
export class EntraError extends Error {
  /**
   * @param {number} code @param {Record<string, string>} [values] for the placeholders of the text
   * @param {string} [why] what is peculiar to the stand-in, for the developer
   */
  constructor(code, values = {}, why) {
    const entry = AADSTS[code];
    if (!entry) throw new TypeError(`AADSTS${code} is not in the table`);
    super(entry.text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? ''));
    this.name = 'EntraError';
    this.code = code;
    this.entry = entry;
    this.why = why;
    this.traceId = randomUUID();
    this.correlationId = randomUUID();
  }
}

/** `2016-01-09 02:02:12Z`, as Entra writes it. @param {number} nowSeconds */
export const timestampOf = (nowSeconds) =>
  `${new Date(nowSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}Z`;

/**
 * Four lines, as in Microsoft's sample:
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response-1
 * @param {EntraError} problem @param {number} nowSeconds
 */
export function descriptionOf(problem, nowSeconds) {
  const why = problem.why ? ` (Local stand-in: ${problem.why})` : '';
  return [
    `AADSTS${problem.code}: ${problem.message}${why}`,
    `Trace ID: ${problem.traceId}`,
    `Correlation ID: ${problem.correlationId}`,
    `Timestamp: ${timestampOf(nowSeconds)}`,
  ].join('\r\n');
}

/** @param {number} code */
export const errorUriOf = (code) => `${AUTHORITY_URL}/error?code=${code}`;

/**
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application
 * @param {EntraError} problem @param {number} nowSeconds
 */
export function jsonErrorResponse(problem, nowSeconds) {
  const { error, suberror, status = 400 } = problem.entry;
  const body = {
    error,
    error_description: descriptionOf(problem, nowSeconds),
    error_codes: [problem.code],
    timestamp: timestampOf(nowSeconds),
    trace_id: problem.traceId,
    correlation_id: problem.correlationId,
    error_uri: errorUriOf(problem.code),
    ...(suberror && { suberror }),
  };
  const headers = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' };
  return Response.json(body, {
    status,
    headers: { ...headers, 'x-content-type-options': 'nosniff' },
  });
}
