import { createAuthority } from '../../lib/authority';
import type { Config } from '../../lib/config';
import { createProvider } from '../../lib/provider-metadata';
import { type Attempt, createTransport } from '../../lib/transport';
import {
  accessToken,
  claimsOf,
  clientId,
  createSigner,
  nonce,
  now,
  rules,
  signIdToken,
} from './id-token-builder';
import { authenticationWith, bySecret } from './provers';

export const host = 'https://login.microsoftonline.com';
export const tokenEndpoint = `${host}/organizations/oauth2/v2.0/token`;
export const config: Config = {
  origin: 'https://app.example.com',
  clientId,
  credential: { kind: 'secret', secret: 'the-client-secret-of-this-app' },
  authority: createAuthority('organizations'),
  secrets: [],
  ...{ ...rules, redisUrl: undefined, trustedProxyHops: 0, shutdownDelaySeconds: 0, demo: false },
};

const signer = await createSigner('key-1');
/** Another key under the same name. */
export const other = await createSigner('key-1');

/** The secret of this app. */
export const secret = 'the-client-secret-of-this-app';

/** One sign-in: the transport, Microsoft behind it, and all that Microsoft was asked. */
export function createSignIn(
  answer: unknown,
  status = 200,
  attempt: Attempt = { nonce },
  { authenticate } = authenticationWith({ first: bySecret(secret) }),
) {
  const requests: Request[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    requests.push(new Request(url, init));
    if (url.endsWith('/keys')) return Response.json({ keys: [signer.jwk] });
    if (url === tokenEndpoint) return Response.json(answer, { status });
    return Response.json({
      issuer: `${host}/{tenantid}/v2.0`,
      authorization_endpoint: `${host}/organizations/oauth2/v2.0/authorize`,
      token_endpoint: tokenEndpoint,
      end_session_endpoint: `${host}/organizations/oauth2/v2.0/logout`,
      jwks_uri: `${host}/organizations/discovery/v2.0/keys`,
    });
  };
  const clock = () => now;
  const provider = createProvider(config.authority, fetch, clock, () => {});
  const transport = createTransport(config, provider, fetch, clock, attempt, authenticate);
  return { transport, attempt, requests };
}
export const body = () =>
  new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'the-code',
    code_verifier: 'the-verifier',
    redirect_uri: 'https://app.example.com/auth-js/callback/microsoft-entra-id',
  });
export const redeem = (transport: typeof fetch) =>
  transport(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: 'Basic aWQ6c2VjcmV0' },
    body: body(),
  });
export const answerOf = async (claims = claimsOf(), by = signer) => ({
  token_type: 'Bearer',
  access_token: accessToken,
  id_token: await signIdToken(by, claims),
});
