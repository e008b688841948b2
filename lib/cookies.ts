import type { Config } from './config';

/** The cookies of this app. `__Host-` binds them to this very host over https (RFC 6265bis
 * §4.1.3.2). Browsers refuse that prefix on http, which only a loopback origin may use; there the
 * port is in the name, because apps on other ports of localhost share one set of cookies. */
export function cookieNames(config: Pick<Config, 'origin'>) {
  const app = isSecure(config)
    ? '__Host-azure-auth'
    : `azure-auth-${/:(\d+)$/.exec(config.origin)?.[1] ?? 80}`;
  return {
    session: `${app}.session`,
    notice: `${app}.notice`,
    /** What somebody sent who had to confirm first that it is they. */
    form: `${app}.form`,
    /** An administrator's approval of this app: under way, or how it ended. */
    approval: `${app}.approval`,
    /** One per sign-in under way, so that two tabs do not disturb each other. */
    flow: (flowId: string) => `${app}.flow.${flowId}`,
  };
}

function isSecure(config: Pick<Config, 'origin'>): boolean {
  return config.origin.startsWith('https://');
}

/** A Set-Cookie value (RFC 6265bis): unreadable to scripts, not sent by other sites' posts.
 * @param maxAgeSeconds 0 removes the cookie */
export function setCookie(
  config: Pick<Config, 'origin'>,
  name: string,
  value: string,
  maxAgeSeconds: number,
): string {
  const secure = isSecure(config) ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The same for Next's own way of setting a cookie. */
export const setCookieOptions = (config: Pick<Config, 'origin'>, maxAgeSeconds: number) =>
  ({
    path: '/',
    maxAge: maxAgeSeconds,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(config),
  }) as const;

/** The cookies of a request by exact name; a name that merely begins alike is another cookie. */
export function readCookies(request: Pick<Request, 'headers'>): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const separator = pair.indexOf('=');
    if (separator > 0) {
      cookies.set(pair.slice(0, separator).trim(), pair.slice(separator + 1).trim());
    }
  }
  return cookies;
}
