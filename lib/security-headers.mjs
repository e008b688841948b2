/** Headers of every response, those that the middleware never sees included. On pages it replaces
 * the Content-Security-Policy below by one with a nonce; without it, pages work as plain HTML. Not
 * TypeScript, because next.config.mjs reads it too. */
export const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'",
  'Reporting-Endpoints': 'csp="/csp-report"',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not `no-referrer`: browsers would then send `Origin: null` with our own form posts.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
};

/** Microsoft's sign-out page opens this path in a frame; its route says who may (lib/front-channel.ts). */
export const framedPath = '/authorization-code/front-channel-logout';

/** Of the headers above, those that keep a page out of frames, whoever opens them. */
export const framingHeaders = [
  'Content-Security-Policy',
  'X-Frame-Options',
  'Cross-Origin-Opener-Policy',
  'Cross-Origin-Resource-Policy',
];
