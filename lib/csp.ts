import type { Config } from './config';

/** A value that no attacker can guess: 128 bits, new for every response (CSP3 §2.3.1). */
export function createNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/** The Content-Security-Policy of a page, by its nonce. Scripts run by nonce alone. Forms may lead to
 * any https address: Chromium applies `form-action` to every redirect after a form, and Microsoft
 * sends people on to hosts that nobody can list (docs/decisions/0006). */
export function createContentSecurityPolicy(
  { origin, authority }: Pick<Config, 'origin' | 'authority'>,
  development: boolean,
): (nonce: string) => string {
  // React's development build evaluates code and injects styles; its bundle is never deployed.
  const script = development ? " 'unsafe-eval'" : '';
  // Whoever came under another name of this machine (127.0.0.1, www) is led to this one by a form.
  const name = origin.startsWith('http:') ? ` ${origin}` : '';
  const rest = [
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action 'self'${name} ${authority.locationOrigin} https:`,
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    ...(origin.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
    'report-to csp', // the endpoint is named by Reporting-Endpoints in next.config.mjs
  ].join('; ');
  return (nonce) => {
    const style = development ? "'unsafe-inline'" : `'nonce-${nonce}'`;
    return `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'${script}; style-src 'self' ${style}; ${rest}`;
  };
}
