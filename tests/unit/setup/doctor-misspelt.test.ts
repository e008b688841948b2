import { expect, test } from '@playwright/test';
import { editDistance, meantBy } from '../../../setup/doctor/misspelt';
import { faultsOf, production, tenant } from './doctor-environments';

/** What is changed, and what the doctor says to it. */
const faults: [what: string, changes: Record<string, string | undefined>, told: string[]][] = [
  [
    'one T too many',
    { AZURE_VALID_TENANT_IDS: '', AZURE_VALID_TENTANT_IDS: tenant },
    ['AZURE_VALID_TENTANT_IDS misspelt fail'],
  ],
  [
    'one T too many, and a space',
    { AZURE_VALID_TENANT_IDS: '', AZURE_VALID_TENTANT_IDS: ' ' },
    ['AZURE_VALID_TENANT_IDS misspelt fail'],
  ],
  [
    'a missing underscore',
    { AZURE_CLIENT_ID: '', AZURE_CLIENTID: production.AZURE_CLIENT_ID },
    ['AZURE_CLIENTID misspelt fail', 'AZURE_CLIENT_ID missing fail'],
  ],
  [
    'a name in small letters',
    { AZURE_CLIENT_ID: '', azure_client_id: production.AZURE_CLIENT_ID },
    ['azure_client_id misspelt fail', 'AZURE_CLIENT_ID missing fail'],
  ],
  [
    'the name that Azure’s libraries use',
    { AZURE_VALID_TENANT_IDS: '', AZURE_TENANT_ID: tenant },
    ['AZURE_TENANT_ID misspelt fail', 'AZURE_VALID_TENANT_IDS missing fail'],
  ],
  [
    'guests kept out by a name that nobody reads',
    { AZURE_ALLOW_GUEST: 'false' },
    ['AZURE_ALLOW_GUEST misspelt fail'],
  ],
  [
    'the names of the last version of Auth.js',
    { NEXTAUTH_URL: 'https://old.contoso.example', NEXTAUTH_SECRET: 'canary-canary' },
    ['NEXTAUTH_URL not_read warn', 'NEXTAUTH_SECRET not_read warn'],
  ],
  [
    'a misspelt name beside the right one',
    { AUTH_SECRETS: 'canary-canary' },
    ['AUTH_SECRETS misspelt warn'],
  ],
];
for (const [what, changes, told] of faults) {
  test(`${what} is named`, () => {
    expect(faultsOf({ ...production, ...changes })).toEqual(told);
  });
}

test('another program’s variables are nobody’s mistake', () => {
  const others = {
    AZURE_TENANT_ID: tenant,
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
    AZURE_FEDERATED_TOKEN_FILE: '/var/run/token',
    AUTHOR: 'canary',
    OAUTH_SECRET: 'canary-canary',
    JWT_SECRET: 'canary-canary',
    SESSION_MANAGER: 'local/canary',
    PATH: '/usr/bin',
  };
  expect(faultsOf({ ...production, ...others })).toEqual([]);
});

test('a name is taken for ours by two letters at most', () => {
  const meant: [name: string, ours: string | undefined][] = [
    ['AZURE_VALID_TENANT_ID', 'AZURE_VALID_TENANT_IDS'],
    ['AZURE_VALID_TENANTS_IDS', 'AZURE_VALID_TENANT_IDS'],
    ['AZUER_CLIENT_ID', 'AZURE_CLIENT_ID'],
    ['AZURE_CLIENT_SECERT', 'AZURE_CLIENT_SECRET'],
    ['AZURE_AD_CLIENT_SECRET', 'AZURE_CLIENT_SECRET'],
    ['AZURE_CLIENT_SECRET_EXPIRATION', undefined],
    ['AZURE_CLIENT_SECRET_EXPIRE', 'AZURE_CLIENT_SECRET_EXPIRES'],
    ['AUTH_URI', 'AUTH_URL'],
    ['AUTH_URLS', 'AUTH_URL'],
    ['AUTH_UID', undefined],
    ['SESSION_LIFETIME_HOUR', 'SESSION_LIFETIME_HOURS'],
    ['TRUSTED_PROXY_HOP', 'TRUSTED_PROXY_HOPS'],
    ['AZURE_CLIENT_ID', undefined],
    ['HOSTNAME', undefined],
  ];
  expect(meant.map(([name]) => [name, meantBy(name)])).toEqual(meant);
  expect(['', 'kitten', 'same'].map((one) => editDistance(one, 'sitting'))).toEqual([7, 3, 6]);
});
