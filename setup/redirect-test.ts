import { createHash, randomBytes } from 'node:crypto';
import type { Authority } from '../lib/authority';
import { aadstsOfPage, couldNotTell } from './aadsts-answer';
import { appInAdminCenter, appRegistrationsUrl } from './admin-center';
import { ask, type Tools, type Unclear } from './ask';
import { isNoTenant, type NoTenant, noTenantFrom } from './discovery-test';
import type { Finding } from './finding';

/** What the authorization endpoint does with our redirect URI. */
export type RedirectVerdict =
  | Unclear
  | NoTenant
  | { kind: 'registered' | 'redirect_uri_not_registered' | 'account_type' | 'app_unknown' };

/** Numbers of pages: https://learn.microsoft.com/entra/identity-platform/reference-error-codes; 9002346
 * is what people report. */
const kindByNumber: Readonly<
  Record<number, 'redirect_uri_not_registered' | 'account_type' | 'app_unknown'>
> = {
  700016: 'app_unknown',
  50011: 'redirect_uri_not_registered',
  900971: 'redirect_uri_not_registered',
  50194: 'account_type',
  9002332: 'account_type',
  9002346: 'account_type',
};

function verdictOf(aadsts: number | undefined): RedirectVerdict {
  const kind = aadsts === undefined ? undefined : kindByNumber[aadsts];
  return kind ? { kind } : (noTenantFrom(aadsts) ?? { kind: 'unknown', aadsts });
}

/** Whether an answer was sent to our redirect URI, as a refusal of this very request. */
function isOurs(location: string, redirectUri: string, state: string): boolean {
  if (!URL.canParse(location)) return false;
  const { origin, pathname, searchParams } = new URL(location);
  const expected = new URL(redirectUri);
  const isThere = origin === expected.origin && pathname === expected.pathname;
  return isThere && searchParams.has('error') && searchParams.get('state') === state;
}

const random = () => randomBytes(32).toString('base64url');

/** Asks to sign in without a page and without a session: "not signed in" comes back to the redirect
 * URI only where it is registered, everything else stays on a page of Microsoft's. Microsoft documents
 * both answers, but not that they may be used so: a probe, of which only the expected answers count.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code */
export async function testRedirectUri(
  {
    clientId,
    authority,
    redirectUri,
  }: { clientId: string; authority: Authority; redirectUri: string },
  { fetch }: Tools,
): Promise<RedirectVerdict> {
  const state = random();
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    response_mode: 'query',
    scope: 'openid profile email',
    redirect_uri: redirectUri,
    state,
    nonce: random(),
    code_challenge: createHash('sha256').update(random()).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'none',
  });
  const { locationOrigin, segment } = authority;
  const url = `${locationOrigin}/${segment}/oauth2/v2.0/authorize?${query}`;
  const asked = await ask(fetch, url, { credentials: 'omit' }, false);
  if (asked.kind === 'network') return asked;
  const { status, headers, text } = asked.answer;
  const isRedirect = status === 302 || status === 303;
  if (isRedirect && isOurs(headers.get('location') ?? '', redirectUri, state)) {
    return { kind: 'registered' };
  }
  return verdictOf(aadstsOfPage(text));
}

const accountTypes: Readonly<Record<string, string>> = {
  common: 'any organizational directory and personal Microsoft accounts',
  consumers: 'personal Microsoft accounts',
};

/** What the probe says. A network fault and an app that is not known are told elsewhere.
 * @param isTenantMissing whether it is told elsewhere that a tenant does not exist */
export function redirectFindings(
  verdict: RedirectVerdict,
  { segment }: Authority,
  isTenantMissing: boolean,
): Finding[] {
  const subject = 'Redirect URI';
  const { kind } = verdict;
  if (kind === 'network' || kind === 'app_unknown') return [];
  if (isNoTenant(verdict) && isTenantMissing) return [];
  if (kind === 'registered') {
    const says = 'A probe without signing in came back to the redirect URI, so it is registered.';
    return [{ code: 'redirect_uri_registered', status: 'ok', subject, says }];
  }
  if (kind === 'unknown' || isNoTenant(verdict)) {
    const aadsts = kind === 'unknown' ? verdict.aadsts : undefined;
    return [couldNotTell(subject, 'the probe whether the redirect URI is registered', aadsts)];
  }
  const failed = { code: kind, status: 'fail', link: appRegistrationsUrl } as const;
  if (kind === 'redirect_uri_not_registered') {
    const says = 'A probe without signing in was stopped: the redirect URI is not registered.';
    const next = `Add it, letter by letter, to the platform Web: ${appInAdminCenter} > Authentication.`;
    return [{ ...failed, subject, says, next }];
  }
  const wanted = accountTypes[segment] ?? 'any organizational directory';
  const says = 'The application is registered for other accounts than those of the tenants listed.';
  const next = `Choose "${wanted}" as supported account types: ${appInAdminCenter} > Authentication.`;
  return [{ ...failed, subject: 'Account type', says, next }];
}
