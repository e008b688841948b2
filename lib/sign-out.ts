import 'server-only';

import { record } from './audit';
import { cookieNames, readCookies, setCookie } from './cookies';
import { withDeadline } from './deadline';
import { getProduct, judgeSession, type Product } from './product';
import { limit } from './rate-limit';
import { revokeSessions } from './revoke';
import { isFromThisSite, readForm, seeOther } from './same-site';
import type { Session } from './session-token';

/** Where Microsoft sends people after it signed them out. Must be registered as a redirect URI.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request */
const signedOutPath = '/auth/signed-out';

/** Whoever leaves does not wait long for Microsoft's address. */
const deadlineSeconds = 3;

const scopes = ['app', 'microsoft', 'everywhere'] as const;
type Scope = (typeof scopes)[number];

/** `POST /auth/sign-out`: ends the session for good, here (`scope=app`), at Microsoft too
 * (`microsoft`), or every session of this person in this app (`everywhere`). Microsoft or the store
 * being down never keeps anyone signed in. */
export async function endSession(request: Request): Promise<Response> {
  const product = getProduct();
  const { config } = product;
  const tooMany = await limit('sign-out', request, '/');
  if (tooMany) return tooMany;
  if (!isFromThisSite(request, config)) return seeOther(`${config.origin}/`);

  const asked = (await readForm(request)).get('scope');
  const scope = scopes.find((each) => each === asked) ?? 'app';
  const names = cookieNames(config);
  const cookies = readCookies(request);
  const { session } = await judgeSession(cookies.get(names.session));
  if (session) {
    const { tenantId } = session.identity;
    record({ event: 'sign_out', tenantId, sessionId: session.sessionId, scope });
  }
  const [isEverywhere, microsoftUrl] = await Promise.all([
    session ? revoke(product, session, scope) : true,
    scope === 'microsoft' && endSessionUrl(product, session?.identity.signOutHint),
  ]);
  const everywhere =
    scope === 'everywhere' && session ? `?everywhere=${isEverywhere ? 'yes' : 'later'}` : '';
  const response = seeOther(
    microsoftUrl || config.origin + signedOutPath + everywhere,
    [...cookies.keys()]
      .filter((name) => name.startsWith(names.flow('')))
      .concat(names.session, names.notice, names.form)
      .map((name) => setCookie(config, name, '', 0)),
  );
  // Pages of the session that ended must not come back with the Back button.
  response.headers.set('clear-site-data', '"cache", "storage"');
  return response;
}

/** A copy of the cookie, or one that an answer under way still sets, is worth nothing afterwards. */
function revoke({ config, revocations }: Product, session: Session, scope: Scope) {
  const { sessionId, expiresAtSeconds, identity } = session;
  if (scope !== 'everywhere') {
    return revocations.revoke({ kind: 'session', sessionId }, expiresAtSeconds);
  }
  const { tenantId, objectId } = identity;
  return revokeSessions(revocations, { kind: 'person', tenantId, objectId }, config);
}

/** OpenID Connect RP-Initiated Logout 1.0 §2. The hint spares people Microsoft's question which
 * account to sign out; it is the opaque claim and never a user name. */
async function endSessionUrl({ config, provider }: Product, hint: string | undefined) {
  try {
    const metadata = await withDeadline(provider.metadata(), deadlineSeconds);
    const url = new URL(metadata.endSessionEndpoint);
    url.searchParams.set('post_logout_redirect_uri', config.origin + signedOutPath);
    if (hint) url.searchParams.set('logout_hint', hint);
    return url.href;
  } catch {
    record({ event: 'provider.unavailable', stage: 'metadata', reason: 'sign_out' });
    return `${config.origin}${signedOutPath}?microsoft=unreachable`;
  }
}
