import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError } from '../../lib/config-problem';

const valid = {
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_CLIENT_SECRET: 'q8Q~R3vXcPz7mYtLkWnB2dFgHsJaUe4o6T',
  AZURE_VALID_TENANT_IDS: '1b6a7d52-0c3e-4f98-8a41-d5e2c7f09b36',
  AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRfGi5cSx9uEw4=',
  AUTH_URL: 'https://app.example.com',
};

function codesOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, code }) => `${variable} ${code}`);
  }
}

test('the settings without a reference are accepted', () => {
  expect(codesOf(valid)).toEqual([]);
});

/** App Service hands over the text itself where it cannot read the vault. As a session secret it would
 * be long enough, and known to whoever knows the vault's name.
 * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references */
const unresolved = [
  '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/auth-secret/)',
  '@Microsoft.KeyVault(VaultName=v;SecretName=auth-secret)',
  '@Microsoft.AppConfiguration(Endpoint=https://v.azconfig.io; Key=auth-secret)',
];

for (const reference of unresolved) {
  test(`${reference} is no secret`, () => {
    expect(codesOf({ ...valid, AUTH_SECRET: reference })).toEqual(['AUTH_SECRET placeholder']);
    expect(codesOf({ ...valid, AUTH_SECRET: `${valid.AUTH_SECRET},${reference}` })).toEqual([
      'AUTH_SECRET placeholder',
    ]);
    expect(codesOf({ ...valid, AZURE_CLIENT_SECRET: reference })).toEqual([
      'AZURE_CLIENT_SECRET placeholder',
    ]);
    for (const name of ['REDIS_URL', 'AUTH_URL', 'AZURE_CLIENT_ID', 'AZURE_VALID_TENANT_IDS']) {
      expect(codesOf({ ...valid, [name]: reference }), name).toHaveLength(1);
    }
  });
}
