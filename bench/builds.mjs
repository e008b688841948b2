/** Production builds of what is compared, each in a folder below the system's temporary one: the bundler
 * looks for a middleware in every folder above, so a build below the project would find ours. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyProject } from '../scripts/copy-project.mjs';

const peersFolder = fileURLToPath(new URL('peers', import.meta.url));
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));
// Another checkout on this machine has builds of its own.
const checkout = createHash('sha256').update(projectFolder).digest('hex').slice(0, 8);
const buildsFolder = join(tmpdir(), `azure-auth-bench-${checkout}`);

/** @typedef {{ folder: string, standalone: string, start: string, buildSeconds?: number, installedMb: number, packages: number }} Build
 * `start`: the file in `standalone` that starts the server; without `buildSeconds` it was there already */

/** The gate, and the routes that nobody compares: their build would take most of the time. `error` stays:
 * as soon as any page has a client component, React is in a file of its own and packs a little worse. */
const notOfTwin = [
  ...[
    'middleware.ts',
    'app/(signed-in)/admin',
    'app/setup',
    'app/csp-report',
    'app/readyz',
    'app/api/session',
  ],
  ...['approve', 'confirm', 'denied', 'revoke', 'session', 'sign-out', 'signed-out', 'start'].map(
    (name) => `app/auth/${name}`,
  ),
  'app/authorization-code',
];

const environment = () => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NEXT_TELEMETRY_DISABLED: '1',
  NODE_ENV: 'production',
});

/** @param {string} folder @param {string} command @param {Record<string, string | undefined>} [env] */
function run(folder, command, env) {
  const { status, stdout, stderr } = spawnSync(command, {
    ...{ cwd: folder, shell: true, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    env: /** @type {NodeJS.ProcessEnv} */ ({ ...environment(), ...env }),
  });
  if (status !== 0) throw new Error(`${command} failed in ${folder}:\n${stdout}${stderr}`);
}

/** @param {string} folder @returns {number} the bytes of all files below */
function bytesBelow(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += bytesBelow(path);
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return bytes;
}

/** What a deployment installs: every package of the lock file that is no devDependency.
 * @param {string} folder */
function installed(folder) {
  /** @type {Record<string, { dev?: boolean, devOptional?: boolean }>} */
  const packages = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const paths = Object.keys(packages).filter(
    (path) => path !== '' && !packages[path]?.dev && existsSync(join(folder, path)),
  );
  // A package below another one is counted with it.
  const roots = paths.filter((path) => !paths.some((above) => path.startsWith(`${above}/`)));
  const bytes = roots.reduce((sum, path) => sum + bytesBelow(join(folder, path)), 0);
  return { installedMb: bytes / 1024 / 1024, packages: paths.length };
}

/** A peer: the pages without auth, and on top of them what its folder holds. @param {string} name */
function layOutPeer(name) {
  const folder = join(buildsFolder, name);
  const lock = readFileSync(join(peersFolder, name, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'node_modules/.bench-lock.json');
  const isInstalled = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    if (entry !== 'node_modules') rmSync(join(folder, entry), { recursive: true });
  }
  for (const source of ['no-auth', name]) {
    cpSync(join(peersFolder, source), folder, { recursive: true });
  }
  if (!isInstalled) {
    run(folder, 'npm install --ignore-scripts --no-audit --no-fund', { NODE_ENV: '' });
    writeFileSync(stamp, lock);
  }
  return folder;
}

/** This project with changed files on top. @param {string} name
 * @param {boolean} untimed whether its build may begin with what this project's own has compiled */
function layOutVariant(name, untimed) {
  const copy = copyProject();
  const folder = join(buildsFolder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(buildsFolder, { recursive: true });
  renameSync(copy.folder, folder);
  cpSync(join(peersFolder, name), folder, { recursive: true });
  if (name === 'app-twin') {
    for (const gone of notOfTwin) rmSync(join(folder, gone), { recursive: true, force: true });
  }
  const compiled = join(projectFolder, '.next/cache/turbopack');
  const begun = untimed && existsSync(compiled);
  if (begun) cpSync(compiled, join(folder, '.next/cache/turbopack'), { recursive: true });
  const config = join(folder, 'next.config.mjs');
  // The types of the project are checked once, and those of a variant need not be right.
  const settings = readFileSync(config, 'utf8');
  writeFileSync(
    config,
    settings
      .replace('const config = {', '$& typescript: { ignoreBuildErrors: true },')
      // Nobody builds the twin twice in the same place.
      .replace(
        'experimental: {',
        `$& turbopackFileSystemCacheForBuild: ${begun || name !== 'app-twin'},`,
      ),
  );
  return folder;
}

const isVariant = (/** @type {string} */ name) =>
  !existsSync(join(peersFolder, name, 'package.json'));

/** Makes a build ready; one that is there is taken where `reuse` says so.
 * @param {string} name a folder of peers/, or `app`
 * @param {{ reuse: boolean, env: Record<string, string>, untimed?: boolean }} options `env`: what the
 * build itself needs; `untimed`: nobody asks how long it takes
 * @returns {Build} @throws Error with the output of what failed */
export function prepareBuild(name, { reuse, env, untimed = false }) {
  if (name === 'app') {
    const standalone = join(projectFolder, '.next/standalone');
    if (!existsSync(join(standalone, 'start.mjs'))) run(projectFolder, 'npm run build');
    return { folder: projectFolder, standalone, start: 'start.mjs', ...installed(projectFolder) };
  }
  const place = join(buildsFolder, name);
  const start = isVariant(name) ? 'start.mjs' : 'server.js';
  const standalone = join(place, '.next/standalone');
  if (reuse && existsSync(join(standalone, start))) {
    return { folder: place, standalone, start, ...installed(place) };
  }
  const folder = isVariant(name) ? layOutVariant(name, untimed) : layOutPeer(name);
  const began = performance.now();
  run(folder, 'npm exec -- next build', env);
  const buildSeconds = (performance.now() - began) / 1000;
  if (isVariant(name)) run(folder, 'node scripts/standalone.mjs');
  else cpSync(join(folder, '.next/static'), join(standalone, '.next/static'), { recursive: true });
  return { folder, standalone, start, buildSeconds, ...installed(folder) };
}
