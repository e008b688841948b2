import { EntraError } from './aadsts.mjs';
import { isPersonal, membershipIn, tenantById } from './directory.mjs';

/**
 * @typedef {object} AccountCheckContext
 * @property {import('./entra.mjs').Entra} entra
 * @property {import('./authority.mjs').Authority} authority
 * @property {import('./directory.mjs').Account} account
 * @typedef {(context: AccountCheckContext) => void} AccountCheck throws an EntraError
 */

/** May this account sign in at this authority at all? @type {AccountCheck[]} */
export const AUTHORITY_CHECKS = [
  personalAccountsAreServed,
  workAccountsAreServed,
  accountIsInTenant,
];

/** Everything that keeps a person on the provider's page. @type {AccountCheck[]} */
export const ACCOUNT_CHECKS = [...AUTHORITY_CHECKS, accountIsAssigned];

/** @param {AccountCheckContext} context */
export function fitsAuthority(context) {
  try {
    for (const check of AUTHORITY_CHECKS) check(context);
    return true;
  } catch {
    return false;
  }
}

/** "organizations: only users with work or school accounts": https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints @type {AccountCheck} */
function personalAccountsAreServed({ entra, authority, account }) {
  if (!isPersonal(account)) return;
  const isInvited = authority.tenantId !== null && membershipIn(account, authority.tenantId);
  const hasAudience = entra.registration.signInAudience !== 'AzureADMultipleOrgs';
  if (isInvited || (authority.kind === 'common' && hasAudience)) return;
  throw new EntraError(500200, { username: account.username });
}

/** "consumers: only users with a personal Microsoft account." @type {AccountCheck} */
function workAccountsAreServed({ authority, account }) {
  if (authority.kind === 'consumers' && !isPersonal(account)) throw new EntraError(500208);
}

/** https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-aadsts50020-user-account-identity-provider-does-not-exist @type {AccountCheck} */
function accountIsInTenant({ entra, authority, account }) {
  if (authority.tenantId === null || membershipIn(account, authority.tenantId)) return;
  throw new EntraError(50020, {
    username: account.username,
    issuer: entra.names.issuerOf(account.tenantId),
    tenant: tenantById(authority.tenantId)?.name ?? '',
    clientId: entra.registration.clientId,
  });
}

/** https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-aadsts50105-user-not-assigned-role @type {AccountCheck} */
function accountIsAssigned({ entra, account }) {
  if (account.isAssigned) return;
  const { clientId, name: appName } = entra.registration;
  throw new EntraError(50105, { clientId, appName, username: account.username });
}
