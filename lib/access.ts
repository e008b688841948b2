import type { Policy } from './route-policy';
import type { TenantRule } from './tenant-rules';

/** The three tables that a fork edits: who is what, who may come in, and to which page. Checked
 * when the app starts (lib/access-check.ts), asked at every request, printed by `npm run access`.
 * docs/access.md has a recipe for most wishes. */

/** The app roles that this app knows, each with what it is for. Registered under the same value at
 * Microsoft; what is not here counts for nothing.
 * @see https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps */
export const roles = {
  Admin: 'Sees the rules in force, the health of the app and the latest sign-in decisions.',
} as const satisfies Readonly<Record<string, string>>;

/** What there is to say about a tenant beyond being listed. It lets nobody in by itself: that is
 * what AZURE_VALID_TENANT_IDS does. The first two tenants are the stand-in's. */
export const tenants: Readonly<Record<string, TenantRule>> = {
  '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61': { label: 'Contoso', roles: ['Admin'] },
  'b27d94e0-51fc-4a38-8e6b-0c93d7a5f184': { label: 'Fabrikam' },
  '9188040d-6c67-4c5b-b112-36a304b66dad': { label: 'Personal Microsoft account' },
};

/** The set-up page lives in `next dev` alone and has a lock of its own (setup/door.ts). */
const setup: Policy = process.env.NODE_ENV === 'development' ? 'public' : 'absent';

/** The route policy. Paths are exact, so a new page is closed until it is listed here, and a build
 * with a page that is not listed fails. `/docs/*` speaks of everything below `/docs`, and not of `/docs`
 * itself: that needs a line of its own. */
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
  '/auth/confirm': 'public',
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
  '/admin': { role: 'Admin', certain: true },
  '/api/me': 'signed-in',
  '/api/session': 'signed-in',
};
