import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError, type ConfigProblem } from '../../lib/config-problem';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const olderSecret = 'Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo=';
const valid: Record<string, string | undefined> = {
  NODE_ENV: 'production',
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_CLIENT_SECRET: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
  AZURE_VALID_TENANT_IDS: contoso,
  AUTH_SECRET: secret,
  AUTH_URL: 'https://app.example.com',
};
const parse = (changes: Record<string, string | undefined> = {}) =>
  parseConfig({ ...valid, ...changes });

function problemsOf(changes: Record<string, string | undefined>): readonly ConfigProblem[] {
  try {
    parse(changes);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
const codesOf = (changes: Record<string, string | undefined>) =>
  problemsOf(changes).map(({ variable, code }) => `${variable} ${code}`);

test('three values, a secret and an address are a whole configuration', () => {
  expect(parse()).toEqual({
    origin: 'https://app.example.com',
    clientId: valid.AZURE_CLIENT_ID,
    credential: { kind: 'secret', secret: valid.AZURE_CLIENT_SECRET },
    tenantIds: new Set([contoso]),
    authority: {
      origin: 'https://login.microsoftonline.com',
      segment: contoso,
      locationOrigin: 'https://login.microsoftonline.com',
    },
    allowGuests: true,
    ...{ readGroups: false, sessionEpochSeconds: 0 },
    ...{ sessionIdleSeconds: 60 * 60, sessionLifetimeSeconds: 12 * 60 * 60 },
    trustedProxyHops: 0,
    shutdownDelaySeconds: 3,
    secrets: [secret],
    demo: false,
  });
});

const required = [
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_VALID_TENANT_IDS',
  'AUTH_SECRET',
  'AUTH_URL',
];

test('every missing variable is reported at once', () => {
  const unset = Object.fromEntries(required.map((name) => [name, undefined]));
  expect(codesOf(unset)).toEqual(required.map((name) => `${name} missing`));
});

for (const name of required) {
  for (const [kind, value] of Object.entries({
    empty: '',
    blank: ' \t\n',
    'only a BOM': '\uFEFF',
  })) {
    test(`${name} is missing when it is ${kind}`, () => {
      expect(codesOf({ [name]: value })).toEqual([`${name} missing`]);
    });
  }
}

test('empty optional variables are unset', () => {
  expect(parse({ AZURE_ISSUER_URI: '', ENTRA_LOCAL_URL: ' ' })).toEqual(parse());
});

const refused: [variable: string, code: string, values: string[]][] = [
  [
    'AZURE_CLIENT_ID',
    'not_a_guid',
    ['7d9f1c3e', '7d9f1c3e5a2b4e68b0d42f6a8c1e3b57', `${contoso}0`],
  ],
  [
    'AZURE_CLIENT_ID',
    'placeholder',
    ['<client id>', 'your-client-id', '00000000-0000-0000-0000-000000000000', '[client id]'],
  ],
  ['AZURE_CLIENT_SECRET', 'secret_id', [contoso, contoso.toUpperCase(), `"${contoso}"`]],
  ['AZURE_CLIENT_SECRET', 'quoted', [`"${valid.AZURE_CLIENT_SECRET}"`, "'abc~8Q~defghijklmno'"]],
  [
    'AZURE_CLIENT_SECRET',
    'placeholder',
    [
      'your-client-secret-value',
      '<paste the secret value>',
      'changeme-changeme',
      'xxxxxxxxxxxxxxxxxxx',
    ],
  ],
  ['AZURE_CLIENT_SECRET', 'too_short', ['abc~8Q~defghijk']],
  [
    'AUTH_SECRET',
    'too_short',
    ['a', 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoR', `${secret},`, `${secret},short`],
  ],
  [
    'AUTH_SECRET',
    'placeholder',
    [
      'your-secret-here-with-at-least-32-characters',
      'changeme-changeme-changeme-changeme',
      '<run: openssl rand -base64 32>',
    ],
  ],
  [
    'AUTH_SECRET',
    'too_simple',
    [
      'a'.repeat(40),
      '0123'.repeat(10),
      `k7QzXv3mTbYh${'Passw0rd'.repeat(4)}`,
      'abcabcabdabcabcabdabcabcabdabcabd',
      `${secret},${'a1'.repeat(20)}`,
    ],
  ],
  ['AZURE_VALID_TENANT_IDS', 'missing', [',', ' , ,', '""', '{}']],
  [
    'AZURE_VALID_TENANT_IDS',
    'not_a_guid',
    ['contoso', `${contoso}\n${fabrikam}`, `${contoso} ${fabrikam}`, '*'],
  ],
  ['AZURE_VALID_TENANT_IDS', 'tenant_is_domain', ['contoso.onmicrosoft.com', 'Contoso.com']],
  [
    'AZURE_VALID_TENANT_IDS',
    'tenant_is_authority',
    ['common', 'organizations', 'Consumers', `${contoso},"common"`],
  ],
  [
    'AZURE_VALID_TENANT_IDS',
    'placeholder',
    ['<tenant id>', 'your-tenant-id', '11111111-1111-1111-1111-111111111111'],
  ],
  [
    'AZURE_ISSUER_URI',
    'not_an_issuer',
    [
      'http://login.microsoftonline.com/common/v2.0',
      'https://login.microsoftonline.com.evil.example/common/v2.0',
      'https://login.microsoftonline.de/common/v2.0',
      'https://sts.windows.net/common/v2.0',
      'https://evil@login.microsoftonline.com/common/v2.0',
      'https://login.microsoftonline.com:8443/common/v2.0',
      'https://login.microsoftonline.com/contoso.com/v2.0',
      'https://login.microsoftonline.com/common',
      'https://login.microsoftonline.com/common/v2.0?x=1',
      `https://login.microsoftonline.com/${contoso}/oauth2/v2.0`,
      'https://localhost:4000/common/v2.0',
      'common',
    ],
  ],
  [
    'AZURE_ISSUER_URI',
    'issuer_excludes_tenants',
    [
      `https://login.microsoftonline.com/${fabrikam}/v2.0`,
      'https://login.microsoftonline.com/consumers/v2.0',
    ],
  ],
];
for (const [variable, code, values] of refused) {
  for (const value of values) {
    test(`${variable} = ${JSON.stringify(value)} is refused as ${code}`, () => {
      expect(codesOf({ [variable]: value })).toEqual([`${variable} ${code}`]);
    });
  }
}

test('quotes, braces, spaces and a BOM around the client id mean the same id', () => {
  const clientId = valid.AZURE_CLIENT_ID as string;
  for (const value of [`"${clientId}"`, ` {${clientId.toUpperCase()}} `, `\uFEFF'${clientId}'\n`]) {
    expect(parse({ AZURE_CLIENT_ID: value }).clientId).toBe(clientId);
  }
});

test('a list pasted with spaces, quotes, braces, BOM, capitals, duplicates and a trailing comma is the same list', () => {
  const pasted = `\uFEFF "{${contoso.toUpperCase()}}" ,\n'${fabrikam}',\uFEFF${contoso},${fabrikam} ,`;
  expect(parse({ AZURE_VALID_TENANT_IDS: pasted }).tenantIds).toEqual(new Set([contoso, fabrikam]));
});

test('a bad entry of the list is named by its position', () => {
  for (const bad of ['canary', 'canary.example.com', 'common', '<canary>']) {
    const [problem] = problemsOf({ AZURE_VALID_TENANT_IDS: `${contoso},${fabrikam},${bad}` });
    expect(problem?.problem).toContain('entry 3 ');
  }
  const [domain] = problemsOf({ AZURE_VALID_TENANT_IDS: 'contoso.com' });
  expect(domain?.problem).toContain('/v2.0/.well-known/openid-configuration');
});

test('the misspelling AZURE_VALID_TENTANT_IDS is recognised and not obeyed', () => {
  const misspelt = { AZURE_VALID_TENTANT_IDS: contoso };
  expect(codesOf({ AZURE_VALID_TENANT_IDS: undefined, ...misspelt })).toEqual([
    'AZURE_VALID_TENANT_IDS misspelt',
  ]);
  expect(parse({ ...misspelt, AZURE_VALID_TENTANT_IDS: fabrikam }).tenantIds).toEqual(
    new Set([contoso]),
  );
});

test('secrets are kept newest first', () => {
  expect(parse({ AUTH_SECRET: `${secret}, ${olderSecret}` }).secrets).toEqual([
    secret,
    olderSecret,
  ]);
});

test('no value of the environment appears in what is reported', () => {
  const canary = 'canary4711';
  const environments: Record<string, string>[] = [
    { AZURE_CLIENT_ID: canary, AZURE_CLIENT_SECRET: canary, AUTH_SECRET: canary },
    { AZURE_CLIENT_SECRET: `"${canary}-with-quotes"`, AUTH_SECRET: `${canary},`.repeat(40) },
    { AZURE_CLIENT_SECRET: `<${canary}>`, AUTH_SECRET: `${canary}`.repeat(8) },
    { AZURE_CLIENT_ID: `<${canary}>`, AUTH_SECRET: `your-${canary}-${canary}-${canary}` },
    { AZURE_VALID_TENANT_IDS: `${contoso},${canary}`, AUTH_URL: canary },
    { AZURE_VALID_TENANT_IDS: `${canary}.example.com`, AUTH_URL: `https://${canary}/${canary}` },
    { AZURE_VALID_TENANT_IDS: `<${canary}>`, AUTH_URL: `https://u:${canary}@app.example.com` },
    { AZURE_VALID_TENANT_IDS: '', AZURE_VALID_TENTANT_IDS: canary, AUTH_URL: `http://${canary}` },
    { AZURE_ISSUER_URI: `https://${canary}/common/v2.0`, ENTRA_LOCAL_URL: `http://${canary}` },
    { ENTRA_LOCAL_URL: `http://127.0.0.1/${canary}`, AUTH_URL: `ftp://${canary}` },
    { ENTRA_LOCAL_URL: 'http://127.0.0.1:4711', AUTH_URL: `https://${canary}.example.com` },
  ];
  for (const changes of environments) {
    const problems = problemsOf(changes);
    const { message } = new ConfigError(problems);
    expect(problems.length, JSON.stringify(Object.keys(changes))).toBeGreaterThan(0);
    expect(message + JSON.stringify(problems)).not.toContain(canary);
    expect(message).not.toContain(String(valid.AZURE_CLIENT_SECRET));
    for (const { variable } of problems) expect(message).toContain(`  ${variable} `);
  }
});

test('a GUID in the place of the client secret is not repeated either', () => {
  const { message } = new ConfigError(problemsOf({ AZURE_CLIENT_SECRET: fabrikam }));
  expect(message).not.toContain(fabrikam);
});
