/** Who may open a route; `absent`: nobody, there is nothing. `signed-in-certain` is closed to all
 * while the store of revocations is away: a session that was ended elsewhere could not be told. */
export type Policy = 'public' | 'signed-in' | 'signed-in-certain' | 'absent';

/** Whether a route is for people with a session alone. */
export const needsSession = (policy: Policy) =>
  policy === 'signed-in' || policy === 'signed-in-certain';

/** The set-up page lives in `next dev` alone and has a lock of its own (setup/door.ts). */
const setup: Policy = process.env.NODE_ENV === 'development' ? 'public' : 'absent';

/** The route policy: the one table that a fork edits. Paths are exact, so a new page is closed
 * until it is listed here; `/*` at the end would open everything below. */
export const access: Readonly<Record<string, Policy>> = {
  '/': 'public',
  '/icon.svg': 'public',
  '/favicon.ico': 'absent', // some browsers ask for it
  '/healthz': 'public',
  '/readyz': 'public',
  '/csp-report': 'public',

  '/auth/sign-in': 'public',
  '/auth/start': 'public',
  '/authorization-code/callback': 'public',
  '/authorization-code/front-channel-logout': 'public',
  '/auth/session': 'public',
  '/auth/denied': 'public',
  '/auth/error': 'public',
  '/auth/sign-out': 'public',
  '/auth/signed-out': 'public',
  '/auth/revoke': 'public', // a sealed command opens it, and nothing else
  '/auth/approve': 'public',
  '/auth/approve/start': 'public',
  '/auth/approve/done': 'public',
  '/auth/approve/result': 'public',

  '/api/auth/*': 'absent', // Auth.js's own paths, which do not exist here (lib/auth-js.ts)

  '/setup': setup,
  '/setup/*': setup,

  '/account': 'signed-in',
  '/api/me': 'signed-in',
  '/api/session': 'signed-in',
};

/** The policy of a path as the browser asked for it: its own entry, else the longest `/*` entry
 * above it, else closed. */
export function policyOf(pathname: string, table = access): Policy {
  if (Object.hasOwn(table, pathname)) return table[pathname] as Policy;
  for (let end = pathname.lastIndexOf('/'); end >= 0; end = pathname.lastIndexOf('/', end - 1)) {
    const wildcard = `${pathname.slice(0, end)}/*`;
    if (Object.hasOwn(table, wildcard)) return table[wildcard] as Policy;
    if (end === 0) break;
  }
  return 'signed-in';
}
