import { expect, test } from '@playwright/test';
import { issuerOfTenant } from '../../lib/authority';
import { parseConfig } from '../../lib/config';
import { ConfigError } from '../../lib/config-problem';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const us = 'https://login.microsoftonline.us';
const china = 'https://login.partner.microsoftonline.cn';
type Environment = Record<string, string>;

const parse = (changes: Environment) =>
  parseConfig({
    NODE_ENV: 'production',
    AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
    AZURE_CLIENT_SECRET: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
    AZURE_VALID_TENANT_IDS: contoso,
    AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
    AUTH_URL: 'https://app.example.com',
    ...changes,
  });

function errorOf(changes: Environment): ConfigError {
  try {
    parse(changes);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('nothing was refused');
}

const both = `${contoso},${fabrikam}`;
const chosen: [what: string, changes: Environment, origin: string, segment: string][] = [
  ['nothing', {}, 'https://login.microsoftonline.com', contoso],
  [
    'what Azure Kubernetes Service sets',
    { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/' },
    'https://login.microsoftonline.com',
    contoso,
  ],
  ['US Government', { AZURE_AUTHORITY_HOST: 'login.microsoftonline.us' }, us, contoso],
  [
    'US Government with several organisations',
    { AZURE_AUTHORITY_HOST: us, AZURE_VALID_TENANT_IDS: both },
    us,
    'organizations',
  ],
  ['China', { AZURE_AUTHORITY_HOST: 'https://login.chinacloudapi.cn' }, china, contoso],
  [
    'an external tenant',
    { AZURE_AUTHORITY_HOST: 'woodgrove.ciamlogin.com' },
    'https://woodgrove.ciamlogin.com',
    contoso,
  ],
  [
    'an issuer of US Government alone',
    { AZURE_ISSUER_URI: `${us}/organizations/v2.0` },
    us,
    'organizations',
  ],
  [
    'an issuer of China by its other name, beside its host',
    {
      AZURE_AUTHORITY_HOST: china,
      AZURE_ISSUER_URI: `https://login.chinacloudapi.cn/${contoso}/v2.0`,
    },
    china,
    contoso,
  ],
  [
    'the issuer of an external tenant beside its subdomain',
    {
      AZURE_AUTHORITY_HOST: 'woodgrove.ciamlogin.com',
      AZURE_ISSUER_URI: `https://${contoso}.ciamlogin.com/${contoso}/v2.0`,
    },
    'https://woodgrove.ciamlogin.com',
    contoso,
  ],
  [
    'the issuer of an external tenant alone',
    { AZURE_ISSUER_URI: `https://${contoso}.ciamlogin.com/${contoso}/v2.0` },
    `https://${contoso}.ciamlogin.com`,
    contoso,
  ],
];
for (const [what, changes, origin, segment] of chosen) {
  test(`${what} leads to ${origin}`, () => {
    expect(parse(changes).authority).toEqual({ origin, segment, locationOrigin: origin });
  });
}

test('the stand-in is the stand-in, whatever the host', () => {
  const { authority } = parse({
    AZURE_AUTHORITY_HOST: us,
    AZURE_VALID_TENANT_IDS: `${contoso},${personal}`,
    AUTH_URL: 'http://localhost:3000',
    ENTRA_LOCAL_URL: 'http://127.0.0.1:4000',
  });
  expect(authority.origin).toBe('https://entra-local.invalid');
  expect(issuerOfTenant(authority, contoso)).toBe(`https://entra-local.invalid/${contoso}/v2.0`);
});

const refused: [what: string, changes: Environment, problems: string[]][] = [
  ...[
    'login.microsoftonline.de',
    'https://login.microsoftonline.com.evil.example',
    'evil.ciamlogin.com.example',
    'http://login.microsoftonline.com',
    'https://user@login.microsoftonline.com',
    'https://login.microsoftonline.com:8443',
    'https://login.microsoftonline.com/common',
    'entra-local.invalid',
    'http://127.0.0.1:4000',
    'AzureCloud',
  ].map((AZURE_AUTHORITY_HOST): [string, Environment, string[]] => [
    AZURE_AUTHORITY_HOST,
    { AZURE_AUTHORITY_HOST },
    ['AZURE_AUTHORITY_HOST unknown_cloud'],
  ]),
  ...['https://woodgrove.ciamlogin.com/common/v2.0', `https://ciamlogin.com/${contoso}/v2.0`].map(
    (AZURE_ISSUER_URI): [string, Environment, string[]] => [
      AZURE_ISSUER_URI,
      { AZURE_ISSUER_URI },
      ['AZURE_ISSUER_URI not_an_issuer'],
    ],
  ),
  [
    'an issuer of another cloud than the host',
    { AZURE_AUTHORITY_HOST: us, AZURE_ISSUER_URI: `${china}/${contoso}/v2.0` },
    ['AZURE_ISSUER_URI issuer_of_another_cloud'],
  ],
  [
    'an external tenant’s issuer beside the worldwide host',
    {
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      AZURE_ISSUER_URI: `https://${contoso}.ciamlogin.com/${contoso}/v2.0`,
    },
    ['AZURE_ISSUER_URI issuer_of_another_cloud'],
  ],
  [
    'the issuer of another external tenant than the host’s',
    {
      AZURE_AUTHORITY_HOST: 'woodgrove.ciamlogin.com',
      AZURE_ISSUER_URI: `https://fabrikam.ciamlogin.com/${contoso}/v2.0`,
    },
    ['AZURE_ISSUER_URI issuer_of_another_cloud'],
  ],
  ...[us, china, 'woodgrove.ciamlogin.com'].map(
    (AZURE_AUTHORITY_HOST): [string, Environment, string[]] => [
      `personal accounts at ${AZURE_AUTHORITY_HOST}`,
      { AZURE_AUTHORITY_HOST, AZURE_VALID_TENANT_IDS: `${contoso},${personal}` },
      ['AZURE_VALID_TENANT_IDS no_personal_accounts'],
    ],
  ),
  [
    'personal accounts with an issuer of US Government alone',
    { AZURE_ISSUER_URI: `${us}/common/v2.0`, AZURE_VALID_TENANT_IDS: `${contoso},${personal}` },
    ['AZURE_VALID_TENANT_IDS no_personal_accounts'],
  ],
  [
    'several tenants at an external tenant’s host',
    { AZURE_AUTHORITY_HOST: 'woodgrove.ciamlogin.com', AZURE_VALID_TENANT_IDS: both },
    ['AZURE_VALID_TENANT_IDS one_tenant_only'],
  ],
];
for (const [what, changes, problems] of refused) {
  test(`${what} is refused`, () => {
    const error = errorOf(changes);
    expect(error.problems.map(({ variable, code }) => `${variable} ${code}`)).toEqual(problems);
    const { AZURE_AUTHORITY_HOST: host = '' } = changes;
    if (problems[0]?.endsWith('unknown_cloud')) {
      expect(error.message).not.toContain(host);
      for (const allowed of ['login.microsoftonline.us', '<subdomain>.ciamlogin.com']) {
        expect(error.message).toContain(allowed);
      }
    }
  });
}

test('what is missing is found in the admin center of the cloud', () => {
  const missing = { AZURE_CLIENT_ID: '' };
  expect(errorOf(missing).message).toContain('(https://entra.microsoft.com)');
  for (const [AZURE_AUTHORITY_HOST, portal] of [
    ['login.microsoftonline.us', 'https://entra.microsoft.us'],
    ['https://login.chinacloudapi.cn/', 'https://entra.microsoftonline.cn'],
    ['woodgrove.ciamlogin.com', 'https://entra.microsoft.com'],
  ] as const) {
    expect(errorOf({ ...missing, AZURE_AUTHORITY_HOST }).message).toContain(`(${portal})`);
  }
});
