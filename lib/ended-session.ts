import type { Config } from './config';
import { cookieNames, setCookie } from './cookies';
import { noticeLifetimeSeconds, sealNotice } from './notice';
import { signInPath } from './return-to';
import type { Sealer } from './sealer';
import type { SignInErrorCode } from './sign-in-error';

/** Why a session was ended that was good when it began: people read it instead of the sign-in page. */
const codes: Readonly<Record<string, SignInErrorCode>> = {
  tenant_removed: 'tenant_not_allowed',
  guest: 'guest_not_allowed',
};

/** The Set-Cookie value that ends a session in its browser. */
export const dropSession = (config: Pick<Config, 'origin'>) =>
  setCookie(config, cookieNames(config).session, '', 0);

/** How a browser is parted from a session that was not accepted: its cookie goes, and whoever looks
 * at the answer is sent on.
 * @returns the address to send people to, what to set, and the number that page and log share */
export async function partFromSession(
  config: Pick<Config, 'origin'>,
  notice: Sealer,
  { reason, returnTo }: { reason: string; returnTo: string },
  nowSeconds: number,
): Promise<{ location: string; cookies: string[]; incidentId?: string }> {
  const cookies = reason === 'no_session' ? [] : [dropSession(config)];
  const code = codes[reason];
  if (!code) return { location: config.origin + signInPath(returnTo), cookies };
  const incidentId = crypto.randomUUID().slice(0, 8);
  const sealed = await sealNotice(notice, { code, incidentId, returnTo }, nowSeconds);
  return {
    location: `${config.origin}/auth/denied`,
    cookies: [
      ...cookies,
      setCookie(config, cookieNames(config).form, '', 0),
      setCookie(config, cookieNames(config).notice, sealed, noticeLifetimeSeconds),
    ],
    incidentId,
  };
}
