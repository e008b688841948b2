import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError, type ConfigProblem } from '../../lib/config-problem';

const secret = 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo';
const path = '/run/secrets/entra.pem';
const valid = {
  NODE_ENV: 'production',
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_VALID_TENANT_IDS: '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5',
  AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  AUTH_URL: 'https://app.example.com',
};
type Changes = { AZURE_CLIENT_SECRET?: string; AZURE_CLIENT_CERTIFICATE_PATH?: string };

function problemsOf(changes: Changes): readonly ConfigProblem[] {
  try {
    parseConfig({ ...valid, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
}
const codesOf = (changes: Changes) =>
  problemsOf(changes).map(({ variable, code }) => `${variable} ${code}`);

test('a certificate takes the place of the client secret', () => {
  for (const AZURE_CLIENT_SECRET of [undefined, '', ' \n', '\uFEFF']) {
    const changes = { AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH: ` ${path}\n` };
    expect(parseConfig({ ...valid, ...changes }).credential).toEqual({ kind: 'certificate', path });
  }
});

test('an empty certificate path leaves the client secret in its place', () => {
  for (const AZURE_CLIENT_CERTIFICATE_PATH of [undefined, '', ' \n', '\uFEFF']) {
    const changes = { AZURE_CLIENT_SECRET: secret, AZURE_CLIENT_CERTIFICATE_PATH };
    expect(parseConfig({ ...valid, ...changes }).credential).toEqual({ kind: 'secret', secret });
  }
});

test('both at once are one problem, which says what to unset', () => {
  for (const AZURE_CLIENT_SECRET of [secret, 'short', valid.AZURE_CLIENT_ID]) {
    const [problem, more] = problemsOf({
      AZURE_CLIENT_SECRET,
      AZURE_CLIENT_CERTIFICATE_PATH: path,
    });
    expect(more).toBeUndefined();
    expect(problem).toMatchObject({ variable: 'AZURE_CLIENT_SECRET', code: 'two_credentials' });
    expect(problem?.problem).toContain('Unset AZURE_CLIENT_SECRET');
  }
});

test('neither is a missing client secret, and the other variable is named', () => {
  expect(codesOf({})).toEqual(['AZURE_CLIENT_SECRET missing']);
  expect(problemsOf({})[0]?.problem).toContain('AZURE_CLIENT_CERTIFICATE_PATH');
});

test('a path in quotation marks is refused', () => {
  for (const quote of ['"', "'"]) {
    expect(codesOf({ AZURE_CLIENT_CERTIFICATE_PATH: quote + path + quote })).toEqual([
      'AZURE_CLIENT_CERTIFICATE_PATH quoted',
    ]);
  }
});

test('the certificate itself in the place of its path is refused and not repeated', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----';
  const problems = problemsOf({ AZURE_CLIENT_CERTIFICATE_PATH: pem });
  expect(problems.map(({ code }) => code)).toEqual(['not_a_path']);
  expect(new ConfigError(problems).message).not.toContain('canary');
});

test('every problem with the certificate says where to find the right value', () => {
  const problems = problemsOf({ AZURE_CLIENT_CERTIFICATE_PATH: `"${path}"` });
  const { message } = new ConfigError(problems);
  expect(message).toContain('Certificates & secrets > Certificates');
  expect(message).not.toContain(path);
});
