import { signClientAssertion } from '../../lib/client-assertion';
import { readClientCertificate } from '../../lib/client-certificate';
import type { Config } from '../../lib/config';
import { callbackPath } from '../../lib/transport';
import type { Connection } from '../connection';

/** What the running app would use towards Microsoft, for `testConnection`. */
export function connectionFromConfig(config: Config, nowSeconds: () => number): Connection {
  const { clientId, authority, origin, tenantIds, credential } = config;
  return {
    clientId,
    authority,
    tenantIds: [...tenantIds],
    redirectUri: origin + callbackPath,
    credential:
      credential.kind === 'secret'
        ? { kind: 'secret', secret: credential.secret }
        : {
            kind: 'certificate',
            createAssertion: async (tokenEndpoint) => {
              const key = readClientCertificate(credential.path, nowSeconds());
              return signClientAssertion(key, clientId, tokenEndpoint, nowSeconds());
            },
          },
  };
}
