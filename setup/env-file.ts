import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { variablesFromText, withVariables } from './env-text';
import type { Finding } from './finding';
import { guardFromGit } from './git-guard';

const name = '.env.local';
const backupName = '.env.local.bak';

/** The files that Next loads, in development or production, the strongest first.
 * @see https://nextjs.org/docs/app/guides/environment-variables#environment-variable-load-order */
export const envFiles = [
  '.env.development.local',
  '.env.production.local',
  name,
  '.env.development',
  '.env.production',
  '.env',
] as const;
type EnvFile = (typeof envFiles)[number];
/** What these set counts more than `.env.local`. */
const strongerFiles = envFiles.slice(0, 2);

/** The disk, or one in tests that is full. */
export type Disk = Pick<typeof fs, 'chmod' | 'lstat' | 'open' | 'readFile' | 'rename' | 'rm'>;

const failed = (code: string, says: string, next: string): Finding => ({
  code,
  status: 'fail',
  subject: name,
  says,
  next,
});

const faults: Readonly<Record<string, Finding>> = {
  EACCES: failed(
    'not_permitted',
    'This folder or file may not be written.',
    'Give yourself the right to write it, or run this as its owner.',
  ),
  EROFS: failed(
    'read_only',
    'This folder is on a disk that is read-only.',
    'Work in a copy of the project that can be written.',
  ),
  ENOSPC: failed('disk_full', 'The disk is full.', 'Free some space and try again.'),
  ENOENT: failed(
    'no_folder',
    'This folder is not there.',
    'Run this in the folder of the project.',
  ),
};

function faultOf(error: unknown): Finding {
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  const alias = { EPERM: 'EACCES', EDQUOT: 'ENOSPC', ENOTDIR: 'ENOENT' }[code] ?? code;
  const other = failed(
    'not_written',
    `The file could not be written (${code || 'unknown'}).`,
    'Look at the file and its folder, and try again.',
  );
  return faults[alias] ?? other;
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException)?.code === 'ENOENT';

/** The file as it is now; undefined where there is none yet. */
async function readCurrent(file: string, disk: Disk): Promise<string | undefined | Finding> {
  try {
    const stat = await disk.lstat(file);
    if (!stat.isFile()) {
      return failed(
        'not_a_file',
        'It is a link or something else that is not a file.',
        'Set the values where it leads to, or put a file in its place.',
      );
    }
    const bytes = await disk.readFile(file);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof TypeError) {
      return failed(
        'not_utf8',
        'It is not written in UTF-8, so Next cannot read it either.',
        'Save it as UTF-8 in an editor and try again.',
      );
    }
    return faultOf(error);
  }
}

/** Written to the disk under a name of its own, so that what has the right name is always whole. */
async function writeAside(file: string, text: string, disk: Disk): Promise<string> {
  const aside = `${file}.tmp-${randomBytes(6).toString('hex')}`;
  const handle = await disk.open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => {});
    await disk.rm(aside, { force: true });
    throw error;
  }
  return aside;
}

async function replace(root: string, before: string | undefined, after: string, disk: Disk) {
  const asides: string[] = [];
  try {
    const file = join(root, name);
    const fresh = await writeAside(file, after, disk);
    asides.push(fresh);
    if (before !== undefined) {
      const backup = await writeAside(file, before, disk);
      asides.push(backup);
      await disk.rename(backup, join(root, backupName));
    }
    await disk.rename(fresh, file);
  } catch (error) {
    await Promise.all(asides.map((aside) => disk.rm(aside, { force: true }).catch(() => {})));
    throw error;
  }
}

/** Those of `files` that set a variable to something, read as Next reads them. */
export async function filesThatSet(
  root: string,
  variable: string,
  files: readonly EnvFile[] = envFiles,
): Promise<{ file: EnvFile; value: string }[]> {
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await fs.readFile(join(root, file), 'utf8').catch(() => '');
      return { file, value: variablesFromText(text).get(variable)?.trim() ?? '' };
    }),
  );
  return found.filter(({ value }) => value !== '');
}

async function overridden(root: string, variables: readonly string[]): Promise<Finding[]> {
  const found = await Promise.all(
    variables.map(async (variable) =>
      (await filesThatSet(root, variable, strongerFiles)).map(
        ({ file }): Finding => ({
          code: 'overridden',
          status: 'warn',
          subject: variable,
          says: `It is also set in ${file}, which counts more than ${name}.`,
          next: `Remove ${variable} from ${file}.`,
        }),
      ),
    ),
  );
  return found.flat();
}

async function prepare(root: string, disk: Disk): Promise<{ guard: Finding[]; before?: string }> {
  const guard = await guardFromGit(root, [name, backupName, `${name}.tmp-0`]);
  const before = await readCurrent(join(root, name), disk);
  if (typeof before === 'object') return { guard: [...guard, before] };
  return { guard, ...(before !== undefined && { before }) };
}

/** What would keep `saveVariables` from saving, asked before there is anything to lose. */
export async function checkSave(root: string, disk: Disk = fs): Promise<Finding[]> {
  const { guard } = await prepare(root, disk);
  if (guard.some(({ status }) => status === 'fail')) return guard;
  try {
    await disk.rm(await writeAside(join(root, name), '', disk));
    return guard;
  } catch (error) {
    return [...guard, faultOf(error)];
  }
}

/** Merges variables into `.env.local` of `root`: readable by its owner alone, never half-written,
 * one backup of the version before. Everything else in the file stays as it is. A `fail` in the
 * answer means that nothing was written. */
export async function saveVariables(
  root: string,
  variables: Readonly<Record<string, string>>,
  disk: Disk = fs,
): Promise<Finding[]> {
  const { guard, before } = await prepare(root, disk);
  if (guard.some(({ status }) => status === 'fail')) return guard;
  const merged = withVariables(before ?? '', variables);
  if ('unwritable' in merged) {
    const says = `${merged.unwritable} has a line break, or quotation marks of all kinds beside a #: it cannot be written so that it is read back the same.`;
    return [...guard, failed('unwritable', says, 'Make a new client secret and try again.')];
  }
  try {
    if (merged.text === before) await disk.chmod(join(root, name), 0o600);
    else await replace(root, before, merged.text, disk);
  } catch (error) {
    return [...guard, faultOf(error)];
  }
  const says = merged.text === before ? 'The values were there already.' : 'The values are saved.';
  return [
    ...guard,
    { code: 'saved', status: 'ok', subject: name, says },
    ...(await overridden(root, Object.keys(variables))),
  ];
}
