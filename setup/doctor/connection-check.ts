import { createProvers } from '../../lib/client-prover';
import type { Config } from '../../lib/config';
import { callbackPath } from '../../lib/transport';
import type { Connection } from '../connection';

function credentialFrom(config: Config, now: () => number): Connection['credential'] {
  const { credential } = config;
  if (credential.kind === 'secret') return { kind: credential.kind, secret: credential.secret };
  const { first } = createProvers(config, {
    now,
    vercelToken: () => process.env.VERCEL_OIDC_TOKEN,
    onProblem: () => {}, // told by the check of the environment
  })();
  return { kind: credential.kind, prove: first.prove };
}

/** What the running app would use towards Microsoft, for `testConnection`. */
export function connectionFromConfig(config: Config, nowSeconds: () => number): Connection {
  const { clientId, authority, origin, tenantIds } = config;
  return {
    clientId,
    authority,
    tenantIds: [...tenantIds],
    redirectUri: origin + callbackPath,
    credential: credentialFrom(config, nowSeconds),
  };
}
