import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Finding } from './finding';

const deadlineMilliseconds = 5000;

/** The exit code of git and what it wrote; the code is missing when git is, or was too slow. */
export type Git = (
  root: string,
  args: readonly string[],
) => Promise<{ code?: number; stdout: string; missing?: boolean }>;

/** Git as installed. Its own variables are taken away: a hook that ran us would have set them to
 * another repository. The repository's monitor is not started. */
const installedGit: Git = (root, args) =>
  new Promise((done) => {
    const foreign = Object.keys(process.env).filter((name) => name.startsWith('GIT_'));
    const unset = Object.fromEntries(foreign.map((name) => [name, undefined]));
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', ...args],
      { cwd: root, timeout: deadlineMilliseconds, env: { ...process.env, ...unset } },
      (error, stdout) => {
        if (!error) done({ code: 0, stdout });
        else if (error.code === 'ENOENT') done({ stdout, missing: true });
        else done({ stdout, ...(typeof error.code === 'number' && { code: error.code }) });
      },
    );
  });

/** Whether a folder lies in a working copy, by the mark that git itself looks for. */
function isInWorkingCopy(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && isInWorkingCopy(dirname(folder));
}

const found = (code: string, status: Finding['status'], says: string, next?: string): Finding => ({
  code,
  status,
  subject: 'Git',
  says,
  ...(next && { next }),
});

/** Whether secrets may be written into these files of `root`: not where git keeps them, or would
 * with the next commit. A `fail` means no.
 * @see https://git-scm.com/docs/git-check-ignore */
export async function guardFromGit(
  root: string,
  names: readonly string[],
  git: Git = installedGit,
): Promise<Finding[]> {
  const folder = resolve(root);
  if (!isInWorkingCopy(folder)) {
    return [found('git_absent', 'ok', 'This folder is not in a git repository.')];
  }
  const [tracked, ignored] = await Promise.all([
    git(folder, ['ls-files', '-z', '--', ...names]),
    git(folder, ['check-ignore', '--', ...names]),
  ]);
  if (tracked.missing || ignored.missing) {
    const says = 'Could not tell whether git would keep the secret: git is not installed here.';
    return [found('git_missing', 'warn', says, 'See that .gitignore has the line: .env.local*')];
  }
  if (tracked.code !== 0 || (ignored.code !== 0 && ignored.code !== 1)) {
    const says = 'Could not tell whether git would keep the secret: git gives no answer.';
    return [found('git_unknown', 'fail', says, 'Run "git status" in this folder to see why.')];
  }
  const kept = tracked.stdout.split('\0').filter(Boolean);
  if (kept.length > 0) {
    const says = `Git tracks ${kept.join(' and ')}: the secret would be in the next commit.`;
    return [found('git_tracks', 'fail', says, `Run: git rm --cached ${kept.join(' ')}`)];
  }
  const safe = new Set(ignored.stdout.split('\n'));
  const open = names.filter((name) => !safe.has(name));
  if (open.length > 0) {
    const says = 'Git does not ignore .env.local and its backup: the secret could be committed.';
    return [found('git_not_ignored', 'fail', says, 'Add this line to .gitignore: .env.local*')];
  }
  return [found('git_ignores', 'ok', 'Git ignores .env.local.')];
}
