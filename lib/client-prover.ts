import { createHash } from 'node:crypto';
import { jwtBearer, signClientAssertion } from './client-assertion';
import type { ClientProof, ClientProver, Provers } from './client-authentication';
import { type ClientCertificate, createCertificateReader } from './client-certificate';
import type { Config } from './config';
import { ConfigError, type ConfigProblem } from './config-problem';
import type { Credential } from './credential';
import { readFederatedToken } from './federated-token';
import { createManagedIdentity } from './managed-identity';
import { vercelToken } from './vercel-token';

type Setting = Pick<Config, 'clientId' | 'authority'>;
type Own = Pick<Config, 'credential' | 'nextCredential'>;

/** What a credential needs of the process that it is used in. */
export type Surroundings = {
  now: () => number;
  /** `VERCEL_OIDC_TOKEN`, which may change while the process runs. */
  vercelToken: () => string | undefined;
  /** Told once for each problem, until it is over. */
  onProblem: (problem: ConfigProblem) => void;
};

const proofOf = (assertion: string): ClientProof => ({
  client_assertion_type: jwtBearer,
  client_assertion: assertion,
});

/** Tells each problem once, and again when there was none in between. */
function tellingProblems<T>(
  make: () => Promise<T> | T,
  onProblem: Surroundings['onProblem'],
): () => Promise<T> {
  let told: string | undefined;
  return async () => {
    try {
      const made = await make();
      told = undefined;
      return made;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const codes = error.problems.map(({ code }) => code).join();
      if (codes !== told) error.problems.forEach(onProblem);
      told = codes;
      throw error;
    }
  };
}

function tokenOfVercel(ofEnvironment: string | undefined): string {
  const token = vercelToken(ofEnvironment);
  if (token) return token;
  const problem = 'is set, but this deployment gets no OIDC token: turn OIDC federation on.';
  throw new ConfigError([{ variable: 'VERCEL', code: 'no_token', problem }]);
}

/** A token that somebody else signed, sent as it is. */
const federated = (
  kind: ClientProver['kind'],
  read: () => Promise<string> | string,
  { onProblem }: Surroundings,
): ClientProver => {
  const token = tellingProblems(read, onProblem);
  return { kind, version: kind, prove: async () => proofOf(await token()) };
};

const certified = (
  kind: ClientProver['kind'],
  certificate: ClientCertificate,
  { clientId }: Setting,
  { now }: Surroundings,
): ClientProver => ({
  kind,
  version: certificate.thumbprint,
  prove: async (tokenEndpoint) =>
    proofOf(await signClientAssertion(certificate, clientId, tokenEndpoint, now())),
});

/** The prover of each credential but the certificate, of which there may be two. */
function proverOf(
  credential: Exclude<Credential, { kind: 'certificate' }>,
  { authority }: Setting,
  surroundings: Surroundings,
): ClientProver {
  const { kind } = credential;
  switch (credential.kind) {
    case 'secret':
    case 'next_secret': {
      const { secret } = credential;
      return { kind, version: kind, prove: async () => ({ client_secret: secret }) };
    }
    case 'managed_identity':
      return federated(kind, createManagedIdentity(credential.clientId, authority), surroundings);
    case 'federated_token_file':
      return federated(kind, () => readFederatedToken(credential.path), surroundings);
    case 'vercel':
      return federated(kind, () => tokenOfVercel(surroundings.vercelToken()), surroundings);
  }
}

/** A certificate that cannot be used is told by its reader, at each use while there is none. */
const unusable = (error: unknown): ClientProver => ({
  kind: 'certificate',
  version: '',
  prove: () => Promise.reject(error),
});

function proversOf(
  credential: Credential,
  setting: Setting,
  surroundings: Surroundings,
): () => Provers {
  if (credential.kind !== 'certificate') {
    const prover = proverOf(credential, setting, surroundings);
    return () => ({ first: prover });
  }
  const { now, onProblem } = surroundings;
  const reader = createCertificateReader(credential.path, now, onProblem);
  return () => {
    try {
      const first = certified('certificate', reader.current(), setting, surroundings);
      const old = reader.previous();
      const next = old && certified('previous_certificate', old, setting, surroundings);
      return { first, next };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { first: unusable(error) };
    }
  };
}

/** What the app authenticates with, made of its configuration. Nothing is read before the first use:
 * whoever is signed in needs no credential. */
export function createProvers(
  { credential, nextCredential, ...setting }: Setting & Own,
  surroundings: Surroundings,
): () => Provers {
  const own = proversOf(credential, setting, surroundings);
  const following = nextCredential && proversOf(nextCredential, setting, surroundings);
  return () => {
    const { first, next } = own();
    return { first, next: following?.().first ?? next };
  };
}

/** Names what the app authenticates as, and with, without telling any of it. */
export const fingerprintOf = ({
  clientId,
  authority,
  credential,
  nextCredential,
}: Setting & Own): string =>
  createHash('sha256')
    .update(JSON.stringify([clientId, authority, credential, nextCredential]))
    .digest('base64url');
