import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyProject } from '../../scripts/copy-project.mjs';

/** What `npm run build` does in a folder, but for the comparison with lib/access.ts: a variant may
 * lack what that asks for. @throws Error with the output of what failed */
export function buildUnchecked(folder: string, env = process.env): void {
  for (const step of ['next build', 'node scripts/standalone.mjs']) {
    const { status, stdout, stderr } = spawnSync('npm', ['exec', '--call', step], {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) throw new Error(`${step} failed:\n${stdout}${stderr}`);
  }
}

/** Adds a setting to the next.config.mjs of a copy, behind the place where it belongs. */
function setInCopy(folder: string, place: string, setting: string): void {
  const config = join(folder, 'next.config.mjs');
  const settings = readFileSync(config, 'utf8');
  const changed = settings.replace(place, `$& ${setting}`);
  if (changed === settings) throw new Error('next.config.mjs is not as it was');
  writeFileSync(config, changed);
}

/** A copy of the project for `npm run dev`. It is started for one test: what Next would write down to
 * start faster the next time is work for nobody. */
export function copyForDevelopment(...more: string[]) {
  const project = copyProject(...more);
  setInCopy(project.folder, 'experimental: {', 'turbopackFileSystemCacheForDev: false,');
  return project;
}

/** What the bundler keeps of the app's own build. Nothing else of the cache goes along: the key of
 * Server Actions is there, and a fork has its own. */
const bundlerCache = '.next/cache/turbopack';

/** Builds a changed copy of the app, whatever lib/access.ts says of it. It starts from what the build
 * in this folder left, and the bundler, which knows files by their content, compiles the difference.
 * @returns the standalone folder of that build, and how to remove everything again */
export function buildVariant(change: (folder: string) => void) {
  const { folder, remove } = copyProject();
  if (existsSync(bundlerCache)) {
    cpSync(bundlerCache, join(folder, bundlerCache), { recursive: true });
  }
  change(folder);
  // The types of the project are checked once, and those of a variant need not be right.
  setInCopy(folder, 'const config = {', 'typescript: { ignoreBuildErrors: true },');
  try {
    buildUnchecked(folder);
  } catch (error) {
    remove();
    throw error;
  }
  return { standalone: join(folder, '.next/standalone'), remove };
}
