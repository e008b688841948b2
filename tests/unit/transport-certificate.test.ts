import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import type { Config } from '../../lib/config';
import { createProvider } from '../../lib/provider-metadata';
import { type Attempt, createTransport } from '../../lib/transport';
import {
  accessToken,
  claimsOf,
  clientId,
  contoso,
  createSigner,
  nonce,
  now,
  rules,
  type Signer,
  signIdToken,
} from './id-token-builder';
import { authenticationWith, byAssertion } from './provers';

const standIn = 'http://127.0.0.1:4000';
const name = `https://entra-local.invalid/${contoso}`;
const tokenEndpoint = `${name}/oauth2/v2.0/token`;
const config: Config = {
  origin: 'http://localhost:3000',
  clientId,
  credential: { kind: 'certificate', path: '/run/secrets/entra.pem' },
  ...rules,
  redisUrl: undefined,
  trustedProxyHops: 0,
  shutdownDelaySeconds: 0,
  authority: createAuthority(contoso, standIn),
  secrets: ['q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM='],
  demo: true,
};

let signer: Signer;
test.beforeAll(async () => {
  signer = await createSigner('key-1');
});

/** Redeems a code as Auth.js asks for it; returns what the provider was asked. */
async function redeem(headers: Record<string, string>, secret?: string) {
  const requests: Request[] = [];
  const audiences: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    if (url.endsWith('/keys')) return Response.json({ keys: [signer.jwk] });
    if (url.endsWith('/token')) {
      requests.push(new Request(url, init));
      const iss = `${name}/v2.0`;
      const id_token = await signIdToken(signer, claimsOf({ iss }));
      return Response.json({ token_type: 'Bearer', access_token: accessToken, id_token });
    }
    return Response.json({
      issuer: `${name}/v2.0`,
      authorization_endpoint: `${standIn}/${contoso}/oauth2/v2.0/authorize`,
      token_endpoint: tokenEndpoint,
      end_session_endpoint: `${standIn}/${contoso}/oauth2/v2.0/logout`,
      jwks_uri: `${name}/discovery/v2.0/keys`,
    });
  };
  const clock = () => now;
  const attempt: Attempt = { nonce };
  const provider = createProvider(config.authority, fetch, clock, () => {});
  const first = byAssertion(async (audience) => `assertion-${audiences.push(audience)}`);
  const { authenticate } = authenticationWith({ first });
  const transport = createTransport(config, provider, fetch, clock, attempt, authenticate);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'the-code',
    code_verifier: 'the-verifier',
    redirect_uri: 'http://localhost:3000/auth-js/callback/microsoft-entra-id',
    ...(secret && { client_secret: secret }),
  });
  const response = await transport(tokenEndpoint, { method: 'POST', headers, body });
  return { response, attempt, requests, audiences };
}

test('with a certificate the token request carries the assertion and no secret', async () => {
  const waysOfAuthJs: [headers: Record<string, string>, secret?: string][] = [
    [{}],
    [{ authorization: 'Basic aWQ6c2VjcmV0' }],
    [{ Authorization: 'Basic aWQ6c2VjcmV0' }, 'a-secret-from-the-environment'],
  ];
  for (const [headers, secret] of waysOfAuthJs) {
    const { response, attempt, requests } = await redeem(headers, secret);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe(`${standIn}/${contoso}/oauth2/v2.0/token`);
    expect(requests[0]?.headers.get('authorization')).toBeNull();
    expect(Object.fromEntries(new URLSearchParams(await requests[0]?.text()))).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      code_verifier: 'the-verifier',
      redirect_uri: 'http://localhost:3000/authorization-code/callback',
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'assertion-1',
    });
    expect(response.status).toBe(200);
    expect(attempt.failure).toBeUndefined();
  }
});

test('the audience is the token endpoint by its name, not where it is reached', async () => {
  const { audiences } = await redeem({});
  expect(audiences).toEqual([tokenEndpoint]);
});
