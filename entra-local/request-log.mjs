/**
 * @typedef {object} LoggedRequest
 * @property {string} method
 * @property {string} path
 * @property {string} tenant the path segment as sent
 * @property {string} endpoint discovery, keys, authorize, interaction, token, logout or graph
 * @property {number} at milliseconds
 * @property {string[]} [parameters] of a token request: their names only
 * @property {string | null} [redirect_uri] of a token request
 * @property {string | null} [grant_type] of a token request
 * @property {Record<string, string>} [query] of an authorization, sign-out or Graph request, by GET or POST
 */

const MOST_REQUESTS = 10_000;

/**
 * Their values are never kept, wherever they were sent: an application that puts one into a URL by
 * mistake must not find it in a log too.
 */
const SECRETS = ['client_secret', 'code', 'code_verifier', 'client_assertion', 'id_token_hint'];
const NOT_KEPT = '(not kept)';
const QUERIED = ['authorize', 'logout', 'graph'];

/** What was asked, for tests to count. Never holds a secret, a code, a verifier or a token. */
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
  if (QUERIED.includes(endpoint)) return { query: withoutSecrets(params) };
  return {};
}

/** @param {URLSearchParams} params */
const withoutSecrets = (params) =>
  Object.fromEntries(
    [...params].map(([name, value]) => [name, SECRETS.includes(name) ? NOT_KEPT : value]),
  );
