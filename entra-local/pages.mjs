import { timestampOf } from './aadsts.mjs';
import { tenantById } from './directory.mjs';
import { escapeHtml, pageResponse } from './page-shell.mjs';

/**
 * @typedef {import('./directory.mjs').Account} Account
 * @typedef {{ segment: string, ticket: string, appOrigin: string }} FormContext
 */

/**
 * Every form goes back to the stand-in itself and from there, by redirect, to the application.
 * @param {FormContext} context @param {string} fields
 */
const form = ({ segment, ticket }, fields) => `<form method="post" action="/${segment}/interaction">
<input type="hidden" name="ticket" value="${escapeHtml(ticket)}">
${fields}
</form>`;

/** @param {Account} account */
const accountButton = (
  account,
) => `<li><button type="submit" name="account" value="${escapeHtml(account.username)}">
<span class="name">${escapeHtml(account.name)}</span>
<span>${escapeHtml(account.username)}</span>
<span>${escapeHtml(tenantById(account.tenantId)?.name ?? '')}</span>
<span>${escapeHtml(account.note)}</span>
</button></li>`;

const CANCEL = `<div class="actions"><button type="submit" name="cancel" value="cancel">Cancel</button></div>`;

/** @param {FormContext} context @param {Account[]} accounts @param {string} appName */
export const pickerPage = (context, accounts, appName) =>
  pageResponse({
    title: 'Choose an account',
    body: `<p>to continue to <strong>${escapeHtml(appName)}</strong>. No password is asked for.</p>
${form(context, `<ul>${accounts.map(accountButton).join('\n')}</ul>\n${CANCEL}`)}`,
    formTargets: [context.appOrigin],
  });

/**
 * In place of the password page, which Entra shows for a hinted account that is not signed in.
 * @param {FormContext} context @param {Account} account
 */
export const confirmAccountPage = (context, account) =>
  pageResponse({
    title: 'Sign in with this account?',
    body: form(
      context,
      `<ul>${accountButton(account)}</ul>
<div class="actions"><button type="submit" name="another" value="another">Use another account</button>
<button type="submit" name="cancel" value="cancel">Cancel</button></div>`,
    ),
    formTargets: [context.appOrigin],
  });

/** @param {FormContext} context @param {Account} account @param {string} appName @param {string[]} scopes */
export const consentPage = (context, account, appName, scopes) =>
  pageResponse({
    title: 'Permissions requested',
    body: `<p><strong>${escapeHtml(appName)}</strong> asks ${escapeHtml(account.username)} for:
${scopes.map((scope) => `<code>${escapeHtml(scope)}</code>`).join(', ')}.</p>
${form(
  context,
  `<div class="actions"><button type="submit" name="consent" value="accept" class="primary">Accept</button>
<button type="submit" name="consent" value="decline">Cancel</button></div>`,
)}`,
    formTargets: [context.appOrigin],
  });

/**
 * In place of what a Conditional Access policy asks for: a second factor, another device or place.
 * @param {FormContext} context @param {Account} account @param {string} appName
 * @param {import('./directory.mjs').AuthContext} authContext
 */
export const contextPage = (context, account, appName, { id, name }) =>
  pageResponse({
    title: `More is needed: ${name}`,
    body: `<p><strong>${escapeHtml(appName)}</strong> asks ${escapeHtml(account.username)} for the
authentication context <code>${escapeHtml(id)}</code>. No second factor is asked for.</p>
${form(
  context,
  `<div class="actions"><button type="submit" name="context" value="satisfied" class="primary">Continue</button>
<button type="submit" name="cancel" value="cancel">Cancel</button></div>`,
)}`,
    formTargets: [context.appOrigin],
  });

/**
 * @param {FormContext} context @param {Account} account @param {string} appName
 * @param {string} organisation @param {string[]} scopes
 */
export const adminConsentPage = (context, account, appName, organisation, scopes) =>
  pageResponse({
    title: 'Review permissions for your organization',
    body: `<p><strong>${escapeHtml(appName)}</strong> asks ${escapeHtml(account.username)}, for everybody at
${escapeHtml(organisation)}, for: ${scopes.map((scope) => `<code>${escapeHtml(scope)}</code>`).join(', ')}.</p>
${form(
  context,
  `<div class="actions"><button type="submit" name="consent" value="accept" class="primary">Accept</button>
<button type="submit" name="consent" value="decline">Cancel</button></div>`,
)}`,
    formTargets: [context.appOrigin],
  });

/**
 * @param {FormContext} context @param {Account} account @param {string} appName
 * @param {string} returnUrl back to the application, with the error
 */
export const adminApprovalPage = (context, account, appName, returnUrl) =>
  pageResponse({
    title: 'Need admin approval',
    body: `<p><strong>${escapeHtml(appName)}</strong> needs permission that only an administrator of
${escapeHtml(tenantById(account.tenantId)?.name ?? '')} can grant. (AADSTS90094)</p>
<p><a href="${escapeHtml(returnUrl)}">Return to the application without granting consent</a></p>
${form(context, `<div class="actions"><button type="submit" name="another" value="another">Use another account</button></div>`)}`,
    formTargets: [context.appOrigin],
  });

/**
 * The errors that never reach the application. Status 200, as Entra shows its error pages:
 * https://learn.microsoft.com/previous-versions/azure/dn645544(v=azure.100)
 * @param {import('./aadsts.mjs').EntraError} problem @param {number} nowSeconds
 * @param {FormContext} [context] lets the person choose another account
 */
export const errorPage = (problem, nowSeconds, context) =>
  pageResponse({
    title: 'Sorry, but we’re having trouble signing you in',
    body: `<p>AADSTS${problem.code}: ${escapeHtml(problem.message)}</p>
${problem.why ? `<p>${escapeHtml(problem.why)}</p>` : ''}
${context ? form(context, `<div class="actions"><button type="submit" name="another" value="another">Use another account</button></div>`) : ''}
<dl><dt>Request id</dt><dd>${problem.traceId}</dd>
<dt>Correlation id</dt><dd>${problem.correlationId}</dd>
<dt>Timestamp</dt><dd>${timestampOf(nowSeconds)}</dd></dl>`,
    formTargets: context ? [context.appOrigin] : [],
  });

export const stalePage = () =>
  pageResponse({
    title: 'This sign-in page is no longer valid',
    status: 400,
    body: `<p>It was used already, has expired, or was opened in another browser. Nothing has been done.</p>
<p>Go back to the application and start again.</p>`,
  });

/** @param {FormContext} context @param {Account[]} accounts */
export const signOutPickerPage = (context, accounts) =>
  pageResponse({
    title: 'Which account do you want to sign out of?',
    body: form(context, `<ul>${accounts.map(accountButton).join('\n')}</ul>`),
    formTargets: context.appOrigin ? [context.appOrigin] : [],
  });

/** @param {{ frontChannelUrls?: string[], returnUrl?: string, headers?: Record<string, string> }} [how] */
export const signedOutPage = ({ frontChannelUrls = [], returnUrl, headers } = {}) =>
  pageResponse({
    title: 'You signed out of your account',
    body: `<p>It is a good idea to close all browser windows.</p>
${returnUrl ? `<p><a href="${escapeHtml(returnUrl)}">Return to the application</a></p>` : ''}
${frontChannelUrls.map((url) => `<iframe title="Sign out of the application" src="${escapeHtml(url)}"></iframe>`).join('')}`,
    frameTargets: frontChannelUrls.map((url) => new URL(url).origin),
    headers,
  });

/**
 * OAuth 2.0 Form Post Response Mode: https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 * @param {string} redirectUri @param {Record<string, string>} parameters
 * @param {Record<string, string>} headers
 */
export function formPostPage(redirectUri, parameters, headers) {
  const fields = Object.entries(parameters).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return pageResponse({
    title: 'Returning to the application',
    body: `<form id="response" method="post" action="${escapeHtml(redirectUri)}">
${fields.join('\n')}
<noscript><p>Press the button to go on.</p><button type="submit">Continue</button></noscript>
</form>`,
    script: "document.getElementById('response').submit()",
    formTargets: [new URL(redirectUri).origin],
    headers,
  });
}

/** @param {Account[]} accounts */
export const welcomePage = (accounts) =>
  pageResponse({
    title: 'Nothing to do here',
    body: `<p>Start at your application: it sends people here to sign in. These accounts exist:</p>
<ul>${accounts.map(({ name, username, note }) => `<li><strong>${escapeHtml(name)}</strong> <code>${escapeHtml(username)}</code><br>${escapeHtml(note)}</li>`).join('')}</ul>`,
  });
