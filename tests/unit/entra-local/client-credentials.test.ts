import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { EXPIRED_CLIENT_SECRET } from '../../../entra-local/registration.mjs';
import { createCertificate } from '../../certificate';
import { assertionOf, NOW } from './client-assertion-builder';
import { type Entra, ORIGIN, startEntra } from './visitor';

const GRAPH = 'https://graph.microsoft.com/.default';
const { contoso, fabrikam, woodgrove, personal } = TENANTS;

/** Asks for a token for the application itself; `null` leaves a parameter out. */
async function ask(entra: Entra, changes: Record<string, string | null> = {}, at = contoso.id) {
  const { clientId, secrets } = entra.entra.registration;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secrets[0]?.value ?? '',
    scope: GRAPH,
    ...changes,
  };
  const body = new URLSearchParams(
    Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== null),
  );
  const url = `${ORIGIN}/${at}/oauth2/v2.0/token`;
  const response = await entra.handle(new Request(url, { method: 'POST', body }));
  const json = await response.json();
  return { status: response.status, json, aadsts: json.error_codes?.[0] as number | undefined };
}

test('a client secret brings an access token, and no ID token', async () => {
  for (const at of [contoso.id, 'contoso.example', fabrikam.id]) {
    const { status, json } = await ask(startEntra(), {}, at);
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    expect(json.access_token).not.toContain('.');
  }
});

test('a client assertion for the tenant’s own token endpoint brings one too', async () => {
  const certificate = await createCertificate();
  const entra = startEntra({
    now: () => NOW * 1000,
    registration: { certificates: [certificate.certificate], secrets: [] },
  });
  const by = (tenant: string) => ({
    client_secret: null,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertionOf(entra, certificate, {
      claims: { aud: `https://entra-local.invalid/${tenant}/oauth2/v2.0/token` },
    }),
  });
  expect((await ask(entra, by(contoso.id))).status).toBe(200);
  expect((await ask(entra, by('common'))).aadsts).toBe(700023);
});

const REFUSED: [
  what: string,
  aadsts: number,
  error: string,
  Parameters<typeof ask>[1],
  at?: string,
][] = [
  ['common', 9001023, 'invalid_request', {}, 'common'],
  ['consumers', 9001023, 'invalid_request', {}, 'consumers'],
  ['the tenant of personal accounts', 9001023, 'invalid_request', {}, personal.id],
  ['organizations', 50059, 'invalid_request', {}, 'organizations'],
  ['an unknown tenant', 90002, 'invalid_tenant', {}, 'nobody.example'],
  ['an unknown application', 700016, 'unauthorized_client', { client_id: 'other' }],
  ['a tenant without the application', 700016, 'unauthorized_client', {}, woodgrove.id],
  ['no secret', 7000218, 'invalid_client', { client_secret: null }],
  ['a wrong secret', 7000215, 'invalid_client', { client_secret: 'wrong' }],
  ['an expired secret', 7000222, 'invalid_client', { client_secret: EXPIRED_CLIENT_SECRET }],
  ['no scope', 900144, 'invalid_request', { scope: null }],
  ['a scope of permissions', 1002012, 'invalid_scope', { scope: 'openid profile' }],
  ['a resource without /.default', 1002012, 'invalid_scope', { scope: GRAPH.slice(0, -9) }],
  ['two resources', 700022, 'invalid_scope', { scope: `${GRAPH} api://x/.default` }],
  ['/.default of nothing', 70011, 'invalid_scope', { scope: '/.default' }],
  ['an unknown resource', 500011, 'invalid_resource', { scope: 'api://x/.default' }],
];
for (const [what, aadsts, error, changes, at] of REFUSED) {
  test(`${what} is refused with AADSTS${aadsts}`, async () => {
    const answer = await ask(startEntra(), changes, at);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.json).toMatchObject({ error, error_codes: [aadsts] });
    expect(answer.json).not.toHaveProperty('access_token');
  });
}

test('an application of one organisation gets a token of that one alone', async () => {
  const entra = startEntra({ registration: { signInAudience: 'AzureADMyOrg' } });
  expect((await ask(entra)).status).toBe(200);
  expect((await ask(entra, {}, fabrikam.id)).aadsts).toBe(700016);
});

test('Conditional Access and a disabled application are injected', async () => {
  const entra = startEntra();
  for (const aadsts of [53003, 7000112]) {
    entra.control.inject({ on: 'token', aadsts });
    expect((await ask(entra)).aadsts).toBe(aadsts);
  }
  expect((await ask(entra)).status).toBe(200);
});

test('a secret is rotated: both are valid for a while, then the old one is wrong', async () => {
  const entra = startEntra();
  const old = { value: 'old-secret', expiresAtSeconds: null };
  const next = { value: 'new-secret', expiresAtSeconds: null };
  const outcome = async (client_secret: string) => (await ask(entra, { client_secret })).aadsts;
  entra.control.patchRegistration({ secrets: [old] });
  expect(await outcome('new-secret')).toBe(7000215);
  entra.control.patchRegistration({ secrets: [old, next] });
  expect([await outcome('old-secret'), await outcome('new-secret')]).toEqual([
    undefined,
    undefined,
  ]);
  entra.control.patchRegistration({ secrets: [next] });
  expect([await outcome('old-secret'), await outcome('new-secret')]).toEqual([7000215, undefined]);
});

test('a tenant that the application is installed in answers, until reset', async () => {
  const installedIn = [contoso.id];
  const entra = startEntra({ registration: { installedIn } });
  entra.entra.registration.installedIn.push(woodgrove.id);
  expect((await ask(entra, {}, woodgrove.id)).status).toBe(200);
  entra.control.reset();
  expect((await ask(entra, {}, woodgrove.id)).aadsts).toBe(700016);
});
