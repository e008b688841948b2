import { EntraError } from './aadsts.mjs';

/**
 * `max_age`: how long ago the person may have signed in (OpenID Connect Core 1.0, section 3.1.2.1).
 * Microsoft does not document it for version 2.0
 * (https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-the-sign-in-request),
 * but acts on it: https://github.com/MicrosoftDocs/azure-docs/issues/51307. The number is our reading.
 * @param {URLSearchParams} params @returns {number | null} null: any sign-in is recent enough
 */
export function maxAgeSecondsOf(params) {
  const value = params.get('max_age');
  if (value === null) return null;
  if (/^(0|[1-9]\d{0,9})$/.test(value)) return Number(value);
  throw new EntraError(90100, { parameter: 'max_age' }, 'max_age must be whole seconds');
}

/**
 * Must the person sign in, whoever is signed in already? "max_age=0 is equivalent to prompt=login"
 * (OpenID Connect Core 1.0, section 3.1.2.1), so zero asks in the very second of a sign-in too.
 * @param {import('./sign-in.mjs').SignInFlow} flow @param {import('./directory.mjs').Account} account
 */
export function needsFreshSignIn({ entra, browser, asked }, account) {
  const { prompt, maxAgeSeconds } = asked;
  const session = browser.accounts.get(account.username);
  if (!session || prompt === 'login' || maxAgeSeconds === 0) return true;
  return maxAgeSeconds !== null && entra.nowSeconds() - session.authTimeSeconds > maxAgeSeconds;
}
