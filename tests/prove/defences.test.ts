import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { copyProject } from '../../scripts/copy-project.mjs';
import type { RowId } from '../attack/matrix';
import type { Row } from '../attack/report';
import { buildUnchecked } from '../e2e/variant';
import { defences } from './defences';

/** One copy per worker, changed and mended again for each defence. */
const test = base.extend<object, { folder: string }>({
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from here
    async ({}, use) => {
      const { folder, remove } = copyProject('tests', 'bench', 'docs', 'playwright.config.ts');
      const config = join(folder, 'next.config.mjs');
      // A build checks types, and a defence that is gone leaves its imports behind.
      const relaxed = 'const config = {\n  typescript: { ignoreBuildErrors: true },';
      const source = readFileSync(config, 'utf8');
      writeFileSync(config, source.replace('const config = {', relaxed));
      await use(folder);
      remove();
    },
    { scope: 'worker' },
  ],
});

test.describe.configure({ mode: 'parallel' });

/** A run of its own: what this runner tells its workers must not reach the one inside. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(CI$|TEST_|PLAYWRIGHT|PW_|FORCE_COLOR)/.test(name),
  ),
) as NodeJS.ProcessEnv;

function run(folder: string, command: string, args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: stdout + stderr };
}

/** Builds the copy as it is now and runs rows against it. */
function attack(folder: string, rows: readonly RowId[]) {
  buildUnchecked(folder, env); // or `npm run build` would not end without a middleware
  const report = join(folder, 'attack-report/report.json');
  rmSync(report, { force: true });
  const { output } = run(folder, 'npm', [
    ...['exec', '--', 'playwright', 'test', '--workers=1', '--no-deps'],
    ...['--project=attack', '--project=load', '--grep', `^(\\S+ )*(${rows.join('|')}) `],
  ]);
  const judged = JSON.parse(readFileSync(report, 'utf8')).rows as Row[];
  const verdicts = rows.map((row) => {
    const { id, verdict } = judged.find(({ id }) => id === row) as Row;
    return `${id} ${verdict}`;
  });
  return { verdicts, output };
}

test('with every defence in place, all these rows hold', ({ folder }) => {
  test.setTimeout(900_000);
  const rows = [...new Set(defences.flatMap(({ rows }) => rows))];
  const { verdicts, output } = attack(folder, rows);
  expect(verdicts, output).toEqual(rows.map((id) => `${id} held`));
});

for (const { name, edits, rows } of defences) {
  test(`without ${name}, ${rows.join(' and ')} ${rows.length > 1 ? 'are' : 'is'} broken`, ({
    folder,
  }) => {
    const before = new Map<string, string>();
    try {
      for (const { file, find, replace = '' } of edits) {
        const path = join(folder, file);
        const source = readFileSync(path, 'utf8');
        if (!before.has(path)) before.set(path, source);
        if (find === undefined) {
          rmSync(path);
          continue;
        }
        expect(source.split(find), `${file} has this once: ${find}`).toHaveLength(2);
        writeFileSync(
          path,
          source.replace(find, () => replace),
        );
      }
      const { verdicts, output } = attack(folder, rows);
      expect(verdicts, output).toEqual(rows.map((id) => `${id} BROKEN`));
    } finally {
      for (const [path, source] of before) writeFileSync(path, source);
    }
  });
}

test('at least twenty defences are tried', () => {
  expect(defences.length).toBeGreaterThanOrEqual(20);
  expect(new Set(defences.map(({ name }) => name)).size).toBe(defences.length);
});
