import { fileURLToPath } from 'node:url';

/** Headers of every response, those that the middleware never sees included. On pages it replaces
 * the Content-Security-Policy below by one with a nonce; without it, pages work as plain HTML. */
const securityHeaders = {
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

const root = fileURLToPath(new URL('.', import.meta.url));

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: root, // not a parent folder that happens to hold a lock file
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  devIndicators: false,
  images: { unoptimized: true }, // unused, and an attack surface of its own
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  skipProxyUrlNormalize: true, // lets the gate see that a request is React's and not a document
  experimental: { authInterrupts: true }, // unauthorized(): 401 from a route handler
  logging: {
    // The development log prints URLs, and the callback's carries an authorization code.
    incomingRequests: { ignore: [/^\/authorization-code\//] },
  },
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
    },
  ],
};

if (config.basePath) {
  throw new Error(
    'basePath is not supported: the redirect URI and the cookies belong to a whole origin. Give the app a host name of its own.',
  );
}

export default config;
