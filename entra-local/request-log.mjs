/**
 * @typedef {object} LoggedRequest
 * @property {string} method
 * @property {string} path
 * @property {string} tenant the path segment as sent
 * @property {string} endpoint discovery, keys, authorize, interaction, token or logout
 * @property {number} at milliseconds
 * @property {string[]} [parameters] of a token request: their names only
 * @property {string | null} [redirect_uri] of a token request
 * @property {string | null} [grant_type] of a token request
 * @property {Record<string, string>} [query] of an authorization or sign-out request
 */

const MOST_REQUESTS = 10_000;

/** What was asked, for tests to count. Never holds a secret, a code or a verifier. */
export function createRequestLog() {
  /** @type {LoggedRequest[]} */
  let requests = [];
  return {
    /**
     * @param {Request} request @param {URL} url @param {string} tenant @param {string} endpoint
     * @param {URLSearchParams} params @param {number} at
     */
    add(request, url, tenant, endpoint, params, at) {
      if (requests.length >= MOST_REQUESTS) requests.shift();
      const entry = { method: request.method, path: url.pathname, tenant, endpoint, at };
      requests.push({ ...entry, ...details(endpoint, params) });
    },
    all: () => requests,
    reset() {
      requests = [];
    },
  };
}

/** @typedef {ReturnType<typeof createRequestLog>} RequestLog */

/** @param {string} endpoint @param {URLSearchParams} params */
function details(endpoint, params) {
  if (endpoint === 'token') {
    return {
      parameters: [...new Set(params.keys())],
      redirect_uri: params.get('redirect_uri'),
      grant_type: params.get('grant_type'),
    };
  }
  if (endpoint === 'authorize' || endpoint === 'logout')
    return { query: Object.fromEntries(params) };
  return {};
}
