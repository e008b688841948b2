import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../finding';
import { isAtLeast, type Lock, type Manifest, packageFloor } from '../package-floor';
import { findingsAbout } from './found';

const node = findingsAbout('Node.js');
const packages = findingsAbout('Packages');

/** Compares the Node that runs with what package.json asks for.
 * @param version as `process.versions.node` has it
 * @param wanted `engines.node`, of which only `>=x.y.z` is understood */
export function nodeFindings(version: string, wanted: string | undefined): Finding[] {
  const least = /^>=\s*(\d+\.\d+\.\d+)$/.exec(wanted ?? '')?.[1];
  if (!least) {
    const says = 'Could not tell whether this version is new enough: package.json does not say.';
    return [node('node_unknown', 'warn', says, 'Set "engines": {"node": ">=20.9.0"} there.')];
  }
  if (isAtLeast(version, least)) {
    return [node('node_supported', 'ok', `Version ${version} is new enough.`)];
  }
  const says = `Version ${version} is too old: the app needs ${least} or newer.`;
  return [node('node_too_old', 'fail', says, 'Install the current LTS from https://nodejs.org.')];
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** The packages that may have packages of their own: `next`, `@auth/core`. */
function installedPackages(modules: string): string[] {
  return namesIn(modules).flatMap((name) =>
    name.startsWith('@') ? namesIn(join(modules, name)).map((part) => `${name}/${part}`) : [name],
  );
}

/** Every installed copy of a package by its folder, looked up where it lies: a lock tells what was
 * meant to be installed. */
function installedCopies(root: string, name: string): Map<string, string | undefined> {
  const modules = join(root, 'node_modules');
  const places = [
    `node_modules/${name}`,
    ...installedPackages(modules).map((host) => `node_modules/${host}/node_modules/${name}`),
  ];
  return new Map(
    places
      .filter((place) => existsSync(join(root, place, 'package.json')))
      .map((place) => [
        place,
        readJson<{ version?: string }>(root, `${place}/package.json`).version,
      ]),
  );
}

const readJson = <T>(root: string, file: string): T =>
  JSON.parse(readFileSync(join(root, file), 'utf8'));

function lockedVersions(root: string, name: string): (string | undefined)[] {
  if (!existsSync(join(root, 'package-lock.json'))) return []; // another package manager's project
  const { packages: locked } = readJson<Lock>(root, 'package-lock.json');
  return Object.keys(locked)
    .filter((path) => path.endsWith(`node_modules/${name}`))
    .map((path) => locked[path]?.version);
}

/** Whether anything in the project is older than the first version without known security faults,
 * as wanted, as locked and as installed; and whether Auth.js is there once. */
export function packageFindings(root: string): Finding[] {
  const { dependencies } = readJson<Manifest>(root, 'package.json');
  const found = Object.entries(packageFloor).flatMap(([name, least]): Finding[] => {
    const installed = installedCopies(root, name);
    const isAsked = Object.hasOwn(dependencies, name);
    if (isAsked && !installed.has(`node_modules/${name}`)) {
      return [packages('package_missing', 'fail', `${name} is not installed.`, 'Run: npm install')];
    }
    const asked = isAsked ? [dependencies[name]] : [];
    const versions = [...asked, ...lockedVersions(root, name), ...installed.values()];
    const older = [...new Set(versions)].filter((one) => !isAtLeast(one ?? 'none', least));
    return older.map((version) => {
      const says = `${name} ${version ?? 'without a version'} may have published security faults.`;
      const next = `Set it to ${least} or newer, an exact version, in package.json and run: npm install`;
      return packages('package_below_floor', 'fail', says, next);
    });
  });
  const copies = installedCopies(root, '@auth/core').size;
  if (copies > 1) {
    // A second copy has symbols of its own: our customFetch would be ignored without a word.
    const says = `There are ${copies} copies of @auth/core, and the app’s own checks reach only one.`;
    const next = 'Give @auth/core and next-auth versions that fit each other, and run: npm install';
    found.push(packages('package_copies', 'fail', says, next));
  }
  if (found.length > 0) return found;
  return [
    packages(
      'packages_new_enough',
      'ok',
      'Next and Auth.js are not among the versions with published security faults.',
    ),
  ];
}
