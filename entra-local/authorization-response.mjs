import { descriptionOf, errorUriOf } from './aadsts.mjs';
import { isResponseMode } from './authorize-checks.mjs';
import { formPostPage } from './pages.mjs';

/**
 * Where the answer goes, and what must come back with it.
 * @typedef {object} ReturnAddress
 * @property {string} redirectUri
 * @property {string | null} state
 * @property {'query' | 'fragment' | 'form_post'} responseMode
 */

/** Known even when the rest of the request is refused. @param {URLSearchParams} params @returns {ReturnAddress} */
export function returnAddressOf(params) {
  const mode = params.get('response_mode') ?? 'query';
  return {
    redirectUri: params.get('redirect_uri') ?? '',
    // A repeated state has no one value that could be echoed.
    state: params.getAll('state').length === 1 ? params.get('state') : null,
    responseMode: isResponseMode(mode) ? mode : 'query',
  };
}

/**
 * Query and fragment as a Location, form_post as a page that posts itself. No RFC 9207 `iss`: Entra
 * sends none. 303, so that the answer to the picker's POST is fetched with GET.
 * @param {ReturnAddress} address @param {Record<string, string>} parameters
 * @param {Record<string, string>} [headers]
 */
export function authorizationResponse(address, parameters, headers = {}) {
  if (address.responseMode === 'form_post') {
    return formPostPage(address.redirectUri, withState(address, parameters), headers);
  }
  const location = locationOf(address, parameters);
  return new Response(null, {
    status: 303,
    headers: {
      location,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
  });
}

/** @param {ReturnAddress} address @param {Record<string, string>} parameters */
export function locationOf(address, parameters) {
  const url = new URL(address.redirectUri);
  const all = new URLSearchParams(withState(address, parameters));
  if (address.responseMode === 'fragment') url.hash = all.toString();
  else for (const [name, value] of all) url.searchParams.append(name, value);
  return url.href;
}

/** @param {ReturnAddress} address @param {Record<string, string>} parameters */
const withState = ({ state }, parameters) => ({ ...parameters, ...(state !== null && { state }) });

/**
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response
 * @param {import('./aadsts.mjs').EntraError} problem @param {number} nowSeconds
 * @param {Record<string, string>} [extra] members that join the usual ones
 * @returns {Record<string, string>}
 */
export const errorParameters = (problem, nowSeconds, extra = {}) => ({
  error: problem.entry.authorizeError ?? problem.entry.error,
  error_description: descriptionOf(problem, nowSeconds),
  error_uri: errorUriOf(problem.code),
  ...extra,
});
