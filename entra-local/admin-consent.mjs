import { EntraError } from './aadsts.mjs';
import { AUTHORITY_CHECKS } from './account-checks.mjs';
import {
  authorizationResponse,
  errorParameters,
  returnAddressOf,
} from './authorization-response.mjs';
import { firstRefusal } from './authorize.mjs';
import {
  noParameterIsRepeated,
  PAGE_CHECKS,
  scopeIsOpenId,
  scopesOf,
} from './authorize-checks.mjs';
import { tenantById } from './directory.mjs';
import { adminConsentPage, errorPage, pickerPage, stalePage } from './pages.mjs';
import { cookieHeader } from './sessions.mjs';

/**
 * @typedef {import('./authorization-response.mjs').ReturnAddress & {
 *   kind: 'admin-consent', authority: import('./authority.mjs').Authority, scopes: string[],
 *   chosen: string | null,
 * }} AdminConsentRequest `chosen`: the account that looks at the permissions
 * @typedef {object} AdminConsentFlow
 * @property {import('./entra.mjs').Entra} entra
 * @property {import('./sessions.mjs').Browser} browser
 * @property {AdminConsentRequest} asked
 * @property {string} ticket
 */

/**
 * GET /{tenant}/v2.0/adminconsent. Whoever is chosen counts as an administrator.
 * https://learn.microsoft.com/entra/identity-platform/v2-admin-consent#request-the-permissions-from-a-directory-admin
 * @type {import('./entra.mjs').Endpoint}
 */
export async function adminConsent({ entra, authority, request, params }) {
  const now = entra.nowSeconds();
  const refused = firstRefusal([...PAGE_CHECKS, authorityHasAdministrators], {
    ...{ entra, authority, params },
  });
  if (refused) return errorPage(refused, now);

  // The answer always comes in the query; Microsoft names no `response_mode` here.
  const address = { ...returnAddressOf(params), responseMode: /** @type {const} */ ('query') };
  const rejected = firstRefusal([noParameterIsRepeated, scopeIsOpenId, stateIsGiven], {
    ...{ entra, authority, params },
  });
  if (rejected) return authorizationResponse(address, errorOf(rejected, now));

  const browser = entra.sessions.browserOf(request);
  /** @type {AdminConsentRequest} */
  const asked = {
    kind: 'admin-consent',
    ...address,
    authority,
    scopes: scopesOf(params),
    chosen: null,
  };
  const ticket = entra.tickets.issue(browser, asked);
  const response = showAdministrators({ entra, browser, asked, ticket });
  response.headers.append('set-cookie', cookieHeader(browser));
  return response;
}

/**
 * What was pressed on one of the pages of this endpoint.
 * @param {AdminConsentFlow} flow @param {URLSearchParams} pressed
 */
export function answerAdminConsent(flow, pressed) {
  const { entra, browser, asked } = flow;
  if (pressed.has('cancel')) return decline(flow);
  if (pressed.has('another')) return showAdministrators(flow);
  if (pressed.has('consent')) {
    return pressed.get('consent') === 'accept' ? grant(flow) : decline(flow);
  }
  const account = entra.directory.byUsername(pressed.get('account') ?? '');
  if (!account) return stalePage();
  const refused = firstRefusal(AUTHORITY_CHECKS, { entra, authority: asked.authority, account });
  if (refused) return errorPage(refused, entra.nowSeconds(), formContext(flow));
  entra.sessions.signIn(browser, account.username);
  asked.chosen = account.username;
  const organisation = tenantById(asked.authority.tenantId ?? account.tenantId)?.name ?? '';
  const { name: appName } = entra.registration;
  return adminConsentPage(formContext(flow), account, appName, organisation, asked.scopes);
}

/** The account is the one that was shown the permissions, never one named by the form. @param {AdminConsentFlow} flow */
function grant({ entra, asked, ticket }) {
  const account = entra.directory.byUsername(asked.chosen ?? '');
  if (!account) return stalePage();
  const tenantId = asked.authority.tenantId ?? account.tenantId;
  const { installedIn } = entra.registration;
  if (!installedIn.includes(tenantId)) {
    entra.registration = { ...entra.registration, installedIn: [...installedIn, tenantId] };
  }
  entra.tickets.consume(ticket);
  const scope = asked.scopes.join(' ');
  return authorizationResponse(asked, { admin_consent: 'True', tenant: tenantId, scope });
}

/** @param {AdminConsentFlow} flow */
function decline({ entra, asked, ticket }) {
  entra.tickets.consume(ticket);
  const parameters = errorOf(new EntraError(65004), entra.nowSeconds());
  return authorizationResponse(asked, { ...parameters, error: 'consent_required' });
}

/**
 * `admin_consent=True` comes with an error too: it names the flow and not its outcome. Microsoft's
 * sample has `consent_required` beside AADSTS65004, where the authorization endpoint says
 * `access_denied`: https://learn.microsoft.com/entra/identity-platform/v2-admin-consent#error-response
 * @param {EntraError} problem @param {number} nowSeconds
 */
const errorOf = (problem, nowSeconds) => ({
  admin_consent: 'True',
  ...errorParameters(problem, nowSeconds),
});

/** @param {AdminConsentFlow} flow */
const showAdministrators = (flow) =>
  pickerPage(
    formContext(flow),
    flow.entra.directory.accounts(),
    `${flow.entra.registration.name} as an administrator`,
  );

/** @param {AdminConsentFlow} flow */
const formContext = ({ asked, ticket }) => ({
  segment: asked.authority.segment,
  ticket,
  appOrigin: new URL(asked.redirectUri).origin,
});

/** "Do not use 'common'"; behind `consumers` there is no organisation. @type {import('./authorize-checks.mjs').AuthorizeCheck} */
function authorityHasAdministrators({ authority: { kind, segment } }) {
  if (kind === 'organizations' || kind === 'tenant') return;
  throw new EntraError(
    9002313,
    {},
    `/${segment} cannot give admin consent: use organizations or a tenant`,
  );
}

/** Microsoft recommends it; without it the application could not tell a forged answer. @type {import('./authorize-checks.mjs').AuthorizeCheck} */
function stateIsGiven({ params }) {
  if (!params.get('state')) throw new EntraError(900144, { parameter: 'state' });
}
