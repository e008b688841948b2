import { expect, test } from '@playwright/test';
import { importPKCS8 } from 'jose';
import * as client from 'openid-client';
import { listen } from '../../../entra-local/serve.mjs';
import { createCertificate } from '../../certificate';

// The cross-check: a client that we did not write, over a real socket, with signatures verified.
type Running = Awaited<ReturnType<typeof listen>>;
const REDIRECT_URI = 'http://localhost:3000/authorization-code/callback';

let entra: Running;
test.beforeEach(async () => {
  entra = await listen();
});
test.afterEach(() => entra.close());

/** What an application's transport does: the name that never resolves becomes the loopback origin. */
const toStandIn: client.CustomFetch = (url, options) =>
  fetch(url.replace(/^https:\/\/entra-local\.invalid/, entra.url), options as RequestInit);

async function discover(segment: string, authentication?: client.ClientAuth) {
  const config = await client.discovery(
    new URL(`https://entra-local.invalid/${segment}/v2.0`),
    entra.clientId,
    entra.clientSecret,
    authentication,
    { [client.customFetch]: toStandIn },
  );
  client.enableNonRepudiationChecks(config);
  // For the one URL that the browser opens; every request of ours goes to an https name.
  client.allowInsecureRequests(config);
  return config;
}

async function signIn(config: client.Configuration, username: string) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  const callbackUrl = await pressOnPicker(url, username);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  return client.authorizationCodeGrant(config, callbackUrl, checks);
}

/** Reads the picker and posts its form over the network, as a browser without JavaScript does. */
async function pressOnPicker(url: URL, username: string) {
  const page = await fetch(url);
  const html = await page.text();
  const cookie = page.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
  const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(html).toContain(`name="account" value="${username}"`);
  const response = await fetch(new URL(action, entra.url), {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({ ticket, account: username }),
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? '');
}

for (const [segment, username] of [
  ['contoso', 'ada@contoso.example'],
  ['contoso', 'grace@northwind.example'],
  ['fabrikam', 'farid@fabrikam.example'],
] as const) {
  test(`${username} signs in at the authority of ${segment}`, async () => {
    const tenantId = entra.tenants[segment];
    const tokens = await signIn(await discover(tenantId), username);
    expect(tokens.claims()).toMatchObject({
      tid: tenantId,
      iss: `https://entra-local.invalid/${tenantId}/v2.0`,
      preferred_username: username,
    });
  });
}

test('the basic authentication of that client is understood', async () => {
  const config = await discover(
    entra.tenants.contoso,
    client.ClientSecretBasic(entra.clientSecret),
  );
  expect((await signIn(config, 'ada@contoso.example')).claims()?.tid).toBe(entra.tenants.contoso);
});

test('the certificate of that client is understood, and the audience that it sends by itself is not', async () => {
  const { certificate, privateKey, thumbprint } = await createCertificate();
  entra.control.patchRegistration({ certificates: [certificate] });
  const { contoso } = entra.tenants;
  const key = await importPKCS8(privateKey, 'PS256');
  const byCertificate = (aud?: string) =>
    client.PrivateKeyJwt(key, {
      [client.modifyAssertion](header, payload) {
        Object.assign(header, { typ: 'JWT', 'x5t#S256': thumbprint });
        Object.assign(payload, aud && { aud });
      },
    });
  const aud = `https://entra-local.invalid/${contoso}/oauth2/v2.0/token`;
  const config = await discover(contoso, byCertificate(aud));
  expect((await signIn(config, 'ada@contoso.example')).claims()?.tid).toBe(contoso);
  await expect(
    signIn(await discover(contoso, byCertificate()), 'ada@contoso.example'),
  ).rejects.toMatchObject({ error_description: expect.stringMatching(/^AADSTS700023: /) });
});

test('a personal account signs in with the metadata of consumers', async () => {
  const config = await discover(entra.tenants.personal);
  expect((await signIn(config, 'mia@personal.example')).claims()?.tid).toBe(entra.tenants.personal);
});

test('that client sees AADSTS7000215 for a wrong secret', async () => {
  const config = await discover(entra.tenants.contoso, client.ClientSecretPost('wrong'));
  await expect(signIn(config, 'ada@contoso.example')).rejects.toMatchObject({
    error: 'invalid_client',
    error_description: expect.stringMatching(/^AADSTS7000215: /),
  });
});

for (const [sign, code] of [
  ['bad', 'OAUTH_INVALID_RESPONSE'],
  ['foreign', 'OAUTH_INVALID_RESPONSE'],
  ['unknownKid', 'OAUTH_KEY_SELECTION_FAILED'],
  ['none', 'OAUTH_INVALID_RESPONSE'],
  ['hs256', 'OAUTH_INVALID_RESPONSE'],
] as const) {
  test(`that client refuses an ID token with sign: ${sign}`, async () => {
    const config = await discover(entra.tenants.contoso);
    entra.control.inject({ on: 'id_token', sign });
    await expect(signIn(config, 'ada@contoso.example')).rejects.toMatchObject({ code });
  });
}

for (const [claims, code] of [
  [{ aud: 'other' }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
  [{ iss: 'https://evil.example' }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
  [{ nonce: 'other' }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
  [{ exp: 1 }, 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
] as const) {
  test(`that client refuses an ID token with ${JSON.stringify(claims)}`, async () => {
    const config = await discover(entra.tenants.contoso);
    entra.control.inject({ on: 'id_token', claims });
    await expect(signIn(config, 'ada@contoso.example')).rejects.toMatchObject({ code });
  });
}
