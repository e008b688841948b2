import { isPersonal, tenantById } from './directory.mjs';
import { loginHintOf } from './id-token.mjs';

/**
 * Whom a request means:
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-the-sign-in-request
 * @typedef {import('./directory.mjs').Account} Account
 * @typedef {import('./sign-in.mjs').SignInFlow} SignInFlow
 */

/** In the order of the directory. @param {SignInFlow} flow */
export const signedInAccounts = ({ entra, browser }) =>
  entra.directory.accounts().filter(({ username }) => browser.accounts.has(username));

/** By user name, or by the value of the `login_hint` claim. @param {SignInFlow} flow */
export function hintedAccount({ entra, asked }) {
  const { loginHint } = asked;
  if (!loginHint) return undefined;
  const accounts = entra.directory.accounts();
  return (
    entra.directory.byUsername(loginHint) ?? accounts.find((one) => loginHintOf(one) === loginHint)
  );
}

/** `domain_hint` narrows the choice to one realm. @param {SignInFlow} flow @param {Account} account */
export function isOffered({ asked }, account) {
  const hint = asked.domainHint?.toLowerCase();
  if (!hint) return true;
  if (hint === 'consumers') return isPersonal(account);
  if (hint === 'organizations') return !isPersonal(account);
  const home = tenantById(account.tenantId);
  return hint === home?.domain || hint === home?.id;
}
