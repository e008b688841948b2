import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { floors, packagesBelowFloor } from '../../setup/package-floor';

type Locked = { version: string; license?: string; dev?: boolean; optional?: boolean };
type Lock = Record<string, Locked>;

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const lock: Lock = json('package-lock.json').packages;
const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? '';
/** What a deployment installs, optional packages of every platform included. */
const inProduction = Object.entries(lock).filter(([path, { dev }]) => path && !dev);

/** Every copy of a package that is older than the floor, however deep, beside those that are there. */
const belowFloor = (more: Record<string, { version: string }> = {}): string[] =>
  packagesBelowFloor(json('package.json'), { packages: { ...lock, ...more } });

test('no copy of a package is older than the fixes for its known faults', () => {
  for (const { package: name, why, advisories } of floors) {
    expect(Object.keys(lock).map(nameOf), `${name} is not installed any more`).toContain(name);
    expect(why).not.toBe('');
    for (const id of advisories) expect(id).toMatch(/^GHSA(-[0-9a-z]{4}){3}$/);
  }
  expect(belowFloor()).toEqual([]);
});

for (const [name, version] of [
  ['next', '16.3.2'],
  ['next', '15.9.9'],
  ['next-auth', '5.0.0-beta.9'],
  ['next-auth', '5.0.0-beta.31'],
  ['next-auth', '4.24.15'],
  ['@auth/core', '0.41.2'],
  ['jose', '4.15.4'],
] as const) {
  test(`${name} ${version} is below the floor, also where another package brings it`, () => {
    const path = `node_modules/other/node_modules/${name}`;
    expect(belowFloor({ [path]: { version } })).toHaveLength(1);
  });
}

for (const version of ['5.0.0-beta.32', '5.0.0-beta.100', '5.0.0', '5.0.1', '6.0.0']) {
  test(`next-auth ${version} is not below the floor`, () => {
    const path = 'node_modules/other/node_modules/next-auth';
    expect(belowFloor({ [path]: { version } })).toEqual([]);
  });
}

test.describe('licences', () => {
  const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
  // sharp is optional to Next and left out of every build (next.config.mjs); caniuse-lite is data.
  const exceptions: Record<string, RegExp> = {
    'LGPL-3.0-or-later': /^@img\/sharp-/,
    'CC-BY-4.0': /^caniuse-lite$/,
  };
  const wrongIn = (packages: [string, Locked][]) =>
    packages.flatMap(([path, { license = 'none' }]) =>
      license
        .split(' AND ')
        .filter((one) => !allowed.includes(one) && !exceptions[one]?.test(nameOf(path)))
        .map((one) => `${nameOf(path)}: ${one}`),
    );

  test('every package in production may be used in a product that is not open', () => {
    expect(inProduction.length).toBeGreaterThan(20);
    expect(wrongIn(inProduction)).toEqual([]);
    const strange = ['GPL-3.0-only', 'LGPL-3.0-or-later', 'MIT AND AGPL-3.0-only', 'UNLICENSED'];
    for (const license of [...strange, undefined]) {
      expect(
        wrongIn([['node_modules/x', { version: '1.0.0', ...(license && { license }) }]]),
      ).toHaveLength(1);
    }
  });

  test('what the lock file says of licences is what the packages say', () => {
    const installed = inProduction.filter(([path]) => existsSync(`${path}/package.json`));
    expect(installed.length).toBeGreaterThan(20);
    for (const [path, { license }] of installed) {
      expect(json(`${path}/package.json`).license, path).toBe(license);
    }
  });
});

test('npm run sbom lists every package in production as CycloneDX', () => {
  const said = execFileSync('npm', ['run', '--silent', 'sbom'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  type Component = { name: string; version: string; properties: { name: string }[] };
  const { bomFormat, components } = JSON.parse(said) as {
    bomFormat: string;
    components: Component[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const listed = components
    .filter(({ properties }) => !properties.some(({ name }) => name.endsWith(':development')))
    .map(({ name, version }) => `${name}@${version}`);
  expect(listed).toEqual(
    expect.arrayContaining(inProduction.map(([path, { version }]) => `${nameOf(path)}@${version}`)),
  );
});

test('Renovate pins, keeps what belongs together in one request, and merges nothing by itself', () => {
  const renovate = json('renovate.json');
  expect(renovate).toMatchObject({
    ...{ automerge: false, rangeStrategy: 'pin', lockFileMaintenance: { enabled: true } },
  });
  const rules: { matchPackageNames: string[]; automerge?: boolean; groupName?: string }[] =
    renovate.packageRules;
  expect(rules.filter(({ automerge }) => automerge)).toEqual([]);
  const groupOf = (name: string) =>
    rules.find(({ matchPackageNames }) => matchPackageNames.includes(name))?.groupName;
  for (const name of ['react', 'react-dom']) expect(groupOf(name)).toBe(groupOf('next'));
  expect(groupOf('@auth/core')).toBe(groupOf('next-auth'));
});
