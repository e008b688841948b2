import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { site } from '../../../lib/site';
import { homeTenantId, otherTenantId, type Run, setUp } from './az-run';
import type { Directory } from './fake-az';
import { createFolder, readByNext, removeFolders } from './folder';

test.afterAll(removeFolders);

const [contoso, fabrikam] = [homeTenantId, otherTenantId];
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const client = '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57';
const ours = ['/authorization-code/callback', '/auth/signed-out', '/auth/approve/done'];
const localUris = ours.map((one) => `http://localhost${one}`);

/** A registration as `--az` leaves it. */
const complete = (changes: Partial<Directory['apps'][number]> = {}) => ({
  appId: client,
  displayName: site.name,
  signInAudience: 'AzureADMyOrg',
  web: { redirectUris: localUris },
  passwords: ['entra-made-secret-0~aaaaaaaaaaaaaaaaaaaa'],
  ...changes,
});

const fileOf = (root: string) => readByNext([root])[0] ?? {};

test('a fresh registration: app, enterprise application and secret, saved and tested', async () => {
  const { code, root, directory, writes, shown, tested } = await setUp({
    args: ['--yes', '--json', '--host', 'https://app.example.com'],
  });
  const [app] = directory.apps;
  expect(code).toBe(0);
  expect(writes.map((args) => args.slice(0, 4).join(' '))).toEqual([
    'ad app create --display-name',
    'ad sp create --id',
    'ad app credential reset',
  ]);
  expect(app).toMatchObject({
    displayName: site.name,
    signInAudience: 'AzureADMyOrg',
    web: { redirectUris: [...localUris, ...ours.map((one) => `https://app.example.com${one}`)] },
  });
  expect(directory.principals).toEqual([app?.appId]);
  expect(fileOf(root)).toEqual({
    AZURE_CLIENT_ID: app?.appId,
    AZURE_CLIENT_SECRET: app?.passwords[0],
    AZURE_CLIENT_SECRET_EXPIRES: '2028-01-15',
    AZURE_VALID_TENANT_IDS: contoso,
    AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  });
  expect(fs.statSync(join(root, '.env.local')).mode & 0o777).toBe(0o600);
  expect(tested).toHaveLength(1);
  expect(shown.indexOf(`register the app "${site.name}"`)).toBeLessThan(shown.indexOf('Saved'));
});

test('a second run changes nothing', async () => {
  const first = await setUp();
  const file = fs.readFileSync(join(first.root, '.env.local'), 'utf8');
  const values = fileOf(first.root);
  const { code, writes, root } = await setUp({
    directory: first.directory,
    root: first.root,
    known: {
      clientId: values.AZURE_CLIENT_ID ?? '',
      clientSecret: values.AZURE_CLIENT_SECRET ?? '',
      tenants: values.AZURE_VALID_TENANT_IDS ?? '',
    },
  });
  expect([code, writes]).toEqual([0, []]);
  expect(fs.readFileSync(join(root, '.env.local'), 'utf8')).toBe(file);
});

test('an app of this name that is there is used; its other URIs and secrets stay', async () => {
  const web = { redirectUris: ['https://old.example/cb', localUris[0] as string] };
  const { code, directory, writes } = await setUp({
    directory: {
      apps: [complete({ web }), complete({ appId: fabrikam, displayName: `${site.name} 2` })],
    },
  });
  expect([code, directory.apps.length]).toEqual([0, 2]);
  expect(directory.apps[0]?.web.redirectUris).toEqual(['https://old.example/cb', ...localUris]);
  expect(directory.apps[0]?.passwords).toHaveLength(2);
  expect(directory.apps[1]).toEqual(complete({ appId: fabrikam, displayName: `${site.name} 2` }));
  expect(writes.map((args) => args.slice(0, 3).join(' '))).toEqual([
    'ad app update',
    'ad sp create',
    'ad app credential',
  ]);
});

const audiences: [tenants: string, before: string | undefined, after: string][] = [
  ['', undefined, 'AzureADMyOrg'],
  [`${contoso},fabrikam.example`, undefined, 'AzureADMultipleOrgs'],
  [`${contoso},${personal}`, undefined, 'AzureADandPersonalMicrosoftAccount'],
  [personal, undefined, 'PersonalMicrosoftAccount'],
  [`${contoso},${fabrikam}`, 'AzureADMyOrg', 'AzureADMultipleOrgs'],
  [contoso, 'AzureADMultipleOrgs', 'AzureADMultipleOrgs'],
  [contoso, 'PersonalMicrosoftAccount', 'AzureADandPersonalMicrosoftAccount'],
  [personal, 'AzureADMyOrg', 'AzureADandPersonalMicrosoftAccount'],
];
for (const [tenants, before, after] of audiences) {
  test(`tenants "${tenants}" and an app for ${before ?? 'nobody'} become ${after}`, async () => {
    const apps = before ? [complete({ signInAudience: before })] : [];
    const { directory, writes } = await setUp({ known: { tenants }, directory: { apps } });
    expect(directory.apps.map(({ signInAudience }) => signInAudience)).toEqual([after]);
    const asked = writes.some((args) => args.includes('--requested-access-token-version'));
    expect(asked).toBe(before !== after && after.includes('Personal'));
  });
}

const refusals: [code: string, run: Run][] = [
  ['az_not_signed_in', { directory: { fault: "ERROR: Please run 'az login' to setup account." } }],
  [
    'az_no_permission',
    { directory: { writeFault: 'ERROR: Insufficient privileges to complete the operation.' } },
  ],
  [
    'az_no_permission',
    { directory: { writeFault: 'ERROR: Directory permission is needed for the current user' } },
  ],
  ['az_failed', { directory: { writeFault: 'ERROR: Something new: k3y' } }],
  ['az_other_cloud', { directory: { environmentName: 'AzureChinaCloud' } }],
  ['az_other_tenant', { known: { tenants: fabrikam } }],
  ['az_several_apps', { directory: { apps: [complete(), complete({ appId: fabrikam })] } }],
  ['az_app_not_found', { known: { clientId: client } }],
];
for (const [index, [expected, run]] of refusals.entries()) {
  test(`refusal ${index + 1}, ${expected}: nothing is made and nothing is saved`, async () => {
    const { code, codes, root, directory, answer, shown } = await setUp(run);
    expect([code, codes, fs.readdirSync(root)]).toEqual([1, [expected], []]);
    expect(directory.apps).toEqual(run.directory?.apps ?? []);
    expect(answer.findings[0].next).toBeTruthy();
    expect(shown).not.toContain('k3y');
    const message = shown.includes(`Please register an app named "${site.name}"`);
    expect(message).toBe(expected === 'az_no_permission');
  });
}

test('a secret that the organisation forbids is told; the app stays for the next try', async () => {
  const secretFault = 'ERROR: Credential type not allowed as per assigned policy. k3y';
  const { code, codes, root, directory } = await setUp({ directory: { secretFault } });
  expect([code, codes, fs.readdirSync(root)]).toEqual([1, ['az_forbidden_by_policy'], []]);
  expect(directory.apps).toHaveLength(1);
});

test('without the Azure CLI its absence is told', async () => {
  const { code, codes } = await setUp({ directory: { absent: true } });
  expect([code, codes]).toEqual([1, ['az_missing']]);
});

test('an expired secret is replaced, and the old one stays at Microsoft', async () => {
  const [old = ''] = complete().passwords;
  const { code, directory, root, writes } = await setUp({
    directory: { apps: [complete()], principals: [client] },
    known: { clientId: client, clientSecret: old },
    found: [['secret_expired'], ['fine']],
  });
  expect([code, writes.length, directory.apps[0]?.passwords.length]).toEqual([0, 1, 2]);
  expect(fileOf(root).AZURE_CLIENT_SECRET).toBe(directory.apps[0]?.passwords[1]);
});

test('a new secret is saved even where it is not known everywhere yet', async () => {
  const late = await setUp({ found: [['app_unknown'], ['secret_wrong'], ['fine']] });
  expect([late.code, late.waited, late.answer.saved]).toEqual([0, 10, true]);
  const never = await setUp({ found: [['app_unknown']] });
  expect([never.code, never.waited, never.answer.saved]).toEqual([1, 25, true]);
  expect(fileOf(never.root).AZURE_CLIENT_SECRET).toBe(never.directory.apps[0]?.passwords[0]);
});

test('wrong fields are told before the Azure CLI is asked for anything', async () => {
  const { code, calls, answer } = await setUp({ known: { clientId: 'x', tenants: 'common' } });
  expect([code, calls]).toEqual([1, []]);
  expect(answer.problems.map(({ field }: { field: string }) => field)).toEqual([
    'clientId',
    'tenants',
  ]);
});

test('nothing is made at Microsoft where the secret could not be saved', async () => {
  const root = createFolder();
  fs.mkdirSync(join(root, '.env.local'));
  const { code, codes, calls } = await setUp({ root });
  expect([code, codes, calls]).toEqual([1, ['git_absent', 'not_a_file'], []]);
  const certificate = createFolder();
  fs.writeFileSync(join(certificate, '.env.local'), 'AZURE_CLIENT_CERTIFICATE_PATH=/x.pem\n');
  expect((await setUp({ root: certificate })).calls).toEqual([]);
});

test('what will be done is shown first, and only a yes starts it', async () => {
  const no = await setUp({ args: [], answers: ['', 'n'] });
  expect([no.code, no.writes, fs.readdirSync(no.root)]).toEqual([1, [], []]);
  expect(no.out.findIndex((line) => line.includes('register the app'))).toBeLessThan(
    no.out.findIndex((line) => line.startsWith('Go on?')),
  );
  const yes = await setUp({ args: [], answers: ['common', '', 'y'] });
  expect([yes.code, yes.writes.length]).toEqual([0, 3]);
  expect(yes.shown).toContain('✗ Entry 1 is a kind of account');
});
