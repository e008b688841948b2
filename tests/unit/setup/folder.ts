import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new, empty folder outside every repository. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-setup-'));
  made.push(folder);
  return folder;
}

/** Removes what `createFolder` made; for `test.afterAll`. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Runs git with nobody's settings. */
export function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@contoso.example'];
  execFileSync('git', [...identity, ...args], {
    cwd: folder,
    stdio: 'pipe',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}

const reader = `
import { readFileSync } from 'node:fs';
import { loadEnvConfig } from ${JSON.stringify(new URL('../../../scripts/next-env.mjs', import.meta.url))};
const log = { info() {}, error() {} };
const folders = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(folders.map((folder) => loadEnvConfig(folder, true, log, true).parsedEnv ?? {})));
`;

/** What Next reads in each folder: by its own loader, in a process of its own, since that changes
 * the environment. */
export function readByNext(folders: readonly string[]): Record<string, string>[] {
  const { PATH = '' } = process.env;
  const options = { input: JSON.stringify(folders), encoding: 'utf8' as const };
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', reader], {
      ...options,
      env: { PATH, NODE_ENV: 'development' },
    }),
  );
}
