import {
  type ClientProver,
  createClientAuthentication,
  type Provers,
} from '../../lib/client-authentication';
import type { CredentialKind } from '../../lib/credential';

export const bySecret = (secret: string, kind: CredentialKind = 'secret'): ClientProver => ({
  kind,
  version: kind,
  prove: async () => ({ client_secret: secret }),
});

/** Proves by assertions that name the endpoint that they were made for. */
export const byAssertion = (make: (tokenEndpoint: string) => Promise<string>): ClientProver => ({
  kind: 'certificate',
  version: 'thumbprint',
  prove: async (tokenEndpoint) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await make(tokenEndpoint),
  }),
});

/** Authenticates as the app does, and notes who took over from whom. */
export function authenticationWith(provers: Provers, now = () => 0) {
  const fallbacks: string[] = [];
  const authenticate = createClientAuthentication(
    () => provers,
    now,
    (from, to) => fallbacks.push(`${from} > ${to}`),
  );
  return { authenticate, fallbacks };
}
