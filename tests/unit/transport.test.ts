import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import type { SignInError } from '../../lib/sign-in-error';
import { callbackPath, issuerForAuthJs } from '../../lib/transport';
import {
  accessToken,
  claimsOf,
  contoso,
  fabrikam,
  issuerOf,
  now,
  outcomeOf,
} from './id-token-builder';
import {
  answerOf,
  body,
  config,
  createSignIn,
  host,
  other,
  redeem,
  secret,
  tokenEndpoint,
} from './transport-sign-in';

test('the redirect URI is registered as /authorization-code/callback', () => {
  expect(callbackPath).toBe('/authorization-code/callback');
});

test('Auth.js is given the multi-tenant issuer, whatever the authority', () => {
  expect(issuerForAuthJs(config)).toBe(`${host}/common/v2.0`);
  const authority = createAuthority(contoso, 'http://127.0.0.1:4000');
  expect(issuerForAuthJs({ authority })).toBe('https://entra-local.invalid/common/v2.0');
});

test('discovery is answered from memory, with the issuer that was asked for', async () => {
  const { transport, requests } = createSignIn({});
  for (const tenant of ['common', contoso, fabrikam]) {
    const url = `${issuerOf(tenant)}/.well-known/openid-configuration`;
    for (const input of [url, new URL(url), new Request(url)]) {
      expect(await (await transport(input)).json()).toEqual({
        issuer: issuerOf(tenant),
        authorization_endpoint: `${host}/organizations/oauth2/v2.0/authorize`,
        token_endpoint: tokenEndpoint,
        jwks_uri: `${host}/organizations/discovery/v2.0/keys`,
        userinfo_endpoint: `${host}/never-called`,
      });
    }
  }
  expect(requests.map(({ url }) => url)).toEqual([
    `${host}/organizations/v2.0/.well-known/openid-configuration`,
  ]);
});

test('the token request carries the registered redirect URI and one credential, and is otherwise unchanged', async () => {
  const { transport, requests } = createSignIn(await answerOf());
  await redeem(transport);
  const [request, more] = requests.filter(({ url }) => url === tokenEndpoint);
  expect(more).toBeUndefined();
  expect(request?.method).toBe('POST');
  expect(request?.headers.get('authorization')).toBeNull();
  expect(request?.headers.get('content-type')).toContain('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(await request?.text()))).toEqual({
    ...Object.fromEntries(body()),
    redirect_uri: 'https://app.example.com/authorization-code/callback',
    client_id: config.clientId,
    client_secret: secret,
  });
});

/** What Auth.js reads from an answer of the transport. */
async function seenByAuthJs(response: Response) {
  const answer = await response.json();
  const [header = '', payload = ''] = String(answer.id_token).split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return { answer, header: read(header), claims: read(payload) };
}

test('a verified token answer reaches Auth.js with its claims, good from now, and they are kept', async () => {
  const answer = await answerOf();
  const { transport, attempt } = createSignIn(answer);
  const response = await redeem(transport);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  const seen = await seenByAuthJs(response);
  expect(seen.answer).toEqual({ ...answer, id_token: expect.any(String) });
  expect(seen.header.alg).toBe('RS256');
  const { nbf: _, ...claims } = claimsOf();
  expect(seen.claims).toEqual({ ...claims, exp: now + 60 });
  expect(attempt.claims).toEqual(claimsOf());
  expect(attempt.failure).toBeUndefined();
});

test('Auth.js reads tenant and issuer in one spelling, and no clock that differs a little', async () => {
  for (const claims of [
    { tid: contoso.toUpperCase() },
    { iss: issuerOf(contoso.toUpperCase()) },
    { exp: now - 59, nbf: now + 299 },
  ]) {
    const { transport } = createSignIn(await answerOf(claimsOf(claims)));
    const seen = await seenByAuthJs(await redeem(transport));
    expect(seen.claims).toMatchObject({ tid: contoso, iss: issuerOf(contoso), exp: now + 60 });
    expect(seen.claims.nbf).toBeUndefined();
  }
});

test('one sign-in asks for metadata, token and keys once each, and for nothing else', async () => {
  const { transport, requests } = createSignIn(await answerOf());
  await transport(`${issuerOf('common')}/.well-known/openid-configuration`);
  await redeem(transport);
  await transport(`${issuerOf(contoso)}/.well-known/openid-configuration`);
  expect(requests.map(({ url }) => url)).toEqual([
    `${host}/organizations/v2.0/.well-known/openid-configuration`,
    tokenEndpoint,
    `${host}/organizations/discovery/v2.0/keys`,
  ]);
});

const refused: [what: string, claims: Record<string, unknown>, reason: string][] = [
  ['for another application', { aud: fabrikam }, 'aud'],
  ['of another flow', { nonce: 'another' }, 'nonce'],
  ['that expired', { exp: now - 3600 }, 'expired'],
  ['whose tenant is not its issuer’s', { tid: fabrikam }, 'iss_tid'],
  ['with a wrong at_hash', { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'at_hash'],
];
for (const [what, claims, reason] of refused) {
  test(`an ID token ${what} never reaches Auth.js`, async () => {
    const { transport, attempt } = createSignIn(await answerOf(claimsOf(claims)));
    expect(await outcomeOf(redeem(transport))).toBe(`token_rejected ${reason}`);
    expect(attempt.claims).toBeUndefined();
    expect(attempt.failure).toMatchObject({ code: 'token_rejected', detail: { reason } });
  });
}

test('an ID token signed by anyone else never reaches Auth.js', async () => {
  const { transport, attempt } = createSignIn(await answerOf(claimsOf(), other));
  expect(await outcomeOf(redeem(transport))).toBe('token_rejected bad_signature');
  expect(attempt.claims).toBeUndefined();
});

test('at_hash is checked against the access token of the same answer', async () => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken));
  const at_hash = Buffer.from(hash).subarray(0, 16).toString('base64url');
  const { transport } = createSignIn(await answerOf(claimsOf({ at_hash })));
  expect(await outcomeOf(redeem(transport))).toBe('accepted');
});

test('a token answer without an ID token is refused', async () => {
  for (const answer of [{ access_token: accessToken }, { id_token: { a: 1 } }, {}]) {
    const { transport } = createSignIn(answer);
    expect(await outcomeOf(redeem(transport))).toBe('token_rejected id_token_shape');
  }
});

test('an attempt without a nonce accepts no token', async () => {
  for (const attempt of [{}, { nonce: '' }]) {
    const { transport } = createSignIn(await answerOf(), 200, attempt);
    expect(await outcomeOf(redeem(transport))).toBe('token_rejected nonce');
  }
});

test('a token error becomes our code, with Microsoft’s number and ids and none of its words', async () => {
  const traceId = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
  const correlationId = 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d';
  const { transport, attempt } = createSignIn(
    {
      error: 'invalid_client',
      error_description: `AADSTS7000222: canary Trace ID: ${traceId} Correlation ID: ${correlationId}`,
      error_codes: [7000222],
    },
    401,
  );
  expect(await outcomeOf(redeem(transport))).toBe('app_credentials invalid_client');
  const { code, detail, message } = attempt.failure as SignInError;
  expect(code).toBe('app_credentials');
  expect(detail).toEqual({
    stage: 'token',
    reason: 'invalid_client',
    aadsts: 7000222,
    problem: 'secret_expired',
    traceId,
    correlationId,
  });
  expect(message).not.toContain('canary');
});

test('an error answer of the wrong types is an unknown error', async () => {
  for (const answer of [{}, { error: 7 }, { error: {}, error_description: ['AADSTS50105'] }]) {
    const { transport } = createSignIn(answer, 400);
    expect(await outcomeOf(redeem(transport))).toBe('unknown other_error');
  }
});

test('a provider that is down is told apart from a rejected token', async () => {
  for (const status of [500, 503, 429, 307]) {
    const { transport, attempt } = createSignIn({}, status);
    expect(await outcomeOf(redeem(transport))).toBe(`provider_unavailable status_${status}`);
    expect(attempt.failure?.detail).toEqual({ stage: 'token', reason: `status_${status}` });
  }
});

test('every other request of Auth.js is refused and goes nowhere', async () => {
  const { transport, attempt, requests } = createSignIn(await answerOf());
  const others: [url: string, method: string][] = [
    [tokenEndpoint, 'GET'],
    [`${tokenEndpoint}?x=1`, 'POST'],
    [`${host}/never-called`, 'GET'],
    [`${host}/organizations/discovery/v2.0/keys`, 'GET'],
    ['https://graph.microsoft.com/v1.0/me/photos/48x48/$value', 'GET'],
    ['https://evil.example/organizations/oauth2/v2.0/token', 'POST'],
  ];
  for (const [url, method] of others) {
    expect(await outcomeOf(transport(url, { method })), url).toBe('unknown unexpected_request');
  }
  expect(attempt.failure).toMatchObject({ detail: { reason: 'unexpected_request' } });
  expect(requests.filter(({ url }) => !url.endsWith('openid-configuration'))).toEqual([]);
});

test('the first failure of an attempt is the one that is kept', async () => {
  const { transport, attempt } = createSignIn({}, 503);
  await outcomeOf(redeem(transport));
  await outcomeOf(transport('https://evil.example/'));
  expect(attempt.failure?.code).toBe('provider_unavailable');
});
