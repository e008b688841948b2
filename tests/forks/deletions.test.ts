import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { copyProject } from '../../scripts/copy-project.mjs';
import type { Deletion } from '../../scripts/without.mjs';
import { commitAll, forkProject, npm, testFork } from './fork';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every journey that a person makes, after whatever was taken out. */
const journeys = ['gate', 'pages', 'refusals', 'revocation', 'sign-in', 'sign-out'];

for (const file of readdirSync(join(root, 'scripts/deletions'))) {
  const name = file.replace('.mjs', '');
  test(`a fork without its ${name} builds and passes its tests`, async () => {
    test.setTimeout(1_200_000);
    const { paths }: Deletion = (await import(`../../scripts/deletions/${file}`)).default;
    const { folder, remove } = forkProject();
    try {
      commitAll(folder);
      npm(folder, ['run', 'without', '--', name]);
      for (const path of paths) expect(existsSync(join(folder, path)), path).toBe(false);
      testFork(
        folder,
        journeys.map((journey) => `e2e/${journey}`),
      );
    } finally {
      remove();
    }
  });
}

test('a fork without any of them, one taken out after the other, builds and passes its tests', () => {
  test.setTimeout(1_200_000);
  const document = readFileSync(join(root, 'docs/make-it-yours.md'), 'utf8');
  const parts = [...document.matchAll(/^npm run without -- (\S+)/gm)].map(([, part = '']) => part);
  expect([...parts].sort()).toEqual(
    readdirSync(join(root, 'scripts/deletions'))
      .map((file) => file.replace('.mjs', ''))
      .sort(),
  );
  const { folder, remove } = forkProject();
  try {
    for (const part of parts) {
      commitAll(folder);
      npm(folder, ['run', 'without', '--', part]);
    }
    testFork(folder, []);
  } finally {
    remove();
  }
});

test('nothing is taken out before a commit, and nothing where the fork has changed what would go', () => {
  const { folder, remove } = copyProject('biome.json', '.gitignore');
  const without = () => {
    const args = ['scripts/without.mjs', 'admin-page'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    return stderr;
  };
  expect(without(), 'no repository').toContain('Commit what you have first');
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
