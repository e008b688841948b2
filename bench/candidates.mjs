/** What is compared: each in a folder of its own below peers/, set up as its documentation says. */
import { randomBytes, randomUUID } from 'node:crypto';

/**
 * @typedef {object} Places what the servers need from the bench
 * @property {string} origin of the server itself
 * @property {Record<string, string>} entra the variables that point this project at the stand-in
 * @property {string} keysUrl where the public half of `signingKey` is served
 * @property {string} signingKey a private JWK
 * @property {string} [redisUrl]
 *
 * @typedef {object} Candidate
 * @property {string} name
 * @property {string} build the folder below peers/; `app`: the project's own build
 * @property {string} title
 * @property {'peer' | 'limit' | 'ours' | 'twin'} kind
 * @property {string} twin the name of the same pages without auth
 * @property {{ page: string, json: string, signIn: string }} paths
 * @property {(places: Places) => Record<string, string>} env
 */

const secret = () => randomBytes(32).toString('hex');
const small = { page: '/protected', json: '/api/me', signIn: '/sign-in' };
const own = { page: '/account', json: '/api/me', signIn: '/auth/sign-in' };

/** @param {string} name @param {string} title @param {Candidate['env']} env @param {Candidate['kind']} [kind]
 * @returns {Candidate} */
const peer = (name, title, env, kind = 'peer') => ({
  ...{ name, title, kind, env },
  build: name,
  twin: 'no-auth',
  paths: small,
});

/** Of this project on the pages of the peers. @param {string} name @param {string} title
 * @param {Candidate['env']} env @returns {Candidate} */
const ours = (name, title, env) => ({
  ...peer(name, title, env, 'ours'),
  build: 'ours',
  paths: { ...small, signIn: '/auth/sign-in' },
});

/** @param {Places} places */
const ownEnv = ({ origin, entra }) => ({ ...entra, AUTH_URL: origin, AUTH_SECRET: secret() });

/** @type {readonly Candidate[]} */
export const candidates = [
  peer('no-auth', 'no auth: the limit', () => ({}), 'limit'),
  peer('empty-edge', 'empty edge middleware', () => ({}), 'limit'),
  peer('next-auth', 'next-auth, stock', ({ origin, entra }) => ({
    AUTH_SECRET: secret(),
    AUTH_URL: origin,
    AUTH_MICROSOFT_ENTRA_ID_ID: entra.AZURE_CLIENT_ID ?? '',
    AUTH_MICROSOFT_ENTRA_ID_SECRET: entra.AZURE_CLIENT_SECRET ?? '',
  })),
  peer('iron-session', 'iron-session', () => ({ SESSION_PASSWORD: secret() })),
  peer('nextjs-auth0', '@auth0/nextjs-auth0', ({ origin }) => ({
    APP_BASE_URL: origin,
    AUTH0_DOMAIN: 'bench.example',
    AUTH0_CLIENT_ID: randomUUID(),
    AUTH0_CLIENT_SECRET: secret(),
    AUTH0_SECRET: secret(),
  })),
  peer('authkit-nextjs', '@workos-inc/authkit-nextjs', ({ origin, keysUrl, signingKey }) => ({
    WORKOS_API_HOSTNAME: new URL(keysUrl).hostname,
    WORKOS_API_PORT: new URL(keysUrl).port,
    WORKOS_API_HTTPS: 'false',
    WORKOS_API_KEY: secret(),
    WORKOS_CLIENT_ID: 'client_bench',
    WORKOS_COOKIE_PASSWORD: secret(),
    NEXT_PUBLIC_WORKOS_REDIRECT_URI: `${origin}/callback`,
    BENCH_SIGNING_KEY: signingKey,
  })),
  peer('better-auth', 'better-auth, cookie cache', ({ origin }) => ({
    BETTER_AUTH_URL: origin,
    BETTER_AUTH_SECRET: secret(),
    MICROSOFT_CLIENT_ID: randomUUID(),
    MICROSOFT_CLIENT_SECRET: secret(),
  })),
  ours('ours', 'this project', ownEnv),
  ours('ours-redis', 'this project, revocations in Redis', (places) => ({
    ...ownEnv(places),
    ...(places.redisUrl && { REDIS_URL: places.redisUrl }),
  })),
  {
    ...{ name: 'app-twin', build: 'app-twin', title: 'the app itself, no auth', kind: 'twin' },
    ...{ twin: 'app-twin', paths: own, env: ownEnv },
  },
  {
    ...{ name: 'app', build: 'app', title: 'the app itself', kind: 'ours' },
    ...{ twin: 'app-twin', paths: own, env: ownEnv },
  },
];

/** Whom every session belongs to, as in peers/no-auth/app/person.js. */
export const personName = 'Ada Berg';
