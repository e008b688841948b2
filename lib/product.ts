import 'server-only';

import { record } from './audit';
import { type Authenticate, createClientAuthentication } from './client-authentication';
import { createCredentialExpiry } from './client-certificate';
import { createProvers, fingerprintOf } from './client-prover';
import { type Config, parseConfig } from './config';
import { type CredentialHealth, createCredentialHealth } from './credential-health';
import { type Reading, readSession } from './gate';
import { createGroupReader, type GroupReader } from './graph-groups';
import { createNodeCipher } from './node-cipher';
import { oncePerProcess } from './once-per-process';
import { createProvider, type Provider } from './provider-metadata';
import type { RevocationStore } from './revocation-store';
import { revocationsOf } from './revocations';
import { createSealer, type Purpose, type Sealer } from './sealer';
import { ruleOf } from './tenant-rules';

/** The parts of the running app, made once from the environment. */
export type Product = {
  config: Config;
  provider: Provider;
  /** Proves to Microsoft which app asks. */
  authenticate: Authenticate;
  sealers: Record<Purpose, Sealer>;
  nowSeconds: () => number;
  credentials: CredentialHealth;
  revocations: RevocationStore;
  /** Asks Microsoft for the groups of a person; undefined where that is not configured. */
  groups: GroupReader | undefined;
  /** When the app's credential expires, where that is known. */
  credentialExpiry: () => number | undefined;
};

const nowSeconds = () => Math.floor(Date.now() / 1000);
let product: Product | undefined;

/** Whether a rule speaks of a group: of others nothing is kept. */
const isMapped = (tenantId: string, groupId: string) =>
  Object.hasOwn(ruleOf(tenantId).groups ?? {}, groupId);

/** The composition root. Made at the first use and not at import, so that `next build` needs no
 * secret and one build serves every environment.
 * @throws ConfigError while the environment is broken: nothing is served without it */
export function getProduct(): Product {
  if (product) return product;
  const config = parseConfig(process.env);
  const { secrets } = config;
  // Auth.js reads it too, and NEXTAUTH_URL where it is missing: both get what was checked here.
  process.env.AUTH_URL = config.origin;
  const provider = providerOf(config);
  const sealerFor = (purpose: Purpose) => createSealer(secrets, purpose, config, createNodeCipher);
  const authenticate = authenticationOf(config);
  product = {
    config,
    provider,
    authenticate,
    sealers: {
      session: sealerFor('session'),
      flow: sealerFor('flow'),
      notice: sealerFor('notice'),
      form: sealerFor('form'),
      approval: sealerFor('approval'),
      command: sealerFor('command'),
    },
    nowSeconds,
    // Learnt where people sign in, and shown on a page.
    credentials: oncePerProcess(`credentials of ${config.clientId}`, () =>
      createCredentialHealth(nowSeconds),
    ),
    revocations: revocationsOf(config),
    groups: config.readGroups
      ? oncePerProcess(`groups for ${fingerprintOf(config)}`, () =>
          createGroupReader(config, provider.locate, fetch, nowSeconds, isMapped, authenticate),
        )
      : undefined,
    credentialExpiry: createCredentialExpiry(config, nowSeconds),
  };
  return product;
}

/** One for pages and route handlers, so that what one has learnt of a credential the other knows. */
function authenticationOf(config: Config): Authenticate {
  return oncePerProcess(`authentication ${fingerprintOf(config)}`, () => {
    const provers = createProvers(config, {
      now: nowSeconds,
      vercelToken: () => process.env.VERCEL_OIDC_TOKEN,
      onProblem: (problem) => record({ event: 'config.error', ...problem }),
    });
    return createClientAuthentication(provers, nowSeconds, (credential, nextCredential) =>
      record({ event: 'credential.fallback', credential, nextCredential }),
    );
  });
}

/** One for pages and route handlers, so that a page can tell what the others have met. */
function providerOf({ authority }: Config): Provider {
  return oncePerProcess(`provider ${JSON.stringify(authority)}`, () =>
    createProvider(
      authority,
      fetch,
      nowSeconds,
      (stage) => record({ event: 'provider.unavailable', stage, reason: 'renewal_failed' }),
      () => record({ event: 'provider.warning', reason: 'key_without_issuer' }),
    ),
  );
}

/** What a session cookie is worth: the gate's own check, and whether it was ended before its time. */
export function judgeSession(cookie: string | undefined): Promise<Reading> {
  const { config, sealers, revocations } = getProduct();
  return readSession(config, sealers.session, cookie, nowSeconds(), revocations.hasEnded);
}
