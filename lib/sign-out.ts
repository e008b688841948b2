import 'server-only';

import { record } from './audit';
import { getProduct, type Product } from './auth';
import { cookieNames, readCookies, setCookie } from './cookies';
import { readSession } from './gate';
import { limit } from './rate-limit';
import { isFromThisSite, readForm, seeOther } from './same-site';

/** Where Microsoft sends people after it signed them out. Must be registered as a redirect URI.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request */
export const signedOutPath = '/auth/signed-out';

/** `POST /auth/sign-out`: ends the session here, and at Microsoft where the form says
 * `scope=microsoft`. Microsoft being down never keeps anyone signed in. */
export async function endSession(request: Request): Promise<Response> {
  const product = getProduct();
  const { config, sealers, nowSeconds } = product;
  const tooMany = await limit('sign-out', request, '/');
  if (tooMany) return tooMany;
  if (!isFromThisSite(request, config)) return seeOther(`${config.origin}/`);

  const scope = (await readForm(request)).get('scope') === 'microsoft' ? 'microsoft' : 'app';
  const names = cookieNames(config);
  const cookies = readCookies(request);
  const cookie = cookies.get(names.session);
  const { session } = await readSession(config, sealers.session, cookie, nowSeconds());
  if (session) {
    const { tenantId } = session.identity;
    record({ event: 'sign_out', tenantId, sessionId: session.sessionId, scope });
  }
  const response = seeOther(
    scope === 'microsoft'
      ? await endSessionUrl(product, session?.identity.signOutHint)
      : config.origin + signedOutPath,
    [...cookies.keys()]
      .filter((name) => name.startsWith(names.flow('')))
      .concat(names.session, names.notice)
      .map((name) => setCookie(config, name, '', 0)),
  );
  // Pages of the session that ended must not come back with the Back button.
  response.headers.set('clear-site-data', '"cache", "storage"');
  return response;
}

/** OpenID Connect RP-Initiated Logout 1.0 §2. The hint spares people Microsoft's question which
 * account to sign out; it is the opaque claim and never a user name. */
async function endSessionUrl({ config, provider }: Product, hint: string | undefined) {
  try {
    const url = new URL((await provider.metadata()).endSessionEndpoint);
    url.searchParams.set('post_logout_redirect_uri', config.origin + signedOutPath);
    if (hint) url.searchParams.set('logout_hint', hint);
    return url.href;
  } catch {
    record({ event: 'provider.unavailable', stage: 'metadata', reason: 'sign_out' });
    return `${config.origin}${signedOutPath}?microsoft=unreachable`;
  }
}
