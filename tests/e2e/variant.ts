import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { copyProject } from '../../scripts/copy-project.mjs';

/** Builds a changed copy of the app.
 * @returns the standalone folder of that build, and how to remove everything again */
export function buildVariant(change: (folder: string) => void) {
  const { folder, remove } = copyProject();
  change(folder);
  const build = spawnSync('npm', ['run', 'build'], { cwd: folder, encoding: 'utf8' });
  if (build.status !== 0) {
    remove();
    throw new Error(`the variant does not build:\n${build.stdout}${build.stderr}`);
  }
  return { standalone: join(folder, '.next/standalone'), remove };
}
