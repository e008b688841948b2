import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError } from '../../lib/config-problem';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const valid = {
  NODE_ENV: 'production',
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_CLIENT_SECRET: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
  AZURE_VALID_TENANT_IDS: contoso,
  AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  AUTH_URL: 'https://app.example.com',
};

function codesOf(changes: Record<string, string>): string[] {
  try {
    parseConfig({ ...valid, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, code }) => `${variable} ${code}`);
  }
}

test('every secret that openssl makes is accepted, in hex as in base64', () => {
  const found = Array.from({ length: 2000 }).flatMap(() =>
    (['hex', 'base64'] as const).flatMap((encoding) =>
      codesOf({ AUTH_SECRET: randomBytes(32).toString(encoding) }),
    ),
  );
  expect(found).toEqual([]);
});

test('every bad entry of the tenant list is named, each by its position', () => {
  expect(codesOf({ AZURE_VALID_TENANT_IDS: `common,${contoso},contoso.example,x` })).toEqual([
    'AZURE_VALID_TENANT_IDS tenant_is_authority',
    'AZURE_VALID_TENANT_IDS tenant_is_domain',
    'AZURE_VALID_TENANT_IDS not_a_guid',
  ]);
});

test('a blank list beside the misspelt name is called misspelt', () => {
  const changes = { AZURE_VALID_TENANT_IDS: ' ', AZURE_VALID_TENTANT_IDS: contoso };
  expect(codesOf(changes)).toEqual(['AZURE_VALID_TENANT_IDS misspelt']);
});

test('one wrong address is one problem', () => {
  const changes = { AUTH_URL: 'http://localhost:3000', ENTRA_LOCAL_URL: 'true' };
  expect(codesOf(changes)).toEqual(['ENTRA_LOCAL_URL not_an_origin']);
});

test('a server in production does not start with TLS checks switched off', () => {
  const off = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  expect(codesOf(off)).toEqual(['NODE_TLS_REJECT_UNAUTHORIZED tls_unchecked']);
  expect(codesOf({ ...off, NODE_ENV: 'staging' })).toHaveLength(1);
  expect(codesOf({ ...off, NODE_ENV: 'development' })).toEqual([]);
  expect(codesOf({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
  expect(codesOf({ NODE_TLS_REJECT_UNAUTHORIZED: '' })).toEqual([]);
});
