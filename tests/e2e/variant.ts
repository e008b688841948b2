import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyProject } from '../../scripts/copy-project.mjs';

/** Builds a changed copy of the app.
 * @returns the standalone folder of that build, and how to remove everything again */
export function buildVariant(change: (folder: string) => void) {
  const { folder, remove } = copyProject();
  change(folder);
  // The types of the project are checked once, and those of a variant need not be right.
  const config = join(folder, 'next.config.mjs');
  const settings = readFileSync(config, 'utf8');
  const quick = settings.replace('const config = {', '$& typescript: { ignoreBuildErrors: true },');
  if (quick === settings) throw new Error('next.config.mjs is not as it was');
  writeFileSync(config, quick);
  const build = spawnSync('npm', ['run', 'build'], { cwd: folder, encoding: 'utf8' });
  if (build.status !== 0) {
    remove();
    throw new Error(`the variant does not build:\n${build.stdout}${build.stderr}`);
  }
  return { standalone: join(folder, '.next/standalone'), remove };
}
