import { expect, test } from '@playwright/test';
import {
  dayFrom,
  development,
  faultsOf,
  nothing,
  production,
  secret,
  tenant,
} from './doctor-environments';

test('a whole configuration has no fault, in production and in development', () => {
  expect(faultsOf(production)).toEqual([]);
  expect(faultsOf(development)).toEqual([]);
  expect(faultsOf({ ...development, AUTH_SECRET: undefined })).toEqual([]);
});

/** What is changed, and what the doctor says to it. */
const faults: [what: string, changes: Record<string, string | undefined>, told: string[]][] = [
  ['no client id', { AZURE_CLIENT_ID: '' }, ['AZURE_CLIENT_ID missing fail']],
  [
    'a client id that is none',
    { AZURE_CLIENT_ID: 'app-canary-123' },
    ['AZURE_CLIENT_ID not_a_guid fail'],
  ],
  [
    'the Secret ID as secret',
    { AZURE_CLIENT_SECRET: tenant, AZURE_VALID_TENANT_IDS: '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61' },
    ['AZURE_CLIENT_SECRET secret_id fail'],
  ],
  [
    'a secret in quotes',
    { AZURE_CLIENT_SECRET: `"${secret}"` },
    ['AZURE_CLIENT_SECRET quoted fail'],
  ],
  [
    'a placeholder',
    { AZURE_CLIENT_SECRET: 'your-client-secret' },
    ['AZURE_CLIENT_SECRET placeholder fail'],
  ],
  ['an empty list', { AZURE_VALID_TENANT_IDS: ' , ' }, ['AZURE_VALID_TENANT_IDS missing fail']],
  [
    'a domain name in the list',
    { AZURE_VALID_TENANT_IDS: 'contoso-canary.com' },
    ['AZURE_VALID_TENANT_IDS tenant_is_domain fail'],
  ],
  [
    'an authority in the list',
    { AZURE_VALID_TENANT_IDS: 'organizations' },
    ['AZURE_VALID_TENANT_IDS tenant_is_authority fail'],
  ],
  ['no session secret', { AUTH_SECRET: undefined }, ['AUTH_SECRET missing fail']],
  ['a short session secret', { AUTH_SECRET: 'short-canary' }, ['AUTH_SECRET too_short fail']],
  ['no origin', { AUTH_URL: undefined }, ['AUTH_URL missing fail']],
  [
    'an origin without https',
    { AUTH_URL: 'http://portal.contoso.example' },
    ['AUTH_URL not_https fail'],
  ],
  [
    'an origin with a path',
    { AUTH_URL: 'https://portal.contoso.example/app' },
    ['AUTH_URL not_an_origin fail'],
  ],
  [
    'an origin that nobody else reaches',
    { AUTH_URL: 'http://localhost:3999' },
    ['AUTH_URL origin_is_local warn'],
  ],
  [
    'TLS checks switched off',
    { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    ['NODE_TLS_REJECT_UNAUTHORIZED tls_unchecked fail'],
  ],
  [
    'the stand-in in public',
    { ENTRA_LOCAL_URL: 'http://127.0.0.1:4999' },
    ['ENTRA_LOCAL_URL stand_in_used warn', 'ENTRA_LOCAL_URL not_loopback fail'],
  ],
  [
    'an issuer without the tenants',
    { AZURE_ISSUER_URI: 'https://login.microsoftonline.com/consumers/v2.0' },
    ['AZURE_ISSUER_URI issuer_excludes_tenants fail'],
  ],
  [
    'a date in another order',
    { AZURE_CLIENT_SECRET_EXPIRES: '31/01/2027-canary' },
    ['AZURE_CLIENT_SECRET_EXPIRES not_a_date fail'],
  ],
  ['no date', { AZURE_CLIENT_SECRET_EXPIRES: '' }, ['Client secret secret_expiry_unknown warn']],
  [
    'a date in two months',
    { AZURE_CLIENT_SECRET_EXPIRES: dayFrom(58) },
    ['Client secret secret_expires_soon warn'],
  ],
  [
    'a date that is past',
    { AZURE_CLIENT_SECRET_EXPIRES: dayFrom(-2) },
    ['Client secret secret_past fail'],
  ],
  [
    'a certificate besides',
    { AZURE_CLIENT_CERTIFICATE_PATH: '/canary/entra.pem' },
    ['AZURE_CLIENT_SECRET two_credentials fail'],
  ],
  [
    'a certificate that is not there',
    { AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: '/canary/entra.pem' },
    ['AZURE_CLIENT_CERTIFICATE_PATH unreadable_file fail'],
  ],
];
for (const [what, changes, told] of faults) {
  test(`in production ${what} is named`, () => {
    expect(faultsOf({ ...production, ...changes })).toEqual(told);
  });
}

test('in development nothing configured is the stand-in, and half of it is a fault', () => {
  expect(faultsOf(nothing)).toEqual(['Settings stand_in_used warn']);
  expect(faultsOf({ ...nothing, SESSION_IDLE_MINUTES: '1.5' })).toEqual([
    'SESSION_IDLE_MINUTES not_in_range fail',
  ]);
  expect(faultsOf({ ...nothing, AZURE_TENANT_ID: tenant })).toEqual([
    'AZURE_TENANT_ID misspelt warn',
    'Settings stand_in_used warn',
  ]);
  expect(faultsOf({ ...nothing, AZURE_CLIENT_ID: '', AZURE_CLIENT_SECRET: secret })).toEqual([
    'AZURE_CLIENT_ID missing fail',
    'AZURE_VALID_TENANT_IDS missing fail',
  ]);
  expect(faultsOf({ NODE_ENV: 'production' })).toHaveLength(5);
});

test('in development switched-off TLS checks are worth knowing', () => {
  expect(faultsOf({ ...development, NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
    'NODE_TLS_REJECT_UNAUTHORIZED tls_unchecked warn',
  ]);
});
