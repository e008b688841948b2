import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Attempt, type ConnectTools, connect, type Place } from '../../../setup/connect';
import type { Connection } from '../../../setup/connection';
import { saveVariables } from '../../../setup/env-file';
import type { Typed } from '../../../setup/fields';
import type { Finding } from '../../../setup/finding';
import { createFolder, readByNext, removeFolders } from './folder';

test.afterAll(removeFolders);

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const client = '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57';
const secret = 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo';
const right: Typed = { clientId: client, clientSecret: secret, tenants: contoso };

const finding = (status: Finding['status'], code: string): Finding => ({
  code,
  status,
  subject: 'test',
  says: 'So it is.',
});

/** Presses Connect in a folder, with tests that find what they are told to. */
async function press(
  typed: Partial<Typed> = {},
  options: {
    files?: Record<string, string>;
    found?: Finding[];
    domains?: Record<string, string>;
    place?: Partial<Place>;
    root?: string;
  } = {},
) {
  const root = options.root ?? createFolder();
  for (const [name, text] of Object.entries(options.files ?? {})) {
    fs.writeFileSync(join(root, name), text);
  }
  const tested: Connection[] = [];
  const tools: ConnectTools = {
    fetch: () => Promise.reject(new Error('nobody asked')),
    nowSeconds: () => 1_800_000_000,
    save: saveVariables,
    randomSecret: () => 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  };
  const attempt: Attempt = await connect(
    { ...right, ...typed },
    { root, appUrl: 'http://localhost:3000', ...options.place },
    tools,
    {
      async testConnection(connection) {
        tested.push(connection);
        return options.found ?? [finding('ok', 'fine')];
      },
      async resolveTenants(names) {
        const ids = names.map((name) => options.domains?.[name]);
        return {
          tenantIds: ids.filter((id) => id !== undefined),
          findings: ids.includes(undefined) ? [finding('fail', 'tenant_not_found')] : [],
        };
      },
    },
  );
  const [read = {}] = readByNext([root]);
  return { attempt, tested, read, root, codes: attempt.findings.map(({ code }) => code) };
}
const written = (root: string) => fs.readdirSync(root);

test('three right values are tested, saved and read back by Next', async () => {
  const { attempt, tested, read } = await press();
  expect([attempt.saved, attempt.problems, attempt.tenantIds]).toEqual([true, [], [contoso]]);
  expect(tested).toEqual([
    {
      clientId: client,
      credential: { kind: 'secret', secret },
      tenantIds: [contoso],
      authority: {
        origin: 'https://login.microsoftonline.com',
        segment: contoso,
        locationOrigin: 'https://login.microsoftonline.com',
      },
      redirectUri: 'http://localhost:3000/authorization-code/callback',
    },
  ]);
  expect(read).toEqual({
    AZURE_CLIENT_ID: client,
    AZURE_CLIENT_SECRET: secret,
    AZURE_VALID_TENANT_IDS: contoso,
    AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  });
  expect(JSON.stringify(attempt)).not.toContain(secret);
});

const wrongFields: [code: string, typed: Partial<Typed>][] = [
  ['not_a_guid', { clientId: 'nonsense' }],
  ['secret_id', { clientSecret: contoso }],
  ['tenant_is_authority', { tenants: `${contoso},common` }],
];
for (const [code, typed] of wrongFields) {
  test(`${code} is told before anybody is asked, and nothing is saved`, async () => {
    const { attempt, tested, root } = await press(typed);
    expect(attempt.problems.map((problem) => problem.code)).toEqual([code]);
    expect([attempt.saved, attempt.findings, tested, written(root)]).toEqual([false, [], [], []]);
  });
}

test('a test that fails keeps everything from being saved; a warning does not', async () => {
  const failed = await press(
    {},
    { found: [finding('ok', 'fine'), finding('fail', 'secret_wrong')] },
  );
  expect([failed.attempt.saved, failed.codes, written(failed.root)]).toEqual([
    false,
    ['fine', 'secret_wrong'],
    [],
  ]);
  const warned = await press({}, { found: [finding('warn', 'not_consented')] });
  expect(warned.attempt.saved).toBe(true);
});

test('domain names are tested and saved as ids, each tenant once', async () => {
  const domains = { 'fabrikam.example': fabrikam, 'contoso.example': contoso };
  const tenants = `${contoso} fabrikam.example, contoso.example`;
  const { attempt, tested, read } = await press({ tenants }, { domains });
  expect(attempt.tenantIds).toEqual([contoso, fabrikam]);
  expect(tested[0]?.authority.segment).toBe('organizations');
  expect(read.AZURE_VALID_TENANT_IDS).toBe(`${contoso},${fabrikam}`);
});

test('a domain name without a tenant keeps everything from being saved', async () => {
  const alone = await press({ tenants: 'nobody.example' });
  expect([alone.attempt.saved, alone.codes, alone.tested]).toEqual([
    false,
    ['tenant_not_found'],
    [],
  ]);
  const beside = await press({ tenants: `${contoso},nobody.example` });
  expect([beside.attempt.saved, beside.codes]).toEqual([false, ['tenant_not_found', 'fine']]);
  expect([...written(alone.root), ...written(beside.root)]).toEqual([]);
});

test('the stand-in is asked where its address is given', async () => {
  const { tested } = await press({}, { place: { standInUrl: 'http://127.0.0.1:4999' } });
  expect(tested[0]?.authority.locationOrigin).toBe('http://127.0.0.1:4999');
});

for (const file of ['.env.local', '.env', '.env.development']) {
  test(`a certificate in ${file} is reported and left where it is`, async () => {
    const text = 'AZURE_CLIENT_CERTIFICATE_PATH=/run/entra.pem\n';
    const { attempt, codes, root } = await press({}, { files: { [file]: text } });
    expect([attempt.saved, codes]).toEqual([false, ['fine', 'two_credentials']]);
    expect(fs.readFileSync(join(root, file), 'utf8')).toBe(text);
  });
}

test('an issuer that leaves a tenant out is reported; one that serves all is not', async () => {
  const issuer = `AZURE_ISSUER_URI=https://login.microsoftonline.com/${fabrikam}/v2.0\n`;
  const { attempt, codes } = await press({}, { files: { '.env.local': issuer } });
  expect([attempt.saved, codes]).toEqual([false, ['fine', 'issuer_excludes_tenants']]);
  const serving = await press({ tenants: fabrikam }, { files: { '.env.local': issuer } });
  expect(serving.attempt.saved).toBe(true);
  const environment = { AZURE_ISSUER_URI: 'nonsense', AZURE_CLIENT_CERTIFICATE_PATH: '/x.pem' };
  const shell = await press({}, { place: { environment } });
  expect(shell.codes).toEqual(['fine', 'two_credentials', 'issuer_excludes_tenants']);
});

test('a session secret is made once, and not where there is one', async () => {
  const first = await press();
  const again = await press({ tenants: fabrikam }, { root: first.root });
  expect(again.read.AUTH_SECRET).toBe(first.read.AUTH_SECRET);
  const mine = await press({}, { files: { '.env': 'AUTH_SECRET=mine\n' } });
  expect(mine.read.AUTH_SECRET).toBe('mine');
  const environment = { AUTH_SECRET: 'mine' };
  expect((await press({}, { place: { environment } })).read).not.toHaveProperty('AUTH_SECRET');
});

test("the date of the secret before is not kept for another one's", async () => {
  const files = {
    '.env.local': `AZURE_CLIENT_SECRET=${secret}\nAZURE_CLIENT_SECRET_EXPIRES=2027-01-01\n`,
  };
  const same = await press({}, { files });
  expect(same.read.AZURE_CLIENT_SECRET_EXPIRES).toBe('2027-01-01');
  const other = await press({ clientSecret: `${secret}2` }, { files });
  expect(other.read.AZURE_CLIENT_SECRET_EXPIRES).toBe('');
});

test('what the shell sets to something else is named, since it would be used instead', async () => {
  const environment = { AZURE_CLIENT_ID: fabrikam, AZURE_VALID_TENANT_IDS: contoso };
  const { attempt } = await press({}, { place: { environment } });
  const named = attempt.findings.filter(({ code }) => code === 'overridden');
  expect([attempt.saved, named.map(({ subject }) => subject)]).toEqual([true, ['AZURE_CLIENT_ID']]);
});

test('what cannot be saved is said, and is not called saved', async () => {
  const root = createFolder();
  fs.mkdirSync(join(root, '.env.local'));
  const { attempt, codes } = await press({}, { root });
  expect([attempt.saved, codes]).toEqual([false, ['fine', 'git_absent', 'not_a_file']]);
});
