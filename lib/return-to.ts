const base = 'https://app.invalid';
/** Paths of the sign-in itself: returning to them would loop or replay. */
const signInPaths = /^\/(auth|authorization-code)(\/|$)/;

/** The longest return path that is kept, in characters: it travels in a cookie. */
export const maxReturnToLength = 2048;

/** A path of this app that is safe to redirect to; "/" for anything else, so that a sign-in link
 * can never send people to another site (CWE-601). */
export function parseReturnTo(value: unknown): string {
  if (typeof value !== 'string' || value.length > maxReturnToLength) return '/';
  // Backslashes and control characters are read as "/" or dropped by browsers (WHATWG URL §4.4).
  if (!value.startsWith('/') || /[\\\p{Cc}]/u.test(value)) return '/';
  if (!URL.canParse(value, base)) return '/';
  const url = new URL(value, base);
  // "/.//evil.example" parses to the path "//evil.example", which a browser takes for a host.
  if (url.origin !== base || url.pathname.startsWith('//')) return '/';
  if (signInPaths.test(url.pathname)) return '/';
  const path = url.pathname + url.search + url.hash;
  return path.length > maxReturnToLength ? '/' : path;
}

/** The sign-in page's address that brings a person back to `returnTo`. */
export function signInPath(returnTo: string): string {
  return returnTo === '/'
    ? '/auth/sign-in'
    : `/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`;
}

/** The page on which people confirm that it is they. */
export function confirmPath(returnTo: string): string {
  return `/auth/confirm?returnTo=${encodeURIComponent(returnTo)}`;
}

/** Where a page sends whoever may not open it, or brings a session that is over: a page cannot drop
 * a cookie or say why. */
export function sessionPath(returnTo: string): string {
  return `/auth/session?returnTo=${encodeURIComponent(returnTo)}`;
}
