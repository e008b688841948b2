import { fileURLToPath } from 'node:url';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';
import { framedPath, securityHeaders } from './lib/security-headers.mjs';

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
  serverExternalPackages: ['@azure/identity'], // imported at run time, and only where it is configured
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
      source: `/:path((?!${framedPath.slice(1)}$).*)`,
      headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
    },
  ],
};

if (config.basePath) {
  throw new Error(
    'basePath is not supported: the redirect URI and the cookies belong to a whole origin. Give the app a host name of its own.',
  );
}

/** Files that end in `.dev.ts(x)` are routes while `next dev` runs, and unknown to every build.
 * @param {string} phase */
export default (phase) =>
  phase === PHASE_DEVELOPMENT_SERVER
    ? { ...config, pageExtensions: ['dev.tsx', 'dev.ts', 'tsx', 'ts'] }
    : { ...config, pageExtensions: ['tsx', 'ts'] };
