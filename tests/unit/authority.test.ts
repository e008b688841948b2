import { expect, test } from '@playwright/test';
import {
  authorityFromIssuerUri,
  createAuthority,
  isGuid,
  issuerOfMetadata,
  issuerOfTenant,
  metadataUrl,
  segmentFromTenants,
  tenantsServedBy,
} from '../../lib/authority';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const microsoft = 'https://login.microsoftonline.com';

test('the authority is the narrowest that can sign in everyone on the list', () => {
  const shapes: [tenants: string[], segment: string][] = [
    [[contoso], contoso],
    [[contoso, fabrikam], 'organizations'],
    [[contoso, personal], 'common'],
    [[personal, contoso, fabrikam], 'common'],
    [[personal], 'consumers'],
  ];
  for (const [tenants, segment] of shapes) {
    const list = new Set(tenants);
    expect(segmentFromTenants(list)).toBe(segment);
    expect(tenantsServedBy(segment, list)).toEqual(tenants);
  }
});

test('an authority serves only its own kind of tenants', () => {
  const everyone = new Set([contoso, fabrikam, personal]);
  expect(tenantsServedBy('common', everyone)).toEqual([contoso, fabrikam, personal]);
  expect(tenantsServedBy('organizations', everyone)).toEqual([contoso, fabrikam]);
  expect(tenantsServedBy('consumers', everyone)).toEqual([personal]);
  expect(tenantsServedBy(fabrikam, everyone)).toEqual([fabrikam]);
  expect(tenantsServedBy('unheard-of', everyone)).toEqual([]);
});

test('only lower-case GUIDs are GUIDs', () => {
  expect(isGuid(contoso)).toBe(true);
  for (const text of [
    '',
    contoso.toUpperCase(),
    `{${contoso}}`,
    ` ${contoso}`,
    `${contoso}\n`,
    `${contoso}0`,
    contoso.replaceAll('-', ''),
    'ggggggggg-0000-0000-0000-000000000000',
  ]) {
    expect(isGuid(text), JSON.stringify(text)).toBe(false);
  }
});

test('tokens and metadata name the issuer that Microsoft documents', () => {
  expect(issuerOfTenant(createAuthority('common'), contoso)).toBe(`${microsoft}/${contoso}/v2.0`);
  const issuers: [segment: string, issuer: string][] = [
    ['common', `${microsoft}/{tenantid}/v2.0`],
    ['organizations', `${microsoft}/{tenantid}/v2.0`],
    ['consumers', `${microsoft}/${personal}/v2.0`],
    [contoso, `${microsoft}/${contoso}/v2.0`],
  ];
  for (const [segment, issuer] of issuers) {
    const authority = createAuthority(segment);
    expect(issuerOfMetadata(authority)).toBe(issuer);
    expect(metadataUrl(authority)).toBe(
      `${microsoft}/${segment}/v2.0/.well-known/openid-configuration`,
    );
  }
});

test('the stand-in has a name that never resolves, and only its location is local', () => {
  const authority = createAuthority('organizations', 'http://127.0.0.1:4000');
  expect(issuerOfTenant(authority, contoso)).toBe(`https://entra-local.invalid/${contoso}/v2.0`);
  expect(issuerOfMetadata(authority)).toBe('https://entra-local.invalid/{tenantid}/v2.0');
  expect(metadataUrl(authority)).toBe(
    'http://127.0.0.1:4000/organizations/v2.0/.well-known/openid-configuration',
  );
});

test('an issuer URI of any other host, path or tenant form is not read', () => {
  const host = 'login.microsoftonline.com';
  expect(authorityFromIssuerUri(`${microsoft}/Common/v2.0/`)).toEqual({ host, segment: 'common' });
  expect(authorityFromIssuerUri(`${microsoft}/${contoso.toUpperCase()}/v2.0`)).toEqual({
    host,
    segment: contoso,
  });
  for (const uri of [
    '',
    `${microsoft}//v2.0`,
    `${microsoft}/{tenantid}/v2.0`,
    `${microsoft}/contoso.com/v2.0`,
    `${microsoft}/common/v2.0//`,
    `${microsoft}/common/v2.0#`,
    `${microsoft}/common/v1.0`,
    `${microsoft}/common/../${contoso}/v2.0`,
    ` ${microsoft}/common/v2.0`,
    `${microsoft}/common/v2.0\n`,
    'https://login-microsoftonline.com/common/v2.0',
  ]) {
    expect(authorityFromIssuerUri(uri), JSON.stringify(uri)).toBeUndefined();
  }
});
