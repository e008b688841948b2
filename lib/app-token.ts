import { explainOAuthError } from './aadsts';
import { cloudOf, tokenEndpointOf } from './authority';
import type { Authenticate } from './client-authentication';
import type { Config } from './config';
import { ConfigError } from './config-problem';
import type { Provider } from './provider-metadata';
import { createRecentAnswers, type Timed } from './recent-answers';
import { SignInError } from './sign-in-error';
import { type Fetch, requestJson } from './upstream';

/** A token is renewed so long before its end, so that none ends on its way. */
const renewedBeforeEndSeconds = 5 * 60;
/** As many tenants as their tokens are kept of. */
const mostTenants = 1000;

/** What may stand in an `Authorization` header (RFC 6750 §2.1). Another value would be an error of
 * `fetch` that repeats the token. */
const bearer = /^[\w.~+/-]+=*$/;

const refuse = (reason: string): never => {
  throw new SignInError('groups_unavailable', { stage: 'groups', reason });
};

/** Tokens with which the app itself, without a person, asks Microsoft Graph about one tenant. They
 * open whatever its administrators have granted, so they stay in memory and go to Graph alone.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function createAppTokens(
  { authority, clientId }: Pick<Config, 'authority' | 'clientId'>,
  locate: Provider['locate'],
  fetch: Fetch,
  now: () => number,
  authenticate: Authenticate,
) {
  const tokens = createRecentAnswers<string>(mostTenants, now);

  async function ask(tenantId: string): Promise<Timed<string>> {
    const endpoint = tokenEndpointOf(authority, tenantId);
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      scope: cloudOf(authority).graphScope,
    };
    // Assertions are made for the name of the token endpoint, not for the place it is reached at.
    const { status, json } = await authenticate(endpoint, (proof) =>
      requestJson(fetch, 'groups', locate(endpoint), {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ ...form, ...proof }),
      }),
    ).catch((error: unknown) => {
      if (error instanceof ConfigError) return refuse(error.problems[0]?.code ?? 'unusable');
      throw error;
    });
    if (status !== 200) {
      const { detail } = explainOAuthError(
        typeof json.error === 'string' ? json.error : undefined,
        typeof json.error_description === 'string' ? json.error_description : undefined,
      );
      throw new SignInError('groups_unavailable', { ...detail, stage: 'groups' });
    }
    const { access_token: token, token_type: type, expires_in: seconds } = json;
    const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
    if (!isBearer || typeof token !== 'string' || !bearer.test(token)) return refuse('token_shape');
    if (typeof seconds !== 'number') return refuse('token_shape');
    return { value: token, seconds: seconds - renewedBeforeEndSeconds };
  }

  return {
    /** @throws SignInError `groups_unavailable` or `provider_unavailable` */
    tokenFor: (tenantId: string): Promise<string> => tokens.read(tenantId, () => ask(tenantId)),
    /** Drops a tenant's token, and hands out no other for a while. */
    refuse: tokens.refuse,
  };
}
