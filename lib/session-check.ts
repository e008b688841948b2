import 'server-only';

import { record } from './audit';
import { cookieNames, readCookies, setCookie } from './cookies';
import { partFromSession } from './ended-session';
import { openFlows } from './flow';
import { judgeAdmission, requirementOfPath } from './judge-admission';
import { getProduct, judgeSession } from './product';
import { limit } from './rate-limit';
import { refuse } from './refuse';
import { confirmPath, parseReturnTo } from './return-to';
import { seeOther } from './same-site';
import { SignInError } from './sign-in-error';

/** `GET /auth/session`: where pages send people whose session they did not accept. Drops its cookie,
 * which a page cannot, and sends them on: to sign in, to why they may not, or back where they were
 * when the session is good after all. Changes nothing for who comes here without need. */
export async function checkSession(request: Request): Promise<Response> {
  const tooMany = await limit('session', request, '/');
  if (tooMany) return tooMany;
  const product = getProduct();
  const { config, sealers, nowSeconds } = product;
  const returnTo = parseReturnTo(new URL(request.url).searchParams.get('returnTo'));
  const all = readCookies(request);
  const names = cookieNames(config);
  const { session, reason } = await judgeSession(all.get(names.session));
  if (session) {
    const refusal = await judgeAdmission(session, requirementOfPath(returnTo));
    if (!refusal) return seeOther(config.origin + returnTo);
    if (refusal.kind === 'confirm') return seeOther(config.origin + confirmPath(returnTo));
    const { code, reason } = refusal;
    const { tenantId } = session.identity;
    const error = new SignInError(code, { reason, stage: 'page', tenantId });
    return refuse(product, error, returnTo, []);
  }
  const { location, cookies, incidentId } = await partFromSession(
    config,
    sealers.notice,
    { reason, returnTo },
    nowSeconds(),
  );
  if (reason !== 'no_session') {
    record({ event: 'session.invalid', reason, ...(incidentId && { incidentId }) });
  }
  // The browser did keep its session: the sign-ins that led to it are no sign that it does not.
  const flows = await openFlows(
    sealers.flow,
    [...all].filter(([name]) => reason === 'revoked' && name.startsWith(names.flow(''))),
  );
  const done = flows.filter(({ flow }) => flow?.completed);
  return seeOther(location, [
    ...cookies,
    ...done.map(({ name }) => setCookie(config, name, '', 0)),
  ]);
}
