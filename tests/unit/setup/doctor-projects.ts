import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFolder, git } from './folder';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export function write(folder: string, file: string, text: string, mode = 0o600): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text, { mode });
}

const versions = { next: '16.4.6', 'next-auth': '5.0.0-beta.32', '@auth/core': '0.41.3' };

/** Installs one package, or another copy of it inside of `host`. */
export function install(folder: string, name: string, version: string, host = ''): void {
  const place = host ? `node_modules/${host}/node_modules/${name}` : `node_modules/${name}`;
  write(folder, `${place}/package.json`, JSON.stringify({ name, version }));
}

export function lock(folder: string, changes: Record<string, string> = {}): void {
  const all = Object.entries({ ...versions, ...changes });
  const packages = all.map(([name, version]) => [`node_modules/${name}`, { version }]);
  write(folder, 'package-lock.json', JSON.stringify({ packages: Object.fromEntries(packages) }));
}

export function manifest(folder: string, changes: Record<string, string> = {}, node = '>=20.9.0') {
  const dependencies = { ...versions, ...changes };
  write(folder, 'package.json', JSON.stringify({ engines: { node }, dependencies }));
}

/** The few files of a project that the doctor looks at, without a fault, under git. */
export function createProject(): string {
  const folder = createFolder();
  manifest(folder);
  lock(folder);
  for (const [name, version] of Object.entries(versions)) install(folder, name, version);
  write(folder, 'app/page.tsx', '');
  for (const file of ['middleware.ts', '.gitignore']) {
    write(folder, file, readFileSync(join(root, file), 'utf8'));
  }
  git(folder, 'init', '--quiet');
  return folder;
}
