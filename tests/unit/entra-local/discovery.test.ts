import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { ORIGIN, startEntra } from './visitor';

const entra = startEntra();
const AUTHORITY = 'https://entra-local.invalid';
const get = (path: string) => entra.handle(new Request(`${ORIGIN}/${path}`));
const metadata = async (segment: string) =>
  (await get(`${segment}/v2.0/.well-known/openid-configuration`)).json();

for (const segment of ['common', 'organizations']) {
  test(`${segment} has the issuer template`, async () => {
    expect((await metadata(segment)).issuer).toBe(`${AUTHORITY}/{tenantid}/v2.0`);
  });
}

for (const { id, name } of Object.values(TENANTS)) {
  test(`the tenant id of ${name} has its own issuer`, async () => {
    expect((await metadata(id)).issuer).toBe(`${AUTHORITY}/${id}/v2.0`);
  });
}

test('consumers has the issuer of the personal account tenant', async () => {
  const { issuer } = await metadata('consumers');
  expect(issuer).toBe(`${AUTHORITY}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`);
});

test('a domain name is answered with the metadata of its tenant id', async () => {
  const document = await metadata('contoso.example');
  expect(document.issuer).toBe(`${AUTHORITY}/${TENANTS.contoso.id}/v2.0`);
  expect(document).toEqual(await metadata(TENANTS.contoso.id));
});

test('an authority is found whatever the case of its name', async () => {
  expect(await metadata(TENANTS.contoso.id.toUpperCase())).toEqual(
    await metadata(TENANTS.contoso.id),
  );
});

test('the browser’s endpoints lie on the stand-in, the servers’ on the name that never resolves', async () => {
  const document = await metadata('organizations');
  const browserUrl = `${ORIGIN}/organizations/oauth2/v2.0`;
  expect(document.authorization_endpoint).toBe(`${browserUrl}/authorize`);
  expect(document.end_session_endpoint).toBe(`${browserUrl}/logout`);
  expect(document.token_endpoint).toBe(`${AUTHORITY}/organizations/oauth2/v2.0/token`);
  expect(document.jwks_uri).toBe(`${AUTHORITY}/organizations/discovery/v2.0/keys`);
});

test('the metadata has the members of Entra’s and no name of Microsoft', async () => {
  const document = await metadata('common');
  expect(Object.keys(document).sort()).toEqual(
    [
      ...['authorization_endpoint', 'claims_supported', 'cloud_graph_host_name'],
      ...['cloud_instance_name', 'device_authorization_endpoint', 'end_session_endpoint'],
      ...['frontchannel_logout_supported', 'http_logout_supported'],
      ...['id_token_signing_alg_values_supported', 'issuer', 'jwks_uri', 'kerberos_endpoint'],
      ...['msgraph_host', 'rbac_url', 'request_uri_parameter_supported'],
      ...['response_modes_supported', 'response_types_supported', 'scopes_supported'],
      ...['subject_types_supported', 'tenant_region_scope', 'token_endpoint'],
      ...['token_endpoint_auth_methods_supported', 'userinfo_endpoint'],
    ].sort(),
  );
  expect(document.subject_types_supported).toEqual(['pairwise']);
  expect(document.id_token_signing_alg_values_supported).toEqual(['RS256']);
  expect(JSON.stringify(document)).not.toMatch(/microsoft|windows\.net|azure/i);
});

for (const path of ['v2.0/.well-known/openid-configuration', 'discovery/v2.0/keys']) {
  for (const segment of [
    '11111111-2222-4333-8444-555555555555',
    'nobody.example',
    'personal.example',
    'toString',
  ]) {
    test(`${path} of ${segment} is refused with AADSTS90002`, async () => {
      const response = await get(`${segment}/${path}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: 'invalid_tenant',
        error_codes: [90002],
      });
    });
  }
}

test('each key names its issuer and its thumbprint, and no algorithm', async () => {
  const { keys } = await (await get('common/discovery/v2.0/keys')).json();
  expect(keys.map((key: { issuer: string }) => key.issuer)).toEqual([
    `${AUTHORITY}/{tenantid}/v2.0`,
    `${AUTHORITY}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
  ]);
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(['e', 'issuer', 'kid', 'kty', 'n', 'use', 'x5t']);
    expect(key).toMatchObject({ kty: 'RSA', use: 'sig', x5t: key.kid });
  }
});

test('the keys publish nothing private', async () => {
  const { keys } = await (await get('common/discovery/v2.0/keys')).json();
  for (const key of keys)
    for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(part);
});

test('discovery answers GET only', async () => {
  const url = `${ORIGIN}/common/v2.0/.well-known/openid-configuration`;
  const response = await entra.handle(new Request(url, { method: 'POST', body: '' }));
  expect(response.status).toBe(405);
  expect((await response.json()).error_codes).toEqual([900561]);
});
