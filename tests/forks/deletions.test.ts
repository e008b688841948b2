import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { copyProject } from '../../scripts/copy-project.mjs';
import type { Deletion } from '../../scripts/without.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What a clone does not have. */
const notCloned = /^(\.git|\.next|node_modules|test-results|attack-report|\.env(?!\.example).*)$/;
const compiled = '.next/cache/turbopack';

/** What this runner tells its workers would mean something else to the one inside. */
const withoutRunner = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(TEST|PW)_/.test(name)),
) as NodeJS.ProcessEnv;

/** Every journey that a person makes, after whatever was taken out. */
const journeys = ['gate', 'pages', 'refusals', 'revocation', 'sign-in', 'sign-out'];

function npm(folder: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...withoutRunner, FORCE_COLOR: '0' },
  });
  expect(status, `npm ${args.join(' ')}\n${stdout}\n${stderr}`.slice(-20_000)).toBe(0);
  return stdout;
}

/** As a fork is: the command asks for a commit first, so that people see what went. */
function commitAll(folder: string): void {
  const as = ['-c', 'user.name=Fork', '-c', 'user.email=fork@example.com'];
  for (const args of [['init'], ['add', '--all'], [...as, 'commit', '--message', 'Fork']]) {
    execFileSync('git', [...args, ...(args[0] === 'add' ? [] : ['--quiet'])], { cwd: folder });
  }
}

for (const file of readdirSync(join(root, 'scripts/deletions'))) {
  const name = file.replace('.mjs', '');
  test(`a fork without its ${name} builds and passes its tests`, async () => {
    test.setTimeout(1_200_000);
    const { paths }: Deletion = (await import(`../../scripts/deletions/${file}`)).default;
    const { folder, remove } = copyProject(...readdirSync(root).filter((n) => !notCloned.test(n)));
    try {
      cpSync(join(root, compiled), join(folder, compiled), { recursive: true });
      commitAll(folder);
      npm(folder, ['run', 'without', '--', name]);
      for (const path of paths) expect(existsSync(join(folder, path)), path).toBe(false);
      for (const step of ['lint', 'typecheck', 'unused', 'build']) npm(folder, ['run', step]);
      const files = existsSync(join(folder, 'tests/e2e'))
        ? journeys.map((journey) => `tests/e2e/${journey}.test.ts`)
        : [];
      const e2e = files.length > 0 ? ['--project=e2e'] : [];
      const said = npm(folder, [
        ...['exec', '--', 'playwright', 'test', '--workers=2', '--project=unit', ...e2e],
        ...['tests/unit/', 'tests/boundaries.test.ts', ...files],
      ]);
      expect(said).toMatch(/\n[1-9]\d{2,} passed, 0 failed\s*$/);
    } finally {
      remove();
    }
  });
}

test('nothing is taken out before a commit, and nothing where the fork has changed what would go', () => {
  const { folder, remove } = copyProject('biome.json', '.gitignore');
  const without = () => {
    const args = ['scripts/without.mjs', 'admin-page'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    return stderr;
  };
  const changed = () =>
    execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' }).trim();
  try {
    commitAll(folder);
    const table = join(folder, 'lib/access.ts');
    writeFileSync(table, readFileSync(table, 'utf8').replace("role: 'Admin', certain", 'certain'));
    expect(without()).toContain('Commit what you have first');
    expect(changed()).toBe('M lib/access.ts');
    commitAll(folder);
    expect(without()).toContain("lib/access.ts does not hold once: '/admin'");
    expect(without()).toContain('tests/e2e/admin.test.ts is not there');
    expect(changed()).toBe('');
  } finally {
    remove();
  }
});
