import { type Authority, cloudOf } from './authority';
import { ConfigError } from './config-problem';
import { withDeadline } from './deadline';

const variable = 'AZURE_MANAGED_IDENTITY_CLIENT_ID';
/** As long as a request to Microsoft may take. */
const deadlineSeconds = 5;

/** Gets tokens of a user-assigned managed identity that the app registration trusts. Azure's library
 * is loaded at the first use; it keeps a token until shortly before its end.
 * @param identityId its client id, which is not the app's
 * @returns the token; throws ConfigError where the machine gives none */
export function createManagedIdentity(
  identityId: string,
  authority: Pick<Authority, 'origin'>,
): () => Promise<string> {
  const scope = `${cloudOf(authority).federationAudience}/.default`;
  const load = async () => {
    const { ManagedIdentityCredential } = await import('@azure/identity');
    return new ManagedIdentityCredential({
      clientId: identityId,
      retryOptions: { maxRetries: 1 },
    });
  };
  let loading: ReturnType<typeof load> | undefined;
  return async () => {
    loading ??= load();
    const identity = await loading.catch(() => {
      loading = undefined;
      const problem = 'needs the package @azure/identity, which cannot be loaded: npm install.';
      throw new ConfigError([{ variable, code: 'no_token', problem }]);
    });
    try {
      return (await withDeadline(identity.getToken(scope), deadlineSeconds)).token;
    } catch {
      // Its own words name addresses and ids: the code must do.
      const problem = 'names an identity of which this machine gives no token.';
      throw new ConfigError([{ variable, code: 'no_token', problem }]);
    }
  };
}
