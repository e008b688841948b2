import { base64url } from 'jose';
import { explainOAuthError } from './aadsts';
import { type Authority, issuerOfTenant } from './authority';
import type { Authenticate, ClientProof } from './client-authentication';
import type { Config } from './config';
import { ConfigError } from './config-problem';
import type { Trace } from './flight';
import { type IdTokenClaims, verifyIdToken } from './id-token';
import type { Provider } from './provider-metadata';
import type { Session } from './session-token';
import { SignInError } from './sign-in-error';
import { type Fetch, requestJson } from './upstream';

/** Where Microsoft sends the browser back to. Registered with Microsoft, so never changed lightly. */
export const callbackPath = '/authorization-code/callback';

const wellKnown = '/.well-known/openid-configuration';

/** One sign-in under way: what the transport must know of it, and what it found out. */
export type Attempt = {
  /** The nonce of the authorization request; undefined while that request is being made. */
  nonce?: string | undefined;
  /** The claims of the verified ID token. */
  claims?: IdTokenClaims;
  /** The session that was made of them. */
  session?: Session;
  /** Why this sign-in is refused. Auth.js hides its own reasons, so the first one is kept here. */
  failure?: SignInError;
  /** Is told of each step; nobody listens outside of development. */
  trace?: Trace | undefined;
};

/** The issuer that Auth.js is always given. It treats an https issuer that ends in /common/v2.0
 * as multi-tenant and swaps `common` for the token's `tid`, which suits every kind of authority. */
export function issuerForAuthJs(config: Pick<Config, 'authority'>): string {
  return `${config.authority.origin}/common/v2.0`;
}

/** The ID token as Auth.js gets it, once it is verified. Auth.js looks at no signature, but judges
 * the claims again and more narrowly: a tenant id in two spellings or a clock half a minute behind
 * would end in an error without a name. So it gets the claims as we read them, good from now. */
function handOver(idToken: string, claims: IdTokenClaims, authority: Authority, now: number) {
  const [header, , signature] = idToken.split('.');
  const { nbf: _, ...read } = claims;
  const iss = issuerOfTenant(authority, claims.tid);
  const payload = JSON.stringify({ ...read, iss, exp: now + 60 });
  return `${header}.${base64url.encode(payload)}.${signature}`;
}

/** The `fetch` of one sign-in: the only way from Auth.js to Microsoft. Discovery is answered from
 * memory; the token request goes out, and its ID token is verified before Auth.js sees it.
 * @param authenticate adds what the app proves with that it is the registered application */
export function createTransport(
  config: Config,
  provider: Provider,
  fetch: Fetch,
  now: () => number,
  attempt: Attempt,
  authenticate: Authenticate,
): typeof globalThis.fetch {
  async function discovery(url: URL): Promise<Response> {
    const metadata = await provider.metadata();
    attempt.trace?.({ step: 'metadata', metadata });
    return Response.json({
      issuer: url.href.slice(0, -wellKnown.length),
      authorization_endpoint: metadata.authorizationEndpoint,
      token_endpoint: metadata.tokenEndpoint,
      jwks_uri: metadata.jwksUri,
      // Auth.js insists that it is there; nothing calls it, and this transport would refuse to.
      userinfo_endpoint: `${config.authority.origin}/never-called`,
    });
  }

  async function redeem(url: string, init: RequestInit): Promise<Response> {
    const body = new URLSearchParams(init.body as URLSearchParams);
    // Auth.js sends its own callback path; it must be the one of the authorization request, byte
    // for byte (RFC 6749 §4.1.3), or Microsoft answers AADSTS50011/500112.
    body.set('redirect_uri', config.origin + callbackPath);
    const headers = new Headers(init.headers);
    // A client MUST NOT authenticate in two ways at once (RFC 6749 §2.3), and Auth.js may have found
    // a secret of its own in the environment.
    headers.delete('authorization');
    body.set('client_id', config.clientId);
    async function send(proof: ClientProof) {
      body.delete('client_secret');
      body.delete('client_assertion_type');
      body.delete('client_assertion');
      for (const [name, value] of Object.entries(proof)) body.set(name, value);
      const copy = new URLSearchParams(body);
      attempt.trace?.({ step: 'token_request', url, body: copy });
      const answer = await requestJson(fetch, 'token', provider.locate(url), {
        method: 'POST',
        headers,
        body: copy,
      });
      attempt.trace?.({ step: 'token_answer', ...answer });
      return answer;
    }
    // Assertions are made for the name of the token endpoint, not for the place it is reached at.
    const { status, json } = await authenticate(url, send);
    if (status !== 200) {
      const { code, detail } = explainOAuthError(
        typeof json.error === 'string' ? json.error : undefined,
        typeof json.error_description === 'string' ? json.error_description : undefined,
      );
      throw new SignInError(code, { ...detail, stage: 'token' });
    }
    attempt.claims = await verifyIdToken(json.id_token, {
      authority: config.authority,
      clientId: config.clientId,
      nonce: attempt.nonce ?? '',
      accessToken: typeof json.access_token === 'string' ? json.access_token : undefined,
      nowSeconds: now(),
      async signingKeys(kid) {
        const keys = await provider.signingKeys(kid);
        attempt.trace?.({ step: 'keys', kid, keys });
        return keys;
      },
      passed: (check) => attempt.trace?.({ step: 'passed', check }),
    });
    const idToken = handOver(String(json.id_token), attempt.claims, config.authority, now());
    return Response.json({ ...json, id_token: idToken });
  }

  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    try {
      if (url.pathname.endsWith(wellKnown)) return await discovery(url);
      const { tokenEndpoint } = await provider.metadata();
      if (url.href === tokenEndpoint && init.method === 'POST') return await redeem(url.href, init);
      throw new SignInError('unknown', { reason: 'unexpected_request' });
    } catch (error) {
      if (error instanceof SignInError) attempt.failure ??= error;
      if (error instanceof ConfigError) {
        const reason = error.problems[0]?.code ?? 'unusable';
        attempt.failure ??= new SignInError('app_credentials', { stage: 'credential', reason });
      }
      throw error;
    }
  };
}
