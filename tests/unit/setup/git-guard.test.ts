import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { saveVariables } from '../../../setup/env-file';
import { guardFromGit } from '../../../setup/git-guard';
import { createFolder, git, removeFolders } from './folder';

test.afterAll(removeFolders);

const root = new URL('../../..', import.meta.url).pathname;
const names = ['.env.local', '.env.local.bak'];

function repository(ignore: string, ...tracked: string[]): string {
  const folder = createFolder();
  git(folder, 'init', '--quiet');
  writeFileSync(join(folder, '.gitignore'), ignore);
  for (const name of tracked) writeFileSync(join(folder, name), 'ID=old\n');
  if (tracked.length > 0) git(folder, 'add', '--force', ...tracked);
  return folder;
}
const codeOf = async (folder: string) => {
  const [finding, ...more] = await guardFromGit(folder, names);
  expect(more).toEqual([]);
  return `${finding?.status} ${finding?.code}`;
};

const cases: [what: string, ignore: string, tracked: string[], code: string][] = [
  ['the line that we suggest', '.env.local*\n', [], 'ok git_ignores'],
  ['the line that we bring', '.env.*\n!.env.example\n', [], 'ok git_ignores'],
  ['nothing that fits', 'node_modules\n', [], 'fail git_not_ignored'],
  ['the file, but not its backup', '.env.local\n', [], 'fail git_not_ignored'],
  ['a line that is taken back', '.env.*\n!.env.local\n', [], 'fail git_not_ignored'],
  ['a file that is tracked all the same', '.env.*\n', ['.env.local'], 'fail git_tracks'],
  ['a backup that is tracked', '.env.*\n', ['.env.local.bak'], 'fail git_tracks'],
];
for (const [what, ignore, tracked, code] of cases) {
  test(`git: ${what}: ${code}`, async () => {
    const folder = repository(ignore, ...tracked);
    expect(await codeOf(folder)).toBe(code);
    const below = join(folder, 'packages/app');
    mkdirSync(below, { recursive: true });
    if (tracked.length === 0) expect(await codeOf(below)).toBe(code);
  });
}

test('nothing is written where git would keep it', async () => {
  const open = repository('node_modules\n');
  const [finding] = await saveVariables(open, { ID: 'a' });
  expect(finding?.next).toContain('.env.local*');
  expect(existsSync(join(open, '.env.local'))).toBe(false);

  const [tracked] = await saveVariables(repository('', '.env.local'), { ID: 'a' });
  expect(tracked?.next).toContain('git rm --cached .env.local');
});

test('a folder outside every repository may be written', async () => {
  expect(await codeOf(createFolder())).toBe('ok git_absent');
});

test('a repository whose git gives no answer is not written to', async () => {
  const folder = repository('.env.*\n');
  writeFileSync(join(folder, '.git/HEAD'), 'nonsense');
  expect(await codeOf(folder)).toBe('fail git_unknown');
  const slow = await guardFromGit(folder, names, async () => ({ stdout: '' }));
  expect(slow.map(({ code }) => code)).toEqual(['git_unknown']);
  const half = await guardFromGit(folder, names, async (_, [command]) =>
    command === 'ls-files' ? { code: 0, stdout: '' } : { code: 128, stdout: '' },
  );
  expect(half.map(({ code }) => code)).toEqual(['git_unknown']);
});

test('where git is not installed the values are saved with a warning', async () => {
  const missing = await guardFromGit(repository(''), names, async () => ({
    stdout: '',
    missing: true,
  }));
  expect(missing.map(({ status, code }) => `${status} ${code}`)).toEqual(['warn git_missing']);
});

test('this project ignores what is written', async () => {
  expect(await codeOf(root)).toBe('ok git_ignores');
});
