/** Copies the project to a folder of its own, to change it there and build it. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** All that a build needs; .dockerignore lets the same into an image. */
export const sources = [
  'entra-local',
  'app',
  'components',
  'lib',
  'public',
  'setup',
  'scripts',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** The same files under another name: the bundler reads no links to folders, and looks for a
 * middleware in every folder above, so a copy below this one would find ours.
 * @param {string} from @param {string} to */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) cpSync(source, target, { verbatimSymlinks: true });
    else {
      try {
        linkSync(source, target);
      } catch {
        copyFileSync(source, target); // another disk
      }
    }
  }
}

/** A copy of the project without anyone's settings, and how to remove it again.
 * @param {string[]} more files and folders beside those that a build needs */
export function copyProject(...more) {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-copy-'));
  for (const source of [...sources, ...more].filter((one) => existsSync(join(root, one)))) {
    cpSync(join(root, source), join(folder, source), { recursive: true });
  }
  linkTree(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
