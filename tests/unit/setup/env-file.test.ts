import * as fs from 'node:fs';
import * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Disk, filesThatSet, saveVariables } from '../../../setup/env-file';
import type { Finding } from '../../../setup/finding';
import { createFolder, readByNext, removeFolders } from './folder';

test.afterAll(removeFolders);

const codes = (findings: Finding[]) => findings.map(({ status, code }) => `${status} ${code}`);
const read = (root: string, name = '.env.local') => fs.readFileSync(join(root, name), 'utf8');
const modeOf = (root: string, name = '.env.local') =>
  (fs.statSync(join(root, name)).mode & 0o777).toString(8);
const folderWith = (text: string, mode = 0o644) => {
  const root = createFolder();
  fs.writeFileSync(join(root, '.env.local'), text, { mode });
  return root;
};

test('a new file holds the values, for its owner alone', async () => {
  const root = createFolder();
  expect(codes(await saveVariables(root, { ID: 'a', SECRET: 'b$c' }))).toEqual([
    'ok git_absent',
    'ok saved',
  ]);
  expect(readByNext([root])).toEqual([{ ID: 'a', SECRET: 'b$c' }]);
  expect(fs.readdirSync(root)).toEqual(['.env.local']);
  expect(modeOf(root)).toBe('600');
});

test('the version before is kept once, and both are for their owner alone', async () => {
  const root = folderWith('ID=first\n# mine\n');
  fs.writeFileSync(join(root, '.env.local.bak'), 'older', { mode: 0o644 });
  await saveVariables(root, { ID: 'second' });
  await saveVariables(root, { ID: 'third' });
  expect(read(root)).toBe('ID=third\n# mine\n');
  expect(read(root, '.env.local.bak')).toBe('ID=second\n# mine\n');
  expect(fs.readdirSync(root).sort()).toEqual(['.env.local', '.env.local.bak']);
  expect([modeOf(root), modeOf(root, '.env.local.bak')]).toEqual(['600', '600']);
});

test('the same values again change nothing but an open mode', async () => {
  const root = folderWith('ID=same\n');
  const { ino } = fs.statSync(join(root, '.env.local'));
  expect(codes(await saveVariables(root, { ID: 'same' }))).toContain('ok saved');
  expect([fs.statSync(join(root, '.env.local')).ino, modeOf(root)]).toEqual([ino, '600']);
  expect(fs.readdirSync(root)).toEqual(['.env.local']);
});

test('what is not a file in UTF-8 is refused and stays as it is', async () => {
  const linked = createFolder();
  const target = join(createFolder(), 'shared');
  fs.writeFileSync(target, 'ID=shared\n');
  fs.symlinkSync(target, join(linked, '.env.local'));
  const folder = createFolder();
  fs.mkdirSync(join(folder, '.env.local'));
  const utf16 = createFolder();
  fs.writeFileSync(join(utf16, '.env.local'), Buffer.from('\uFEFFID=1\n', 'utf16le'));
  const text = folderWith('ID=old\n');
  const answers = [
    await saveVariables(linked, { ID: 'new' }),
    await saveVariables(folder, { ID: 'new' }),
    await saveVariables(utf16, { ID: 'new' }),
    await saveVariables(text, { ID: 'two\nlines' }),
    await saveVariables(join(text, 'nowhere'), { ID: 'new' }),
  ];
  expect(answers.map((findings) => codes(findings).at(-1))).toEqual([
    'fail not_a_file',
    'fail not_a_file',
    'fail not_utf8',
    'fail unwritable',
    'fail no_folder',
  ]);
  expect([fs.readFileSync(target, 'utf8'), read(text)]).toEqual(['ID=shared\n', 'ID=old\n']);
  expect(fs.readdirSync(text)).toEqual(['.env.local']);
});

type Step = 'open' | 'write' | 'sync' | 'rename' | 'read' | 'chmod';

/** The real disk, of which one step fails from its `after`th time on. */
function faultyDisk(step: Step, code: string, after = 0): Disk {
  let times = 0;
  const may = (now: Step) => {
    if (now !== step) return;
    times += 1;
    if (times > after) throw Object.assign(new Error(`${code}: secret`), { code });
  };
  return {
    ...promises,
    async open(...args: Parameters<typeof promises.open>) {
      may('open');
      const handle = await promises.open(...args);
      const { writeFile, sync } = handle;
      handle.writeFile = async (...data) => {
        may('write');
        return writeFile.apply(handle, data);
      };
      handle.sync = async () => {
        may('sync');
        return sync.call(handle);
      };
      return handle;
    },
    async rename(from, to) {
      may('rename');
      return promises.rename(from, to);
    },
    readFile: (async (...args: Parameters<typeof promises.readFile>) => {
      may('read');
      return promises.readFile(...args);
    }) as Disk['readFile'],
  };
}

const faults: [step: Step, errno: string, after: number, code: string][] = [
  ['read', 'EACCES', 0, 'not_permitted'],
  ['open', 'EACCES', 0, 'not_permitted'],
  ['open', 'EPERM', 1, 'not_permitted'],
  ['open', 'EROFS', 0, 'read_only'],
  ['write', 'ENOSPC', 0, 'disk_full'],
  ['write', 'EDQUOT', 1, 'disk_full'],
  ['sync', 'EIO', 0, 'not_written'],
  ['sync', 'ENOSPC', 1, 'disk_full'],
  ['rename', 'EPERM', 0, 'not_permitted'],
  ['rename', 'EBUSY', 1, 'not_written'],
];
for (const [step, errno, after, code] of faults) {
  test(`${errno} at ${step} ${after + 1} is told as ${code} and leaves the old file alone`, async () => {
    const root = folderWith('ID=old\n');
    const findings = await saveVariables(root, { ID: 'k3y' }, faultyDisk(step, errno, after));
    expect(codes(findings).at(-1)).toBe(`fail ${code}`);
    expect(JSON.stringify(findings)).not.toMatch(/k3y|secret/);
    expect(read(root)).toBe('ID=old\n');
    expect(fs.readdirSync(root).filter((name) => name.includes('tmp'))).toEqual([]);
  });
}

test('a file that counts more than .env.local is named', async () => {
  const root = createFolder();
  fs.writeFileSync(join(root, '.env.development.local'), 'export ID = "other" # x\nSECRET=\n');
  const findings = await saveVariables(root, { ID: 'a', SECRET: 'b' });
  expect(codes(findings)).toEqual(['ok git_absent', 'ok saved', 'warn overridden']);
  expect(findings.at(-1)?.subject).toBe('ID');
  expect(await filesThatSet(root, 'ID')).toEqual([
    { file: '.env.development.local', value: 'other' },
    { file: '.env.local', value: 'a' },
  ]);
});
