import { tenantById } from './directory.mjs';

/**
 * Conditional Access authentication contexts:
 * https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context
 * @typedef {import('./directory.mjs').Account} Account
 * @typedef {import('./directory.mjs').AuthContext} AuthContext
 * @typedef {import('./sign-in.mjs').SignInFlow} SignInFlow
 */

/**
 * What still stands between the person and the context that was asked for. Undefined for a context
 * that the tenant does not have: Microsoft does not say what happens then, so here the sign-in goes on
 * and the token does without.
 * @param {SignInFlow} flow @param {Account} account @param {string} tenantId the token's
 * @returns {AuthContext | undefined}
 */
export const contextToSatisfy = (flow, account, tenantId) =>
  contextsOf(tenantId).find(
    (context) =>
      context.id === flow.asked.context && !isSatisfied(flow, account, tenantId, context),
  );

/**
 * What the person did holds for as long as they are signed in here; that a session remembers it, and
 * for how long, is our assumption. @param {SignInFlow} flow @param {Account} account
 * @param {string} tenantId @param {AuthContext} context
 */
export const satisfyContext = ({ browser }, account, tenantId, context) =>
  browser.accounts.get(account.username)?.satisfied.add(keyOf(tenantId, context));

/**
 * The values of the `acrs` claim. "If a resource provider doesn't opt in to the optional 'acrs' claim,
 * the only way to get an ACRS in the token will be to explicitly ask for it"; who opts in gets all
 * that are satisfied (the guide's "opportunistic evaluation").
 * @param {SignInFlow} flow @param {Account} account @param {string} tenantId the token's
 */
export function acrsOf(flow, account, tenantId) {
  const isOptedIn = flow.entra.registration.optionalClaims.includes('acrs');
  return contextsOf(tenantId)
    .filter((context) => isSatisfied(flow, account, tenantId, context))
    .map(({ id }) => id)
    .filter((id) => isOptedIn || id === flow.asked.context);
}

/**
 * "If no Conditional Access policy is assigned to an ACRS value the claim may still be issued, because
 * all policy requirements have been satisfied."
 * @param {SignInFlow} flow @param {Account} account @param {string} tenantId @param {AuthContext} context
 */
function isSatisfied({ browser }, account, tenantId, context) {
  const session = browser.accounts.get(account.username);
  return !context.hasPolicy || (session?.satisfied.has(keyOf(tenantId, context)) ?? false);
}

/** Every tenant has its own: `c1` of one says nothing in another. @param {string} tenantId @param {AuthContext} context */
const keyOf = (tenantId, { id }) => `${tenantId} ${id}`;

/** @param {string} tenantId */
const contextsOf = (tenantId) => tenantById(tenantId)?.contexts ?? [];
