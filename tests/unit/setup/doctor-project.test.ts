import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { diagnose, type Patient } from '../../../setup/doctor/diagnose';
import type { Finding } from '../../../setup/finding';
import { expectNoValues, nothing, now, production, secret } from './doctor-environments';
import { createProject, install, lock, manifest, write } from './doctor-projects';
import { git, removeFolders } from './folder';

test.afterAll(removeFolders);

/** All that the doctor finds in a project, without a network. */
async function findingsIn(folder: string, changes: Partial<Patient> = {}): Promise<Finding[]> {
  return diagnose(
    { offline: true },
    {
      root: folder,
      environment: production,
      nodeVersion: '20.9.0',
      platform: 'linux',
      fetch: () => Promise.reject(new Error('nobody is asked')),
      nowSeconds: () => now,
      testConnection: () => Promise.reject(new Error('nobody is asked')),
      ...changes,
    },
  );
}

async function faultsIn(folder: string, changes: Partial<Patient> = {}): Promise<string[]> {
  const findings = await findingsIn(folder, changes);
  expectNoValues(findings, { ...production, secret });
  const faults = findings.filter(({ status }) => status !== 'ok');
  expect(faults.filter(({ next }) => !next)).toEqual([]);
  return faults.map(({ code, status }) => `${code} ${status}`);
}

test('a project as it should be has no fault', async () => {
  const folder = createProject();
  expect(await faultsIn(folder)).toEqual([]);
  write(folder, '.env.local', `AZURE_CLIENT_SECRET=${secret}\n`);
  expect(await faultsIn(folder)).toEqual([]);
  rmSync(join(folder, 'package-lock.json')); // another package manager
  expect(await faultsIn(folder)).toEqual([]);
});

const gate = (matcher: string) => (folder: string) =>
  write(folder, 'middleware.ts', `export const config = { matcher: ${matcher} };\n`);

/** What is done to a project, and what the doctor says to it. */
const faults: [what: string, spoil: (folder: string) => void, told: string[]][] = [
  ['no gate', (folder) => rmSync(join(folder, 'middleware.ts')), ['gate_missing fail']],
  ['a proxy.ts besides', (folder) => write(folder, 'proxy.ts', ''), ['gate_twice fail']],
  [
    'a gate beside the wrong folder',
    (folder) => {
      rmSync(join(folder, 'app'), { recursive: true });
      write(folder, 'src/app/page.tsx', '');
    },
    ['gate_missing fail'],
  ],
  [
    'a matcher that leaves a page out',
    gate("'/((?!_next/static/|account|healthz$|readyz$).*)'"),
    ['matcher_skips_page fail'],
  ],
  ['a matcher for one folder', gate("['/dashboard/:path*']"), ['matcher_unknown warn']],
  ['a matcher that is worked out', gate('paths.map(String)'), ['matcher_unknown warn']],
  [
    'an old Next in package.json',
    (f) => manifest(f, { next: '16.2.0' }),
    ['package_below_floor fail'],
  ],
  [
    'a range in package.json',
    (f) => manifest(f, { next: '^16.4.6' }),
    ['package_below_floor fail'],
  ],
  [
    'an old Auth.js in the lock',
    (f) => lock(f, { 'next-auth': '5.0.0-beta.31' }),
    ['package_below_floor fail'],
  ],
  ['an old Next on disk', (f) => install(f, 'next', '15.2.2'), ['package_below_floor fail']],
  [
    'two copies of Auth.js',
    (f) => install(f, '@auth/core', '0.41.3', 'next-auth'),
    ['package_copies fail'],
  ],
  [
    'an old copy below a scope',
    (f) => install(f, '@auth/core', '0.34.0', '@example/adapter'),
    ['package_below_floor fail', 'package_copies fail'],
  ],
  [
    'nothing installed',
    (f) => rmSync(join(f, 'node_modules'), { recursive: true }),
    ['package_missing fail', 'package_missing fail', 'package_missing fail'],
  ],
  ['no word about Node', (f) => manifest(f, {}, 'latest'), ['node_unknown warn']],
  ['a newer Node wanted', (f) => manifest(f, {}, '>=22.1.0'), ['node_too_old fail']],
  [
    'a package.json that is broken',
    (f) => write(f, 'package.json', '{'),
    ['check_failed fail', 'check_failed fail'],
  ],
  [
    'secrets that git tracks',
    (f) => {
      write(f, '.env.local', `AUTH_SECRET=${secret}`);
      git(f, 'add', '--force', '.env.local');
    },
    ['git_tracks fail'],
  ],
  [
    'secrets in a file for everybody that git tracks',
    (f) => {
      write(f, '.env.production', `AUTH_SECRET=${secret}`);
      git(f, 'add', '--force', '.env.production');
    },
    ['git_tracks fail'],
  ],
  [
    'secrets that git would take next',
    (f) => {
      write(f, '.gitignore', 'node_modules\n');
      write(f, '.env.local', `AUTH_SECRET=${secret}`);
    },
    ['git_not_ignored fail'],
  ],
  [
    'secrets that others may read',
    (f) => {
      write(f, '.env.local', `AUTH_SECRET=${secret}`);
      chmodSync(join(f, '.env.local'), 0o640);
    },
    ['env_file_open warn'],
  ],
];
for (const [what, spoil, told] of faults) {
  test(`${what} is named`, async () => {
    const folder = createProject();
    spoil(folder);
    expect(await faultsIn(folder)).toEqual(told);
  });
}

test('an env file without a secret may be tracked, and Windows has no such modes', async () => {
  const folder = createProject();
  write(folder, '.env', 'SESSION_IDLE_MINUTES=30\n', 0o644);
  git(folder, 'add', '--force', '.env');
  expect(await faultsIn(folder)).toEqual([]);
  write(folder, '.env.local', '', 0o644);
  expect(await faultsIn(folder)).toEqual(['env_file_open warn']);
  expect(await faultsIn(folder, { platform: 'win32' })).toEqual([]);
});

test('the gate is known in every place and dress of the same', async () => {
  const same: [file: string, source: string][] = [
    [
      'middleware.js',
      'export const config = { matcher: "/((?!_next/static/|healthz$|readyz$).*)" }',
    ],
    [
      'middleware.ts',
      "export const config = {\n  matcher: ['/((?!_next/static/|healthz$).*)'],\n};",
    ],
    ['proxy.ts', 'export function proxy() {}\n// matcher: once here'],
    ['src/middleware.ts', 'export function middleware() {}'],
  ];
  for (const [file, source] of same) {
    const folder = createProject();
    rmSync(join(folder, 'middleware.ts'));
    if (file.startsWith('src/')) {
      rmSync(join(folder, 'app'), { recursive: true });
      mkdirSync(join(folder, 'src/app'), { recursive: true });
    }
    write(folder, file, source);
    expect(await faultsIn(folder), file).toEqual([]);
  }
});

test.describe('the connection', () => {
  const failed: Finding = {
    ...{ code: 'secret_wrong', status: 'fail', subject: 'Client secret' },
    ...{ says: 'It is wrong.', next: 'Mend it.' },
  };
  const diagnosed = async (changes: Partial<Patient>, offline = false) => {
    const folder = createProject();
    const seen: unknown[] = [];
    const findings = await diagnose(
      { offline },
      {
        root: folder,
        environment: production,
        nodeVersion: '20.9.0',
        platform: 'linux',
        fetch: () => Promise.reject(new Error('nobody is asked')),
        nowSeconds: () => now,
        testConnection: async (connection) => {
          seen.push(connection);
          return [failed];
        },
        ...changes,
      },
    );
    expectNoValues(findings, production);
    const faults = findings.filter(({ status }) => status !== 'ok').map(({ code }) => code);
    return { seen, faults };
  };

  test('is tested with what the app would use, and what it shows is told', async () => {
    const { seen, faults: told } = await diagnosed({});
    expect(told).toEqual(['secret_wrong']);
    expect(seen).toEqual([
      expect.objectContaining({
        clientId: production.AZURE_CLIENT_ID,
        credential: { kind: 'secret', secret },
        redirectUri: 'https://portal.contoso.example/authorization-code/callback',
      }),
    ]);
  });

  test('is left alone offline, with the stand-in, and with settings that are not right', async () => {
    expect(await diagnosed({}, true)).toEqual({ seen: [], faults: [] });
    expect(await diagnosed({ environment: nothing })).toEqual({
      seen: [],
      faults: ['stand_in_used'],
    });
    expect(await diagnosed({ environment: { ...production, AUTH_SECRET: '' } })).toEqual({
      seen: [],
      faults: ['missing', 'connection_untested'],
    });
  });

  test('is never good when its test ends with an error, and the error is not told', async () => {
    const { faults: told } = await diagnosed({
      testConnection: () => Promise.reject(new Error(`fell over ${secret}`)),
    });
    expect(told).toEqual(['check_failed']);
  });
});
