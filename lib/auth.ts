import 'server-only';

import { cookies } from 'next/headers';
import { redirect, unauthorized } from 'next/navigation';
import { cache } from 'react';
import { record } from './audit';
import type { CreateClientAssertion } from './client-assertion';
import { createClientAssertions, createCredentialExpiry } from './client-certificate';
import { type Config, parseConfig } from './config';
import { cookieNames } from './cookies';
import { type CredentialHealth, createCredentialHealth } from './credential-health';
import { readSession } from './gate';
import type { Identity } from './identity';
import { type Notice, openNotice } from './notice';
import { createProvider, type Provider } from './provider-metadata';
import { signInPath } from './return-to';
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
    },
    nowSeconds,
    credentials: createCredentialHealth(),
    credentialExpiry: createCredentialExpiry(config, nowSeconds),
  };
  return product;
}

/** The session of the request that is being answered, judged by the gate's own check. Read once
 * per request, however many components ask. */
export const currentSession = cache(async (): Promise<Session | undefined> => {
  const { config, sealers } = getProduct();
  const cookie = (await cookies()).get(cookieNames(config).session)?.value;
  return (await readSession(config, sealers.session, cookie, nowSeconds())).session;
});

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
  const session = await currentSession();
  if (session) return session.identity;
  if (typeof place === 'string') redirect(signInPath(place));
  unauthorized();
}
