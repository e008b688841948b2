import 'server-only';

import { record } from './audit';
import { cookieNames, setCookie } from './cookies';
import type { Trace } from './flight';
import { noticeLifetimeSeconds, sealNotice } from './notice';
import type { Product } from './product';
import { seeOther } from './same-site';
import { isDenial, SignInError } from './sign-in-error';

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

/** Where an unforeseen error came from, without its message: that may hold anything. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

/** Ends a sign-in without a session: one line in the log, and a page that explains. An earlier
 * session stays as it was.
 * @param setCookies what else the browser is to keep or drop
 * @param trace is told of it */
export async function refuse(
  { config, sealers, nowSeconds }: Product,
  error: unknown,
  returnTo: string,
  setCookies: readonly string[],
  trace?: Trace,
): Promise<Response> {
  const incidentId = crypto.randomUUID().slice(0, 8);
  trace?.({ step: 'refused', error, incidentId });
  const { code, detail, account, cause } =
    error instanceof SignInError
      ? error
      : new SignInError('unknown', { reason: nameOf(error) }, undefined, error);
  if (cause) console.error(`Incident ${incidentId}: ${nameOf(cause)}\n${framesOf(cause)}`);
  const denied = isDenial(code);
  if (detail.stage === 'page') {
    const path = returnTo.split('?')[0]?.slice(0, 200) ?? '/';
    record({
      event: 'gate.deny',
      method: 'GET',
      path,
      reason: detail.reason ?? code,
      code,
      ...(detail.tenantId && { tenantId: detail.tenantId }),
      incidentId,
    });
  } else if (denied || (detail.stage === 'policy' && code === 'not_assigned')) {
    record({ event: 'sign_in.denied', incidentId, code, ...detail });
  } else if (code === 'provider_unavailable') {
    record({ event: 'provider.unavailable', incidentId, ...detail });
  } else {
    record({ event: 'sign_in.failed', incidentId, code, ...detail });
  }
  const notice = await sealNotice(
    sealers.notice,
    { code, incidentId, correlationId: detail.correlationId, returnTo, account },
    nowSeconds(),
  );
  // Where no cookie came, the notice may not stick either: the page then reads this instead.
  const noCookie = detail.reason === 'check_cookie_missing' ? '?cookies=none' : '';
  return seeOther(config.origin + (denied ? '/auth/denied' : `/auth/error${noCookie}`), [
    ...setCookies,
    setCookie(config, cookieNames(config).notice, notice, noticeLifetimeSeconds),
  ]);
}
