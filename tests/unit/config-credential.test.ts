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
type Changes = Record<string, string | undefined>;

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

test('nothing at all is a missing client secret, and every other way is named', () => {
  expect(codesOf({})).toEqual(['AZURE_CLIENT_SECRET missing']);
  for (const name of [
    'AZURE_CLIENT_CERTIFICATE_PATH',
    'AZURE_MANAGED_IDENTITY_CLIENT_ID',
    'AZURE_FEDERATED_TOKEN_FILE',
    'Vercel',
  ]) {
    expect(problemsOf({})[0]?.problem).toContain(name);
  }
});

const all = {
  AZURE_CLIENT_CERTIFICATE_PATH: path,
  AZURE_CLIENT_SECRET: secret,
  AZURE_CLIENT_SECRET_NEXT: `${secret}-next`,
  AZURE_MANAGED_IDENTITY_CLIENT_ID: '6b0f4d7a-52c1-4e98-a3d7-9c1e5f2b8a46',
  AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/azure/tokens/azure-identity-token',
  VERCEL: '1',
};
const named = {
  certificate: 'AZURE_CLIENT_CERTIFICATE_PATH',
  secret: 'AZURE_CLIENT_SECRET',
  next: 'AZURE_CLIENT_SECRET_NEXT',
  identity: 'AZURE_MANAGED_IDENTITY_CLIENT_ID',
  file: 'AZURE_FEDERATED_TOKEN_FILE',
  vercel: 'VERCEL',
} as const;
const overlap = { AZURE_CREDENTIAL_OVERLAP: 'true' };

/** `active` or `active, next` by their kinds; or the refusals. */
function choiceOf(names: (keyof typeof named)[], changes: Changes = {}): string {
  const set = Object.fromEntries(names.map((name) => [named[name], all[named[name]]]));
  const problems = codesOf({ ...set, ...changes });
  if (problems.length > 0) return problems.join();
  const { credential, nextCredential } = parseConfig({ ...valid, ...set, ...changes });
  return [credential, nextCredential].flatMap((one) => (one ? [one.kind] : [])).join(', ');
}

test('each way is chosen where it is the only one', () => {
  for (const [names, kind] of [
    [['certificate'], 'certificate'],
    [['secret'], 'secret'],
    [['identity'], 'managed_identity'],
    [['file'], 'federated_token_file'],
    [['vercel'], 'vercel'],
  ] as const) {
    expect(choiceOf([...names])).toBe(kind);
    expect(choiceOf([...names], overlap)).toBe(kind);
  }
  const { clientId, credential } = parseConfig({
    ...valid,
    AZURE_MANAGED_IDENTITY_CLIENT_ID: `{${all.AZURE_MANAGED_IDENTITY_CLIENT_ID.toUpperCase()}}`,
  });
  expect(clientId).toBe(valid.AZURE_CLIENT_ID);
  expect(credential).toEqual({
    kind: 'managed_identity',
    clientId: all.AZURE_MANAGED_IDENTITY_CLIENT_ID,
  });
});

test('what the operator wrote counts before what the platform put there', () => {
  expect(choiceOf(['certificate', 'file', 'vercel'])).toBe('certificate');
  expect(choiceOf(['secret', 'file'])).toBe('secret');
  expect(choiceOf(['secret', 'vercel'])).toBe('secret');
  expect(choiceOf(['identity', 'file', 'vercel'])).toBe('managed_identity');
  expect(choiceOf(['file', 'vercel'])).toBe('federated_token_file');
  expect(choiceOf(['secret', 'file', 'vercel'], overlap)).toBe('secret, federated_token_file');
  expect(choiceOf(['identity', 'vercel'], overlap)).toBe('managed_identity, vercel');
});

test('two that the operator wrote are refused, unless they are to overlap', () => {
  for (const [first, second, kinds] of [
    ['certificate', 'secret', 'certificate, secret'],
    ['certificate', 'identity', 'certificate, managed_identity'],
    ['secret', 'identity', 'secret, managed_identity'],
  ] as const) {
    const refused = `${named[second]} two_credentials`;
    expect(choiceOf([first, second])).toBe(refused);
    expect(choiceOf([first, second], { AZURE_CREDENTIAL_OVERLAP: 'false' })).toBe(refused);
    expect(choiceOf([second, first], overlap)).toBe(kinds);
    const [problem] = problemsOf({
      [named[first]]: all[named[first]],
      [named[second]]: all[named[second]],
    });
    for (const told of [named[first], `Unset ${named[second]}`, 'AZURE_CREDENTIAL_OVERLAP=true']) {
      expect(problem?.problem).toContain(told);
    }
  }
});

test('a next secret is its own word for an overlap, and follows a first', () => {
  expect(choiceOf(['secret', 'next'])).toBe('secret, next_secret');
  expect(choiceOf(['secret', 'next', 'file'])).toBe('secret, next_secret');
  expect(choiceOf(['next'])).toBe('AZURE_CLIENT_SECRET missing');
  expect(choiceOf(['next', 'file'])).toBe('AZURE_CLIENT_SECRET missing');
  expect(choiceOf(['secret', 'next'], { AZURE_CLIENT_SECRET_NEXT: 'short' })).toBe(
    'AZURE_CLIENT_SECRET_NEXT too_short',
  );
});

test('three never overlap', () => {
  expect(choiceOf(['certificate', 'secret', 'identity'], overlap)).toBe(
    'AZURE_MANAGED_IDENTITY_CLIENT_ID two_credentials',
  );
  expect(choiceOf(['certificate', 'secret', 'next'], overlap)).toBe(
    'AZURE_CLIENT_SECRET_NEXT two_credentials',
  );
});

test('what is no credential is refused, and never repeated', () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.canary.signature';
  for (const [changes, expected] of [
    [{ AZURE_FEDERATED_TOKEN_FILE: token }, 'AZURE_FEDERATED_TOKEN_FILE not_a_path'],
    [{ AZURE_FEDERATED_TOKEN_FILE: '"/canary"' }, 'AZURE_FEDERATED_TOKEN_FILE quoted'],
    [{ AZURE_MANAGED_IDENTITY_CLIENT_ID: 'canary' }, 'AZURE_MANAGED_IDENTITY_CLIENT_ID not_a_guid'],
    [
      { AZURE_MANAGED_IDENTITY_CLIENT_ID: '11111111-1111-1111-1111-111111111111' },
      'AZURE_MANAGED_IDENTITY_CLIENT_ID placeholder',
    ],
    [
      { AZURE_MANAGED_IDENTITY_CLIENT_ID: valid.AZURE_CLIENT_ID },
      'AZURE_MANAGED_IDENTITY_CLIENT_ID is_client_id',
    ],
    [
      { AZURE_CLIENT_SECRET: secret, AZURE_CREDENTIAL_OVERLAP: 'canary' },
      'AZURE_CREDENTIAL_OVERLAP not_a_flag',
    ],
  ] as const) {
    expect(codesOf(changes)).toEqual([expected]);
    const { message } = new ConfigError(problemsOf(changes));
    expect(message).not.toContain('canary');
    expect(message).not.toContain('see .env.example');
  }
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
