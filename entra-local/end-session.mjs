import { loginHintOf } from './id-token.mjs';
import { signedOutPage, signOutPickerPage } from './pages.mjs';
import { frontChannelLogoutUrlFor, isRegisteredRedirectUri } from './registration.mjs';
import { cookieHeader } from './sessions.mjs';

/**
 * @typedef {{ kind: 'sign-out', authority: import('./authority.mjs').Authority, returnUrl: string | null }} SignOutRequest
 * @typedef {object} SignOutFlow
 * @property {import('./entra.mjs').Entra} entra
 * @property {import('./sessions.mjs').Browser} browser
 * @property {SignOutRequest} asked
 * @property {string} ticket
 */

/**
 * GET and POST /{tenant}/oauth2/v2.0/logout:
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
 * @type {import('./entra.mjs').Endpoint}
 */
export async function endSession({ entra, authority, request, params }) {
  const browser = entra.sessions.browserOf(request);
  /** @type {SignOutRequest} */
  const asked = { kind: 'sign-out', authority, returnUrl: returnUrlOf(entra, params) };
  const ticket = entra.tickets.issue(browser, asked);
  const response = beginSignOut({ entra, browser, asked, ticket }, params.get('logout_hint'));
  response.headers.append('set-cookie', cookieHeader(browser));
  return response;
}

/** @param {SignOutFlow} flow @param {string | null} logoutHint */
function beginSignOut(flow, logoutHint) {
  const { entra, browser, asked, ticket } = flow;
  const accounts = entra.directory.accounts();
  const signedIn = accounts.filter(({ username }) => browser.accounts.has(username));
  // "Don't use UPNs": only the value of the login_hint claim names an account here.
  const hinted = signedIn.find((account) => loginHintOf(account) === logoutHint);
  if (hinted) return signOutOf(flow, hinted.username);
  if (signedIn.length === 0) return signedOut(asked, []);
  const appOrigin = asked.returnUrl ? new URL(asked.returnUrl).origin : '';
  return signOutPickerPage({ segment: asked.authority.segment, ticket, appOrigin }, signedIn);
}

/** @param {SignOutFlow} flow @param {string} username */
export function signOutOf({ entra, browser, asked, ticket }, username) {
  const session = browser.accounts.get(username);
  browser.accounts.delete(username);
  entra.tickets.consume(ticket);
  if (!session) return signedOut(asked, []);
  const urls = [...session.appOrigins].flatMap((origin) => {
    const registered = frontChannelLogoutUrlFor(entra.registration, origin);
    if (!registered) return [];
    // Entra sends `sid` and nothing else, not the `iss` of the specification.
    const url = new URL(registered);
    url.searchParams.set('sid', session.sid);
    return [url.href];
  });
  return signedOut(asked, [...new Set(urls)]);
}

/** @param {SignOutRequest} asked @param {string[]} frontChannelUrls */
function signedOut({ returnUrl }, frontChannelUrls) {
  if (!returnUrl) return signedOutPage({ frontChannelUrls });
  if (frontChannelUrls.length > 0) {
    // The frames need a moment; without script, the browser's own refresh takes the person back.
    const headers = { refresh: `2; url=${returnUrl}` };
    return signedOutPage({ frontChannelUrls, returnUrl, headers });
  }
  const headers = {
    location: returnUrl,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  };
  return new Response(null, { status: 303, headers });
}

/**
 * "This URL must match one of the redirect URIs registered": otherwise the person stays here, and
 * this endpoint is no open redirector.
 * @param {import('./entra.mjs').Entra} entra @param {URLSearchParams} params
 */
function returnUrlOf({ registration }, params) {
  const [asked, ...more] = params.getAll('post_logout_redirect_uri');
  if (!asked || more.length > 0 || !isRegisteredRedirectUri(registration, asked)) return null;
  const url = new URL(asked);
  const state = params.get('state');
  if (state !== null) url.searchParams.set('state', state);
  return url.href;
}
