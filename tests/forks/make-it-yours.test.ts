import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startApp } from '../app-server';
import { Robot } from '../attack/robot';
import { test as base, expect } from '../e2e/fixtures';
import { commitAll, forkProject, npm, testFork } from './fork';
import { type WishedFork, wishes } from './wishes';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The rows of the document's first table: the wish, and the one file that it names. */
const rows = readFileSync(join(root, 'docs/make-it-yours.md'), 'utf8')
  .split('\n## ')[0]
  ?.split('\n')
  .flatMap((line) => {
    const [, wish = '', file = ''] = /^\| (.+?) +\| `([^`]+)`/.exec(line) ?? [];
    return wish ? [{ wish, file }] : [];
  });

/** Carries a wish out, as its row says: in one file, of which the text to change is there once. */
function carryOut(folder: string): void {
  for (const { wish, file, edits = [], text } of wishes) {
    const path = join(folder, file);
    if (text !== undefined) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof text === 'string' ? text : text(folder));
    }
    for (const [find, replace] of edits) {
      const before = readFileSync(path, 'utf8');
      if (before.split(find).length !== 2) throw new Error(`${wish}: ${file} has changed`);
      writeFileSync(
        path,
        before.replace(find, () => replace.replace('$&', find)),
      );
    }
  }
}

/** One fork with all wishes in it, built once. */
const test = base.extend<object, { fork: WishedFork }>({
  fork: [
    async ({ stack }, use) => {
      const { entra } = stack;
      const { folder, remove } = forkProject();
      carryOut(folder);
      commitAll(folder);
      npm(folder, ['run', 'build']);
      const app = await startApp(stack.env, join(folder, '.next/standalone'));
      const ada = new Robot({ entra, app });
      await ada.signIn();
      await use({ folder, app, ada, stranger: new Robot({ entra, app }) });
      await app.stop();
      remove();
    },
    { scope: 'worker', timeout: 400_000 },
  ],
});
// Or a failure would build it anew.
test.describe.configure({ mode: 'serial' });

test('the document has a row for every wish that is tried here, and names the file that is changed', () => {
  expect(rows?.length).toBeGreaterThanOrEqual(20);
  expect(rows).toEqual(wishes.map(({ wish, file }) => ({ wish, file })));
  for (const { file, text } of wishes) {
    expect(existsSync(join(root, file)), file).toBe(text === undefined || /icon|mark/.test(file));
  }
});

for (const { wish, isSeen } of wishes) {
  test(`a fork changes ${wish}`, async ({ fork }) => {
    test.setTimeout(400_000);
    await isSeen(fork);
  });
}

test('with all of them style, types, build and tests are green', async ({ fork }) => {
  test.setTimeout(1_200_000);
  testFork(fork.folder, [
    ...['gate', 'pages', 'refusals', 'sign-in', 'sign-out', 'words'].map((name) => `e2e/${name}`),
    ...['gate', 'headers', 'redirects', 'session-cookie'].map((name) => `attack/${name}`),
  ]);
});
