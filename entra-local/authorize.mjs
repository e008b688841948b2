import { EntraError } from './aadsts.mjs';
import {
  authorizationResponse,
  errorParameters,
  returnAddressOf,
} from './authorization-response.mjs';
import { PAGE_CHECKS, REQUEST_CHECKS, scopesOf } from './authorize-checks.mjs';
import { requestedContext } from './claims-request.mjs';
import { faultValuesOf } from './faults.mjs';
import { maxAgeSecondsOf } from './fresh-sign-in.mjs';
import { errorPage } from './pages.mjs';
import { cookieHeader } from './sessions.mjs';
import { beginSignIn, refuse } from './sign-in.mjs';

/**
 * An authorization request that passed every check.
 * @typedef {import('./authorization-response.mjs').ReturnAddress & {
 *   kind: 'sign-in',
 *   authority: import('./authority.mjs').Authority,
 *   clientId: string, codeChallenge: string, nonce: string | null, scopes: string[],
 *   prompt: string | null, maxAgeSeconds: number | null, context: string | null,
 *   loginHint: string | null, domainHint: string | null,
 *   chosen: string | null,
 * }} AuthorizationRequest `context`: the authentication context that is asked for;
 *   `chosen`: the account that waits for it, or for consent
 */

/**
 * GET and POST /{tenant}/oauth2/v2.0/authorize (OpenID Connect Core, section 3.1.2.1).
 * @type {import('./entra.mjs').Endpoint}
 */
export async function authorize({ entra, authority, request, params }) {
  const now = entra.nowSeconds();
  const refused = firstRefusal(PAGE_CHECKS, { entra, authority, params });
  if (refused) return errorPage(refused, now);

  const address = returnAddressOf(params);
  const rejected = firstRefusal(REQUEST_CHECKS, { entra, authority, params });
  if (rejected) return authorizationResponse(address, errorParameters(rejected, now));

  const browser = entra.sessions.browserOf(request);
  const asked = authorizationRequestFrom(params, authority);
  const ticket = entra.tickets.issue(browser, asked);
  const flow = { entra, browser, asked, ticket };
  const response = answerFault(flow) ?? beginSignIn(flow);
  response.headers.append('set-cookie', cookieHeader(browser));
  return response;
}

/** @param {import('./sign-in.mjs').SignInFlow} flow */
function answerFault(flow) {
  const fault = flow.entra.faults.takeAadsts('authorize');
  if (!fault) return undefined;
  const values = faultValuesOf(flow.entra, flow.asked.authority);
  return refuse(flow, new EntraError(fault.aadsts, values), fault.deliver);
}

/**
 * @template Context @param {((context: Context) => void)[]} checks @param {Context} context
 */
export function firstRefusal(checks, context) {
  try {
    for (const check of checks) check(context);
    return undefined;
  } catch (problem) {
    if (problem instanceof EntraError) return problem;
    throw problem;
  }
}

/**
 * @param {URLSearchParams} params @param {import('./authority.mjs').Authority} authority
 * @returns {AuthorizationRequest}
 */
const authorizationRequestFrom = (params, authority) => ({
  kind: 'sign-in',
  ...returnAddressOf(params),
  authority,
  clientId: params.get('client_id') ?? '',
  codeChallenge: params.get('code_challenge') ?? '',
  nonce: params.get('nonce'),
  scopes: scopesOf(params),
  prompt: params.get('prompt'),
  maxAgeSeconds: maxAgeSecondsOf(params),
  context: requestedContext(params),
  loginHint: params.get('login_hint'),
  domainHint: params.get('domain_hint'),
  chosen: null,
});
