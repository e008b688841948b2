import { framedPath } from '../lib/security-headers.mjs';
import { callbackPath } from '../lib/transport';

/** Where Microsoft sends browsers back to, and after what.
 * @see https://learn.microsoft.com/entra/identity-platform/reply-url */
export const returnPaths = [
  { path: callbackPath, use: 'after signing in' },
  { path: '/auth/signed-out', use: 'after signing out of Microsoft too' },
  { path: '/auth/approve/done', use: 'after an administrator’s approval' },
] as const;

/** Development's origin. Microsoft ignores the port of localhost.
 * @see https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions */
export const localOrigin = 'http://localhost';

/** Every redirect URI to register for these origins. */
export function redirectUrisOf(origins: readonly string[]): string[] {
  return origins.flatMap((origin) => returnPaths.map(({ path }) => `${origin}${path}`));
}

/** Where Microsoft tells the app that somebody signed out there. It must be https, so there is none
 * to register for development.
 * @see https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation#validation-differences */
export const frontChannelLogoutUrlOf = (origin: string) => origin + framedPath;
