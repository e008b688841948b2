import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { copyProject } from '../../scripts/copy-project.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What a clone does not have. */
const notCloned = /^(\.git|\.next|node_modules|test-results|attack-report|\.env(?!\.example).*)$/;
const compiled = '.next/cache/turbopack';

/** What this runner tells its workers would mean something else to the one inside. */
const withoutRunner = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(TEST|PW)_/.test(name)),
) as NodeJS.ProcessEnv;

/** The whole project in a folder of its own, as somebody who forks it has it. */
export function forkProject() {
  const fork = copyProject(...readdirSync(root).filter((name) => !notCloned.test(name)));
  if (existsSync(join(root, compiled))) {
    cpSync(join(root, compiled), join(fork.folder, compiled), { recursive: true });
  }
  return fork;
}

/** Runs npm in a fork, where it must end well. Returns what it said. */
export function npm(folder: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...withoutRunner, FORCE_COLOR: '0' },
  });
  expect(status, `npm ${args.join(' ')}\n${stdout}\n${stderr}`.slice(-20_000)).toBe(0);
  return stdout;
}

/** `npm run without` asks for a commit first, so that people see what went. */
export function commitAll(folder: string): void {
  const as = ['-c', 'user.name=Fork', '-c', 'user.email=fork@example.com'];
  for (const args of [['init'], ['add', '--all'], [...as, 'commit', '--message', 'Fork']]) {
    execFileSync('git', [...args, ...(args[0] === 'add' ? [] : ['--quiet'])], { cwd: folder });
  }
}

/** The steps of `npm test` in a fork: style, types, what is unused, a build, every unit test and,
 * where they are, the named files of other projects, such as `e2e/sign-in`. */
export function testFork(folder: string, named: string[]): void {
  for (const step of ['lint', 'typecheck', 'unused', 'build']) npm(folder, ['run', step]);
  const files = named
    .map((name) => `tests/${name}.test.ts`)
    .filter((file) => existsSync(join(folder, file)));
  const projects = ['unit', ...new Set(files.map((file) => file.split('/')[1]))];
  const said = npm(folder, [
    ...['exec', '--', 'playwright', 'test', '--workers=2', '--no-deps'],
    ...projects.map((project) => `--project=${project}`),
    ...['tests/unit/', 'tests/boundaries.test.ts', ...files],
  ]);
  expect(said).toMatch(/\n[1-9]\d{2,} passed, 0 failed\s*$/);
}
