import { expect, test } from '@playwright/test';
import { approvalSegment } from '../../lib/admin-consent';
import {
  authorityFromIssuerUri,
  cloudOf,
  createAuthority,
  issuerOfTenant,
  metadataUrl,
  originsOf,
  tokenEndpointOf,
} from '../../lib/authority';
import { authorityHostFrom, cloudOfOrigin, clouds } from '../../lib/clouds';
import { createContentSecurityPolicy } from '../../lib/csp';
import { contoso } from './id-token-builder';

const hosts: [host: string, used: string, cloud: keyof typeof clouds][] = [
  ['login.microsoftonline.com', 'login.microsoftonline.com', 'public'],
  ['login.microsoftonline.us', 'login.microsoftonline.us', 'usGovernment'],
  ['login.partner.microsoftonline.cn', 'login.partner.microsoftonline.cn', 'china'],
  ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn', 'china'],
  ['woodgrove.ciamlogin.com', 'woodgrove.ciamlogin.com', 'external'],
  [`${contoso}.ciamlogin.com`, `${contoso}.ciamlogin.com`, 'external'],
];
for (const [host, used, cloud] of hosts) {
  test(`${host} is read however the Azure SDKs would`, () => {
    for (const text of [host, `https://${host}`, `https://${host}/`, `${host}/`]) {
      expect(authorityHostFrom(text), text).toBe(used);
      expect(authorityHostFrom(text.toUpperCase()), text).toBe(used);
    }
    expect(cloudOf(createAuthority(contoso, undefined, used))).toEqual(clouds[cloud]);
  });
}

const refused = [
  '',
  'http://login.microsoftonline.com',
  'https://login.microsoftonline.com.evil.example',
  'https://login-microsoftonline.com',
  'https://evil.example/login.microsoftonline.com',
  'https://login.microsoftonline.com@evil.example',
  'https://user@login.microsoftonline.com',
  'https://login.microsoftonline.com:443',
  'https://login.microsoftonline.com/common',
  'https://login.microsoftonline.com//',
  'https://login.microsoftonline.com?x',
  'https://login.microsoftonline.com#x',
  'https://login.microsoftonline.com.',
  ' login.microsoftonline.com',
  'login.microsoftonline.com\n',
  '//login.microsoftonline.us',
  'login.microsoftonline.de',
  'login.windows.net',
  'sts.windows.net',
  'graph.microsoft.com',
  'entra-local.invalid',
  'ciamlogin.com',
  '.ciamlogin.com',
  '-a.ciamlogin.com',
  'a.b.ciamlogin.com',
  'evil.ciamlogin.com.example',
  'evilciamlogin.com',
  'evil.example/.ciamlogin.com',
  `${'a'.repeat(64)}.ciamlogin.com`,
];
for (const text of refused) {
  test(`${JSON.stringify(text)} is no host that people sign in at`, () => {
    expect(authorityHostFrom(text)).toBeUndefined();
    expect(authorityFromIssuerUri(`${text}/${contoso}/v2.0`)).toBeUndefined();
  });
}

test('no origin but an authority of a cloud is taken for one', () => {
  // The second one, cut where https:// ends, is a host of Microsoft's.
  const others = ['http://login.microsoftonline.com', 'http://xlogin.microsoftonline.com'];
  for (const origin of [...others, 'null', '', 'https://evil.example']) {
    expect(cloudOfOrigin(origin), origin).toBeUndefined();
    const authority = { origin, segment: contoso, locationOrigin: origin };
    expect(() => issuerOfTenant(authority, contoso), origin).toThrow('unknown authority');
  }
});

/** All that follows from a host, written out once more from Microsoft's pages. */
const consequences = [
  {
    host: 'login.microsoftonline.com',
    issuer: `https://login.microsoftonline.com/${contoso}/v2.0`,
    graphUrl: 'https://graph.microsoft.com/v1.0',
    graphScope: 'https://graph.microsoft.com/.default',
    federationAudience: 'api://AzureADTokenExchange',
    adminCenterUrl: 'https://entra.microsoft.com',
    origins: ['https://login.microsoftonline.com'],
  },
  {
    host: 'login.microsoftonline.us',
    issuer: `https://login.microsoftonline.us/${contoso}/v2.0`,
    graphUrl: 'https://graph.microsoft.us/v1.0',
    graphScope: 'https://graph.microsoft.us/.default',
    federationAudience: 'api://AzureADTokenExchangeUSGov',
    adminCenterUrl: 'https://entra.microsoft.us',
    origins: ['https://login.microsoftonline.us'],
  },
  {
    host: 'login.partner.microsoftonline.cn',
    issuer: `https://login.partner.microsoftonline.cn/${contoso}/v2.0`,
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn/v1.0',
    graphScope: 'https://microsoftgraph.chinacloudapi.cn/.default',
    federationAudience: 'api://AzureADTokenExchangeChina',
    adminCenterUrl: 'https://entra.microsoftonline.cn',
    origins: ['https://login.partner.microsoftonline.cn', 'https://login.chinacloudapi.cn'],
  },
  {
    host: 'woodgrove.ciamlogin.com',
    issuer: `https://${contoso}.ciamlogin.com/${contoso}/v2.0`,
    graphUrl: 'https://graph.microsoft.com/v1.0',
    graphScope: 'https://graph.microsoft.com/.default',
    federationAudience: 'api://AzureADTokenExchange',
    adminCenterUrl: 'https://entra.microsoft.com',
    origins: ['https://woodgrove.ciamlogin.com', `https://${contoso}.ciamlogin.com`],
  },
];
for (const { host, issuer, origins, ...rest } of consequences) {
  test(`issuer, endpoints, Graph, portal and policies follow from ${host}`, () => {
    const authority = createAuthority(contoso, undefined, host);
    expect(cloudOf(authority)).toMatchObject(rest);
    expect(issuerOfTenant(authority, contoso)).toBe(issuer);
    expect(metadataUrl(authority)).toBe(
      `https://${host}/${contoso}/v2.0/.well-known/openid-configuration`,
    );
    expect(tokenEndpointOf(authority, contoso)).toBe(
      `https://${host}/${contoso}/oauth2/v2.0/token`,
    );
    expect(originsOf(authority)).toEqual(origins);
    const policy = createContentSecurityPolicy(
      { origin: 'https://app.example.com', authority },
      false,
    );
    expect(policy('nonce')).toContain(`form-action 'self' https://${host} https:;`);
  });
}

test('an external tenant signs in nobody else’s people, so no administrator is asked', () => {
  const authority = createAuthority(contoso, undefined, 'woodgrove.ciamlogin.com');
  expect(approvalSegment(authority, contoso)).toBeUndefined();
  expect(approvalSegment(authority, undefined)).toBeUndefined();
  expect(
    approvalSegment(createAuthority(contoso, undefined, 'login.microsoftonline.us'), undefined),
  ).toBe(contoso);
});
