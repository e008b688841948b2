import { randomBytes } from 'node:crypto';
import { EntraError, jsonErrorResponse } from './aadsts.mjs';
import { faultValuesOf } from './faults.mjs';
import { claimsOf, signIdToken } from './id-token.mjs';
import { grantOf, TOKEN_CHECKS } from './token-checks.mjs';

const ACCESS_TOKEN_LIFETIME_SECONDS = 3599;

/**
 * POST /{tenant}/oauth2/v2.0/token:
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#redeem-a-code-for-an-access-token
 * @type {import('./entra.mjs').Endpoint}
 */
export async function token({ entra, authority, request, params }) {
  const context = { entra, authority, request, params };
  try {
    const fault = entra.faults.takeAadsts('token');
    if (fault) throw new EntraError(fault.aadsts, faultValuesOf(entra, authority));
    for (const check of TOKEN_CHECKS) check(context);
  } catch (problem) {
    if (problem instanceof EntraError) return jsonErrorResponse(problem, entra.nowSeconds());
    throw problem;
  }
  const grant = grantOf(context);
  const account = entra.directory.byUsername(grant.username);
  if (!account) return jsonErrorResponse(new EntraError(70000), entra.nowSeconds());
  const claims = claimsOf(entra, grant, account);
  const body = {
    token_type: 'Bearer',
    scope: grant.scopes.filter((scope) => scope !== 'offline_access').join(' '),
    expires_in: ACCESS_TOKEN_LIFETIME_SECONDS,
    ext_expires_in: ACCESS_TOKEN_LIFETIME_SECONDS,
    // Opaque: an application has no business reading it.
    access_token: randomBytes(900).toString('base64url'),
    id_token: await signIdToken(entra, claims, entra.faults.takeForIdToken()),
  };
  return Response.json(body, {
    headers: {
      'cache-control': 'no-store, no-cache',
      pragma: 'no-cache',
      'x-content-type-options': 'nosniff',
    },
  });
}
