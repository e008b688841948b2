import { callbackPath } from '../lib/transport';

/** Where Microsoft sends browsers back to: after the sign-in, after the sign-out and after an
 * administrator's approval.
 * @see https://learn.microsoft.com/entra/identity-platform/reply-url */
const paths = [callbackPath, '/auth/signed-out', '/auth/approve/done'];

/** Development's origin. Microsoft ignores the port of localhost.
 * @see https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions */
export const localOrigin = 'http://localhost';

/** Every redirect URI to register for these origins. */
export function redirectUrisOf(origins: readonly string[]): string[] {
  return origins.flatMap((origin) => paths.map((path) => `${origin}${path}`));
}
