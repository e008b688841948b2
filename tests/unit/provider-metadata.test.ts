import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import { createProvider, parseMetadata } from '../../lib/provider-metadata';
import { contoso, fabrikam, outcomeOf, personal } from './id-token-builder';

const organizations = createAuthority('organizations');
const local = createAuthority('organizations', 'http://127.0.0.1:4000');
const host = 'https://login.microsoftonline.com';
const documentOf = (overrides: Record<string, unknown> = {}) => ({
  issuer: `${host}/{tenantid}/v2.0`,
  authorization_endpoint: `${host}/organizations/oauth2/v2.0/authorize`,
  token_endpoint: `${host}/organizations/oauth2/v2.0/token`,
  end_session_endpoint: `${host}/organizations/oauth2/v2.0/logout`,
  jwks_uri: `${host}/organizations/discovery/v2.0/keys`,
  ...overrides,
});

test.describe('reading metadata', () => {
  test('metadata of our authority is read', () => {
    expect(parseMetadata(documentOf({ more: 'members' }), organizations)).toEqual({
      authorizationEndpoint: `${host}/organizations/oauth2/v2.0/authorize`,
      tokenEndpoint: `${host}/organizations/oauth2/v2.0/token`,
      endSessionEndpoint: `${host}/organizations/oauth2/v2.0/logout`,
      jwksUri: `${host}/organizations/discovery/v2.0/keys`,
    });
  });

  test('endpoints are kept in their one normal spelling', () => {
    const spelt = documentOf({
      token_endpoint: 'HTTPS://LOGIN.microsoftonline.com:443/x/../token',
    });
    expect(parseMetadata(spelt, organizations).tokenEndpoint).toBe(`${host}/token`);
  });

  test('metadata of another issuer is refused', async () => {
    const wrong: [segment: string, issuer: unknown][] = [
      ['organizations', `${host}/${contoso}/v2.0`],
      ['organizations', `${host}/{tenantid}/v2.0/`],
      ['organizations', 'https://login.evil.example/{tenantid}/v2.0'],
      [contoso, `${host}/{tenantid}/v2.0`],
      [contoso, `${host}/${fabrikam}/v2.0`],
      ['consumers', `${host}/{tenantid}/v2.0`],
    ];
    for (const [segment, issuer] of wrong) {
      const parse = async () => parseMetadata(documentOf({ issuer }), createAuthority(segment));
      expect(await outcomeOf(parse()), segment).toBe('provider_unavailable issuer');
    }
    const consumers = documentOf({ issuer: `${host}/${personal}/v2.0` });
    expect(parseMetadata(consumers, createAuthority('consumers')).jwksUri).toContain(host);
  });

  const endpoints = Object.keys(documentOf()).filter((name) => name !== 'issuer');
  for (const name of endpoints) {
    test(`metadata whose ${name} lies on another origin is refused`, async () => {
      for (const endpoint of [
        'https://evil.example/token',
        'https://login.microsoftonline.com.evil.example/token',
        'https://login.microsoftonline.com@evil.example/token',
        'http://login.microsoftonline.com/token',
        'https://login.microsoftonline.com:8443/token',
        'http://127.0.0.1:4000/token',
      ]) {
        const parse = async () => parseMetadata(documentOf({ [name]: endpoint }), organizations);
        expect(await outcomeOf(parse()), endpoint).toBe('provider_unavailable endpoint_host');
      }
    });

    test(`metadata without a ${name} is refused`, async () => {
      for (const value of [undefined, '', 'keys', '/keys', 7, null]) {
        const parse = async () => parseMetadata(documentOf({ [name]: value }), organizations);
        expect(await outcomeOf(parse())).toBe('provider_unavailable incomplete');
      }
    });
  }

  test('the browser is sent to where the stand-in is, and requests may use either of its names', async () => {
    const here = 'http://127.0.0.1:4000/organizations';
    const named = 'https://entra-local.invalid/organizations';
    const document = {
      issuer: 'https://entra-local.invalid/{tenantid}/v2.0',
      authorization_endpoint: `${here}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${here}/oauth2/v2.0/logout`,
      token_endpoint: `${named}/oauth2/v2.0/token`,
      jwks_uri: `${named}/discovery/v2.0/keys`,
    };
    const outcome = (overrides: Record<string, string> = {}) =>
      outcomeOf((async () => parseMetadata({ ...document, ...overrides }, local))());
    expect(await outcome()).toBe('accepted');
    expect(await outcome({ token_endpoint: `${here}/t`, jwks_uri: `${here}/k` })).toBe('accepted');
    const refused = 'provider_unavailable endpoint_host';
    expect(await outcome({ authorization_endpoint: `${named}/authorize` })).toBe(refused);
    expect(await outcome({ end_session_endpoint: `${named}/logout` })).toBe(refused);
    expect(await outcome({ token_endpoint: `${host}/token` })).toBe(refused);
  });
});

test('addresses of the stand-in’s name are reached where the stand-in is, and no others', () => {
  const { locate } = createProvider(
    local,
    fetch,
    () => 0,
    () => {},
  );
  const located: [url: string, reached: string][] = [
    ['https://entra-local.invalid/a/b?c=d', 'http://127.0.0.1:4000/a/b?c=d'],
    ['http://127.0.0.1:4000/a', 'http://127.0.0.1:4000/a'],
    ['https://entra-local.invalid.evil.example/a', 'https://entra-local.invalid.evil.example/a'],
    [`${host}/a`, `${host}/a`],
  ];
  for (const [url, reached] of located) expect(locate(url)).toBe(reached);
});
