import 'server-only';

import { cookies, headers } from 'next/headers';
import { redirect, unauthorized } from 'next/navigation';
import { cache } from 'react';
import { policyOf } from './access';
import { record } from './audit';
import type { CreateClientAssertion } from './client-assertion';
import { createClientAssertions, createCredentialExpiry } from './client-certificate';
import { type Config, parseConfig } from './config';
import { cookieNames } from './cookies';
import { type CredentialHealth, createCredentialHealth } from './credential-health';
import { type Reading, readSession } from './gate';
import type { Identity } from './identity';
import { type Notice, openNotice } from './notice';
import { createProvider, type Provider } from './provider-metadata';
import { sessionPath, signInPath } from './return-to';
import type { RevocationStore } from './revocation-store';
import { revocationsOf } from './revocations';
import { createSealer, type Purpose, type Sealer } from './sealer';
import type { Session } from './session-token';

/** The parts of the running app, made once from the environment. */
export type Product = {
  config: Config;
  provider: Provider;
  createAssertion: CreateClientAssertion | undefined;
  sealers: Record<Purpose, Sealer>;
  nowSeconds: () => number;
  credentials: CredentialHealth;
  revocations: RevocationStore;
  /** When the app's credential expires, where that is known. */
  credentialExpiry: () => number | undefined;
};

const nowSeconds = () => Math.floor(Date.now() / 1000);
let product: Product | undefined;

/** The composition root. Made at the first use and not at import, so that `next build` needs no
 * secret and one build serves every environment.
 * @throws ConfigError while the environment is broken: nothing is served without it */
export function getProduct(): Product {
  if (product) return product;
  const config = parseConfig(process.env);
  const { secrets } = config;
  // Auth.js reads it too, and NEXTAUTH_URL where it is missing: both get what was checked here.
  process.env.AUTH_URL = config.origin;
  product = {
    config,
    provider: createProvider(
      config.authority,
      fetch,
      nowSeconds,
      (stage) => record({ event: 'provider.unavailable', stage, reason: 'renewal_failed' }),
      () => record({ event: 'provider.warning', reason: 'key_without_issuer' }),
    ),
    createAssertion: createClientAssertions(config, nowSeconds, (problem) =>
      record({ event: 'config.error', ...problem }),
    ),
    sealers: {
      session: createSealer(secrets, 'session', config),
      flow: createSealer(secrets, 'flow', config),
      notice: createSealer(secrets, 'notice', config),
      approval: createSealer(secrets, 'approval', config),
      command: createSealer(secrets, 'command', config),
    },
    nowSeconds,
    credentials: createCredentialHealth(),
    revocations: revocationsOf(config),
    credentialExpiry: createCredentialExpiry(config, nowSeconds),
  };
  return product;
}

/** What a session cookie is worth: the gate's own check, and whether it was ended before its time. */
export function judgeSession(cookie: string | undefined): Promise<Reading> {
  const { config, sealers, revocations } = getProduct();
  return readSession(config, sealers.session, cookie, nowSeconds(), revocations.hasEnded);
}

/** Judged once per request, however many components ask. */
const currentReading = cache(async (): Promise<Reading> => {
  const name = cookieNames(getProduct().config).session;
  return judgeSession((await cookies()).get(name)?.value);
});

/** The session of the request that is being answered. */
export async function currentSession(): Promise<Session | undefined> {
  return (await currentReading()).session;
}

/** Why the last sign-in was refused, for the page that explains it. */
export async function currentNotice(): Promise<Notice | undefined> {
  const { config, sealers } = getProduct();
  const cookie = (await cookies()).get(cookieNames(config).notice)?.value;
  return openNotice(sealers.notice, cookie, nowSeconds());
}

/** Who is signed in. Every page, Server Action and route handler that reads data calls this: the
 * middleware is for comfort, this is the lock.
 * @param place in a page or action its own path: whoever is not signed in goes to sign in and
 * comes back there. In a route handler the request: the answer is 401. */
export async function requireIdentity(place: string | Request): Promise<Identity> {
  const { session, reason } = await currentReading();
  const path = typeof place === 'string' ? place : new URL(place.url).pathname;
  if (session && mayOpen(path)) return session.identity;
  if (typeof place !== 'string') unauthorized();
  // React's own requests can follow a redirect to a page, and to nothing else.
  const asked = await headers();
  const isDocument = !asked.has('rsc') && !asked.has('next-action');
  redirect(reason !== 'no_session' && isDocument ? sessionPath(place) : signInPath(place));
}

/** Whether a route may be opened at the moment: some only while every revocation is known. */
export function mayOpen(path: string): boolean {
  const { pathname } = new URL(path, 'https://app.invalid');
  return policyOf(pathname) !== 'signed-in-certain' || getProduct().revocations.isCurrent();
}
