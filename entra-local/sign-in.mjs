import { EntraError } from './aadsts.mjs';
import { ACCOUNT_CHECKS, fitsAuthority } from './account-checks.mjs';
import { acrsOf, contextToSatisfy } from './auth-contexts.mjs';
import { authorizationResponse, errorParameters, locationOf } from './authorization-response.mjs';
import { tenantById } from './directory.mjs';
import { needsFreshSignIn } from './fresh-sign-in.mjs';
import { hintedAccount, isOffered, signedInAccounts } from './hints.mjs';
import {
  adminApprovalPage,
  confirmAccountPage,
  consentPage,
  contextPage,
  errorPage,
  pickerPage,
} from './pages.mjs';

/**
 * @typedef {import('./directory.mjs').Account} Account
 * @typedef {object} SignInFlow
 * @property {import('./entra.mjs').Entra} entra
 * @property {import('./sessions.mjs').Browser} browser
 * @property {import('./authorize.mjs').AuthorizationRequest} asked
 * @property {string} ticket
 */

/**
 * "The default behavior is to either sign in the sole current user, show the account picker if there
 * are multiple users, or show the login page if there are no users signed in":
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
 * @param {SignInFlow} flow @returns {Response}
 */
export function beginSignIn(flow) {
  const { prompt } = flow.asked;
  const hinted = hintedAccount(flow);
  const signedIn = signedInAccounts(flow);
  if (prompt === 'none') return signInSilently(flow, signedIn, hinted);
  if (prompt === 'select_account') return showPicker(flow);
  if (hinted) {
    return needsFreshSignIn(flow, hinted)
      ? confirmAccountPage(formContext(flow), hinted)
      : proceed(flow, hinted);
  }
  const [sole] = signedIn;
  const isFit = sole && signedIn.length === 1 && isOffered(flow, sole);
  return isFit &&
    !needsFreshSignIn(flow, sole) &&
    fitsAuthority({ ...flow, ...flow.asked, account: sole })
    ? proceed(flow, sole)
    : showPicker(flow);
}

/**
 * `prompt=none`. "Too many or no users found … This error takes into account the tenant chosen": both
 * are login_required, and whoever cannot sign in at this authority does not count:
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-authorization-endpoint-errors.
 * A sign-in that is older than `max_age` is refused as nobody's: 50058 says "isn't sufficient for
 * single-sign-on" (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 * @param {SignInFlow} flow @param {Account[]} signedIn @param {Account | undefined} hinted
 */
function signInSilently(flow, signedIn, hinted) {
  const { entra, asked } = flow;
  const fitting = signedIn.filter((account) =>
    fitsAuthority({ entra, authority: asked.authority, account }),
  );
  const pool = asked.loginHint === null ? fitting : fitting.filter((one) => one === hinted);
  const [sole] = pool;
  if (!sole) return refuse(flow, new EntraError(50058));
  if (pool.length > 1) return refuse(flow, new EntraError(16000));
  return needsFreshSignIn(flow, sole) ? refuse(flow, new EntraError(50058)) : proceed(flow, sole);
}

/**
 * The person is known; may they in? Ends in a code, a question or a refusal.
 * @param {SignInFlow} flow @param {Account} account @param {{ hasConsented?: boolean }} [given]
 * @returns {Response}
 */
export function proceed(flow, account, { hasConsented = false } = {}) {
  const { entra, asked } = flow;
  try {
    for (const check of ACCOUNT_CHECKS) check({ entra, authority: asked.authority, account });
  } catch (problem) {
    if (problem instanceof EntraError) return refuse(flow, problem);
    throw problem;
  }
  const { name: appName, clientId } = entra.registration;
  const tenantId = tokenTenantId(asked, account);
  const isApproved = entra.registration.installedIn.includes(tenantId);
  if (tenantById(tenantId)?.needsAdminConsent && !isApproved) {
    if (asked.prompt === 'none') return refuse(flow, new EntraError(65001, { clientId }));
    return adminApprovalPage(formContext(flow), account, appName, returnWithoutConsentUrl(flow));
  }
  const context = contextToSatisfy(flow, account, tenantId);
  if (context) {
    if (asked.prompt === 'none') return refuse(flow, new EntraError(50076));
    asked.chosen = account.username;
    return contextPage(formContext(flow), account, appName, context);
  }
  if (asked.prompt === 'consent' && !hasConsented) {
    asked.chosen = account.username;
    return consentPage(formContext(flow), account, appName, asked.scopes);
  }
  return answerWithCode(flow, account, tenantId);
}

/** Whose token it becomes. @param {SignInFlow['asked']} asked @param {Account} account */
export const tokenTenantId = ({ authority }, account) => authority.tenantId ?? account.tenantId;

/** @param {SignInFlow} flow @param {Account} account @param {string} tenantId */
function answerWithCode(flow, account, tenantId) {
  const { entra, browser, asked, ticket } = flow;
  const session = entra.sessions.signIn(browser, account.username);
  const { clientId, redirectUri, codeChallenge, nonce, scopes, authority } = asked;
  session.appOrigins.add(new URL(redirectUri).origin);
  const code = entra.codes.issue({
    ...{ clientId, redirectUri, codeChallenge, nonce, scopes, tenantId },
    authorityId: authority.id,
    username: account.username,
    sid: session.sid,
    authTimeSeconds: session.authTimeSeconds,
    acrs: acrsOf(flow, account, tenantId),
  });
  entra.tickets.consume(ticket);
  return authorizationResponse(asked, { code, session_state: session.sid });
}

/**
 * On the provider's page or back to the application, as the table says; with `prompt=none` always
 * back, because no page may be shown (OpenID Connect Core, section 3.1.2.6).
 * @param {SignInFlow} flow @param {EntraError} problem @param {'redirect' | 'page'} [deliver]
 * @param {Record<string, string>} [extra] members that join the usual ones
 */
export function refuse(flow, problem, deliver, extra) {
  const now = flow.entra.nowSeconds();
  const isSilent = flow.asked.prompt === 'none';
  const place = deliver ?? (problem.entry.isPage && !isSilent ? 'page' : 'redirect');
  if (place === 'page') return errorPage(problem, now, formContext(flow));
  flow.entra.tickets.consume(flow.ticket);
  const parameters = errorParameters(problem, now, extra);
  if (isSilent && problem.entry.isPage) parameters.error = 'interaction_required';
  return authorizationResponse(flow.asked, parameters);
}

/** What "Cancel" says: access_denied with the subcode `cancel`. @param {SignInFlow} flow */
export const cancel = (flow) =>
  refuse(flow, new EntraError(65004), 'redirect', { error_subcode: 'cancel' });

/** @param {SignInFlow} flow */
export function showPicker(flow) {
  const { entra } = flow;
  const offered = entra.directory.accounts().filter((account) => isOffered(flow, account));
  // A hint that fits nobody is not a dead end.
  const accounts = offered.length > 0 ? offered : entra.directory.accounts();
  return pickerPage(formContext(flow), accounts, entra.registration.name);
}

/** @param {SignInFlow} flow */
const formContext = ({ asked, ticket }) => ({
  segment: asked.authority.segment,
  ticket,
  appOrigin: new URL(asked.redirectUri).origin,
});

/** @param {SignInFlow} flow */
function returnWithoutConsentUrl({ entra, asked }) {
  const problem = new EntraError(90094, { appName: entra.registration.name });
  // A link can only carry a query or a fragment, whatever the response mode.
  const responseMode = asked.responseMode === 'fragment' ? 'fragment' : 'query';
  const parameters = errorParameters(problem, entra.nowSeconds());
  return locationOf({ ...asked, responseMode }, parameters);
}
