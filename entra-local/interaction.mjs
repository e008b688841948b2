import { EntraError } from './aadsts.mjs';
import { answerAdminConsent } from './admin-consent.mjs';
import { contextToSatisfy, satisfyContext } from './auth-contexts.mjs';
import { signOutOf } from './end-session.mjs';
import { needsFreshSignIn } from './fresh-sign-in.mjs';
import { stalePage } from './pages.mjs';
import { cookieHeader } from './sessions.mjs';
import { cancel, proceed, refuse, showPicker, tokenTenantId } from './sign-in.mjs';

/**
 * POST /{tenant}/interaction: what a person pressed on one of our pages.
 * @type {import('./entra.mjs').Endpoint}
 */
export async function interaction({ entra, request, params }) {
  const browser = entra.sessions.browserOf(request);
  const ticket = params.get('ticket') ?? '';
  const subject = isFromOurPage(request) ? entra.tickets.find(browser, ticket) : undefined;
  if (!subject) return stalePage();
  const response = answer({ entra, browser, ticket }, subject, params);
  response.headers.append('set-cookie', cookieHeader(browser));
  return response;
}

/**
 * @param {Pick<import('./sign-in.mjs').SignInFlow, 'entra' | 'browser' | 'ticket'>} shown
 * @param {import('./entra.mjs').Subject} asked @param {URLSearchParams} pressed
 */
function answer(shown, asked, pressed) {
  if (asked.kind === 'sign-in') return answerSignIn({ ...shown, asked }, pressed);
  if (asked.kind === 'admin-consent') return answerAdminConsent({ ...shown, asked }, pressed);
  return signOutOf({ ...shown, asked }, pressed.get('account') ?? '');
}

/** @param {import('./sign-in.mjs').SignInFlow} flow @param {URLSearchParams} pressed */
function answerSignIn(flow, pressed) {
  if (pressed.has('cancel')) return cancel(flow);
  if (pressed.has('another')) return showPicker(flow);
  if (pressed.has('context')) return answerContext(flow);
  if (pressed.has('consent')) return answerConsent(flow, pressed.get('consent') === 'accept');
  const account = flow.entra.directory.byUsername(pressed.get('account') ?? '');
  if (!account) return stalePage();
  // "Without requiring credential entry": who is signed in and only chosen did not sign in again.
  // https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-the-sign-in-request
  const isSignIn = needsFreshSignIn(flow, account);
  const session = flow.entra.sessions.signIn(flow.browser, account.username);
  if (isSignIn) session.authTimeSeconds = flow.entra.nowSeconds();
  return proceed(flow, account);
}

/**
 * The account and the context are those that the page was about, never what the form names.
 * @param {import('./sign-in.mjs').SignInFlow} flow
 */
function answerContext(flow) {
  const account = flow.entra.directory.byUsername(flow.asked.chosen ?? '');
  // Signed out in another tab while the page was open: there is no session that could remember.
  if (!account || !flow.browser.accounts.has(account.username)) return stalePage();
  const tenantId = tokenTenantId(flow.asked, account);
  const context = contextToSatisfy(flow, account, tenantId);
  if (!context) return stalePage();
  satisfyContext(flow, account, tenantId, context);
  return proceed(flow, account);
}

/**
 * The account is the one that the consent page was about, never one named by the form.
 * @param {import('./sign-in.mjs').SignInFlow} flow @param {boolean} isAccepted
 */
function answerConsent(flow, isAccepted) {
  const account = flow.entra.directory.byUsername(flow.asked.chosen ?? '');
  if (!account) return stalePage();
  if (!isAccepted) return refuse(flow, new EntraError(65004), 'redirect');
  return proceed(flow, account, { hasConsented: true });
}

/** Browsers say where a form was; the ticket alone guards against clients that do not. @param {Request} request */
const isFromOurPage = (request) =>
  ['same-origin', null].includes(request.headers.get('sec-fetch-site'));
