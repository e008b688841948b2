import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createAuthority } from '../../../lib/authority';
import { connect } from '../../../setup/connect';
import { type Connection, testConnection } from '../../../setup/connection';
import { saveVariables } from '../../../setup/env-file';
import { portalPagesIn } from '../../../setup/portal';
import { CALLBACK } from '../entra-local/visitor';
import { setUp } from './az-run';
import { contoso, NOW, personal } from './connecting';
import { createFolder, removeFolders } from './folder';

test.afterAll(removeFolders);

const us = 'https://login.microsoftonline.us';
const external = 'https://woodgrove.ciamlogin.com';

/** A project whose settings name a cloud. */
function projectOf(settings: string): string {
  const root = createFolder();
  fs.writeFileSync(join(root, '.env'), `${settings}\n`);
  return root;
}

async function press(root: string, tenants: string, environment = {}) {
  const tested: Connection[] = [];
  const askedOf: string[] = [];
  const attempt = await connect(
    {
      clientId: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
      clientSecret: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
      tenants,
    },
    { root, appUrl: 'http://localhost:3000', environment },
    {
      fetch: () => Promise.reject(new Error('nobody asked')),
      nowSeconds: () => NOW,
      save: saveVariables,
      randomSecret: () => 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
    },
    {
      async testConnection(connection) {
        tested.push(connection);
        return [];
      },
      async resolveTenants(_, { origin }) {
        askedOf.push(origin);
        return { tenantIds: [], findings: [] };
      },
    },
  );
  const codes = attempt.findings.filter(({ status }) => status === 'fail').map(({ code }) => code);
  return { codes, saved: attempt.saved, tested, askedOf };
}

test('values are tested at the cloud that the settings name', async () => {
  const byFile = projectOf('AZURE_AUTHORITY_HOST=login.microsoftonline.us');
  const byIssuer = projectOf(`AZURE_ISSUER_URI=${us}/${contoso.id}/v2.0`);
  const byShell = await press(createFolder(), contoso.id, { AZURE_AUTHORITY_HOST: external });
  const origins = [
    ...[await press(byFile, contoso.id), await press(byIssuer, contoso.id), byShell].map(
      ({ tested, askedOf, saved }) => [saved, tested[0]?.authority.origin, askedOf[0]],
    ),
  ];
  expect(origins).toEqual([
    [true, us, us],
    [true, us, us],
    [true, external, external],
  ]);
});

test('a cloud that is none, or has not these tenants, is told before anybody is asked', async () => {
  const both = `${contoso.id},${personal.id}`;
  for (const [settings, code] of [
    ['AZURE_AUTHORITY_HOST=login.microsoftonline.us', 'no_personal_accounts'],
    ['AZURE_AUTHORITY_HOST=login.chinacloudapi.cn', 'no_personal_accounts'],
    [`AZURE_AUTHORITY_HOST=${external}`, 'no_personal_accounts'],
    ['AZURE_AUTHORITY_HOST=login.microsoftonline.de', 'unknown_cloud'],
  ] as const) {
    const { codes, saved, tested } = await press(projectOf(settings), both);
    expect([codes, saved, tested]).toEqual([[code], false, []]);
  }
});

test('the credential is tried, and mended, in the names of its cloud', async () => {
  for (const [host, scope, portal] of [
    ['login.microsoftonline.com', 'graph.microsoft.com', 'https://entra.microsoft.com/'],
    ['login.microsoftonline.us', 'graph.microsoft.us', 'https://entra.microsoft.us/'],
    [
      'login.partner.microsoftonline.cn',
      'microsoftgraph.chinacloudapi.cn',
      'https://entra.microsoftonline.cn/',
    ],
    ['woodgrove.ciamlogin.com', 'graph.microsoft.com', 'https://entra.microsoft.com/'],
  ] as const) {
    const asked: string[] = [];
    const scopes: unknown[] = [];
    const findings = await testConnection(
      {
        clientId: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
        credential: { kind: 'secret', secret: 'wrong' },
        tenantIds: [contoso.id],
        authority: createAuthority(contoso.id, undefined, host),
        redirectUri: CALLBACK,
      },
      {
        nowSeconds: () => NOW,
        fetch: async (url, init) => {
          asked.push(new URL(url).host);
          if (!url.endsWith('/token')) return Response.json({}, { status: 400 });
          scopes.push(new URLSearchParams(String(init.body)).get('scope'));
          const error_codes = [7000215];
          return Response.json({ error: 'invalid_client', error_codes }, { status: 401 });
        },
      },
    );
    expect(new Set(asked)).toEqual(new Set([host]));
    expect(scopes).toEqual([`https://${scope}/.default`]);
    const link = findings.find(({ code }) => code.startsWith('secret_'))?.link;
    expect(link?.startsWith(portal), host).toBe(true);
  }
});

test('the set-up page leads to the admin center of the cloud', () => {
  const hosts = [undefined, 'nonsense', `${us}/`, 'login.chinacloudapi.cn', external];
  expect(hosts.map((host) => new URL(portalPagesIn(host).register).host)).toEqual([
    'entra.microsoft.com',
    'entra.microsoft.com',
    'entra.microsoft.us',
    'entra.microsoftonline.cn',
    'entra.microsoft.com',
  ]);
});

test('the Azure CLI must be set to the cloud that the settings name', async () => {
  const settings = 'AZURE_AUTHORITY_HOST=login.microsoftonline.us';
  const there = await setUp({
    root: projectOf(settings),
    directory: { environmentName: 'AzureUSGovernment' },
  });
  expect([there.code, there.tested[0]?.authority.origin]).toEqual([0, us]);
  const elsewhere = await setUp({ root: projectOf(settings) });
  expect([elsewhere.code, elsewhere.codes, elsewhere.writes]).toEqual([1, ['az_other_cloud'], []]);
  expect(elsewhere.answer.findings[0].next).toContain('az cloud set --name AzureUSGovernment');
});
