/** `npm run without -- <part>`: takes one part out of your fork: files, and the lines that name them.
 * Nothing is changed unless all of it can be. scripts/deletions/ says what belongs to each part; the
 * file of a part goes with it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {{ file: string, find: string, replace?: string }} Edit `find` stands there exactly once */
/** @typedef {{ says: string, paths: string[], edits: Edit[] }} Deletion */

/** What can still be taken out. */
const parts = readdirSync(new URL('deletions', import.meta.url)).map((file) =>
  file.replace('.mjs', ''),
);

/** @param {string} part @returns {Promise<Deletion>} */
const deletionOf = async (part) => (await import(`./deletions/${part}.mjs`)).default;

/** What stands in the way of a deletion: a fork may have changed what it would take out.
 * @param {Deletion} deletion @returns {string[]} */
function obstacles({ paths, edits }) {
  const gone = paths.filter((path) => !existsSync(join(root, path)));
  const changed = edits.filter(({ file, find }) => {
    const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
    return text.split(find).length !== 2;
  });
  return [
    ...gone.map((path) => `${path} is not there.`),
    ...changed.map(({ file, find }) => `${file} does not hold once: ${find.trim().split('\n')[0]}`),
  ];
}

/** @param {Deletion} deletion */
function takeOut({ paths, edits }) {
  for (const path of paths) rmSync(join(root, path), { recursive: true });
  for (const { file, find, replace = '' } of edits) {
    const text = readFileSync(join(root, file), 'utf8');
    writeFileSync(
      join(root, file),
      text.replace(find, () => replace),
    );
  }
}

/** @param {string} command @param {string[]} args */
const run = (command, args) => spawnSync(command, args, { cwd: root, encoding: 'utf8' });

/** @param {string | undefined} part @returns {Promise<number>} the exit code */
async function main(part) {
  if (!part || !parts.includes(part)) {
    console.error('Usage: npm run without -- <part>, which is one of\n');
    for (const one of parts) console.error(`  ${one.padEnd(15)} ${(await deletionOf(one)).says}`);
    return 2;
  }
  const deletion = await deletionOf(part);
  const { status, stdout } = run('git', ['status', '--porcelain']);
  // Without git nothing brings a deleted file back: a fork from an archive has none.
  if (status !== 0 || stdout.trim()) {
    console.error(
      'Commit what you have first (git init, if need be): then `git diff` shows what went.',
    );
    return 1;
  }
  const found = obstacles(deletion);
  if (found.length > 0) {
    console.error(
      `Nothing was changed. scripts/deletions/${part}.mjs no longer fits this project:\n`,
    );
    for (const one of found) console.error(`  ${one}`);
    return 1;
  }
  takeOut({ ...deletion, paths: [...deletion.paths, `scripts/deletions/${part}.mjs`] });
  // What only that part used: exports, then files, and imports of what is gone.
  const knip = ['knip', '--fix', '--fix-type', 'exports,types,files', '--allow-remove-files'];
  const unused = ['lint', '--write', '--unsafe', '--only=correctness/noUnusedImports', '.'];
  const tidied = [
    run('npx', [...knip, '--no-exit-code']),
    run('npx', ['biome', ...unused]),
    run('npx', ['biome', 'check', '--write', '.']),
  ];
  const isTidy = tidied.every(({ status }) => status === 0);
  console.log(`Gone: ${deletion.says}. Now: npm install && npm test`);
  if (!isTidy)
    console.error('Tidying up failed: npm run unused and npm run lint say what is left.');
  return isTidy ? 0 : 1;
}

process.exitCode = await main(process.argv[2]);
