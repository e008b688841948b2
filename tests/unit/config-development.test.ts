import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError } from '../../lib/config-problem';

const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const ownSecret = 'Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo=';
const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const standIn = {
  ENTRA_LOCAL_URL: 'http://127.0.0.1:4999',
  AZURE_CLIENT_ID: 'd3b8f2c7-6a94-4e15-8c0d-2f7a51e9b604',
  AZURE_CLIENT_SECRET: 'local_credential_4f1c9b7ae2d85306',
  AZURE_VALID_TENANT_IDS: '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61',
};
const real = {
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_CLIENT_SECRET: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
  AZURE_VALID_TENANT_IDS: contoso,
};
const defaults = JSON.stringify({ AUTH_SECRET: secret, standIn });
const development = { NODE_ENV: 'development', DEVELOPMENT_DEFAULTS: defaults };

function problemsOf(env: Record<string, string>): string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, code }) => `${variable} ${code}`);
  }
}

test('while nothing is configured, development runs with what npm run dev offers', () => {
  const config = parseConfig({ ...development, AUTH_SECRET: ownSecret, AZURE_CLIENT_ID: ' ' });
  expect(config.demo).toBe(true);
  expect(config.clientId).toBe(standIn.AZURE_CLIENT_ID);
  expect(config.secrets, 'a real secret seals no session of the demo').toEqual([secret]);
});

test('the stand-in offered wins over another one while nothing is configured', () => {
  const config = parseConfig({ ...development, ENTRA_LOCAL_URL: 'http://127.0.0.1:5999' });
  expect(config.authority.locationOrigin).toBe('http://127.0.0.1:4999');
});

test('a configuration counts at once, without anything of the stand-in', () => {
  const config = parseConfig({ ...development, ...real });
  expect(config.demo).toBe(false);
  expect(config.clientId).toBe(real.AZURE_CLIENT_ID);
  expect(config.secrets).toEqual([secret]);
  expect(parseConfig({ ...development, ...real, AUTH_SECRET: ownSecret }).secrets).toEqual([
    ownSecret,
  ]);
});

for (const name of [...Object.keys(real), 'AZURE_CLIENT_CERTIFICATE_PATH']) {
  test(`${name} alone is half a configuration, and never the stand-in`, () => {
    const found = problemsOf({ ...development, [name]: '/run/secrets/entra.pem' });
    expect(found.length).toBeGreaterThan(0);
  });
}

for (const NODE_ENV of ['production', '', 'staging']) {
  test(`with NODE_ENV=${NODE_ENV} nothing that development offers counts`, () => {
    const env = { ...development, NODE_ENV, AUTH_URL: 'http://localhost:3000' };
    expect(problemsOf(env)).toEqual([
      'AZURE_CLIENT_ID missing',
      'AZURE_CLIENT_SECRET missing',
      'AZURE_VALID_TENANT_IDS missing',
      'AUTH_SECRET missing',
      'DEVELOPMENT_DEFAULTS not_in_production',
    ]);
    expect(problemsOf({ ...env, ...real, AUTH_SECRET: ownSecret })).toEqual([
      'DEVELOPMENT_DEFAULTS not_in_production',
    ]);
  });
}
