import { randomBytes } from 'node:crypto';
import { EntraError, jsonErrorResponse } from './aadsts.mjs';
import { APP_TOKEN_LIFETIME_SECONDS } from './app-tokens.mjs';
import { CLIENT_CREDENTIALS_CHECKS } from './client-credentials.mjs';
import { faultValuesOf } from './faults.mjs';
import { GRAPH_RESOURCE } from './graph-checks.mjs';
import { claimsOf, signIdToken } from './id-token.mjs';
import { CODE_CHECKS, grantOf, REQUEST_CHECKS } from './token-checks.mjs';

const ACCESS_TOKEN_LIFETIME_SECONDS = 3599;

/** Opaque: an application has no business reading it. */
const accessToken = () => randomBytes(900).toString('base64url');

/** POST /{tenant}/oauth2/v2.0/token @type {import('./entra.mjs').Endpoint} */
export async function token({ entra, authority, request, params }) {
  const context = { entra, authority, request, params };
  const isForApp = params.get('grant_type') === 'client_credentials';
  try {
    const fault = entra.faults.takeAadsts('token');
    if (fault) throw new EntraError(fault.aadsts, faultValuesOf(entra, authority));
    const checks = isForApp ? CLIENT_CREDENTIALS_CHECKS : CODE_CHECKS;
    for (const check of [...REQUEST_CHECKS, ...checks]) check(context);
    return isForApp ? tokenForApp(context) : await tokensForCode(context);
  } catch (problem) {
    if (problem instanceof EntraError) return jsonErrorResponse(problem, entra.nowSeconds());
    throw problem;
  }
}

/**
 * No ID token: nobody signed in. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#successful-response
 * @param {import('./token-checks.mjs').TokenCheckContext} context
 */
function tokenForApp({ entra, authority }) {
  const { tenantId } = authority;
  if (tenantId === null) throw new TypeError('a token of no tenant');
  const permissions = entra.registration.graphPermissions[tenantId] ?? [];
  return tokenResponse({
    token_type: 'Bearer',
    expires_in: APP_TOKEN_LIFETIME_SECONDS,
    access_token: entra.appTokens.issue({ tenantId, audience: GRAPH_RESOURCE, permissions }),
  });
}

/**
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#successful-response-2
 * @param {import('./token-checks.mjs').TokenCheckContext} context
 */
async function tokensForCode(context) {
  const { entra } = context;
  const grant = grantOf(context);
  const account = entra.directory.byUsername(grant.username);
  if (!account) throw new EntraError(70000);
  const claims = claimsOf(entra, grant, account);
  return tokenResponse({
    token_type: 'Bearer',
    scope: grant.scopes.filter((scope) => scope !== 'offline_access').join(' '),
    expires_in: ACCESS_TOKEN_LIFETIME_SECONDS,
    ext_expires_in: ACCESS_TOKEN_LIFETIME_SECONDS,
    access_token: accessToken(),
    id_token: await signIdToken(entra, claims, entra.faults.takeForIdToken()),
  });
}

/** @param {Record<string, unknown>} body */
const tokenResponse = (body) =>
  Response.json(body, {
    headers: {
      'cache-control': 'no-store, no-cache',
      pragma: 'no-cache',
      'x-content-type-options': 'nosniff',
    },
  });
