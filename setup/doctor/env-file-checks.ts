import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { envFiles, filesThatSet } from '../env-file';
import type { Finding } from '../finding';
import { guardFromGit } from '../git-guard';
import { findingsAbout } from './found';

const localFiles = [...envFiles.filter((file) => file.endsWith('.local')), '.env.local.bak'];

/** The files that are there and hold secrets: the local ones whatever is in them. */
async function filesWithSecrets(root: string): Promise<string[]> {
  const set = await Promise.all(
    ['AZURE_CLIENT_SECRET', 'AUTH_SECRET'].map((name) => filesThatSet(root, name)),
  );
  const named = set.flat().map(({ file }) => file);
  const local = localFiles.filter((file) => existsSync(join(root, file)));
  return [...new Set([...local, ...named])];
}

async function gitFinding(root: string, file: string): Promise<Finding | undefined> {
  const [finding] = await guardFromGit(root, [file]);
  if (!finding || finding.status === 'ok') return undefined;
  const ignore = {
    says: `Git does not ignore ${file}: the secret in it could be committed.`,
    next: `Add this line to .gitignore: ${file}`,
  };
  return { ...finding, subject: file, ...(finding.code === 'git_not_ignored' && ignore) };
}

/** Anybody who has an account on this computer could read it. Windows has no such bits. */
function modeFinding(root: string, file: string, platform: string): Finding | undefined {
  if (platform === 'win32' || (lstatSync(join(root, file)).mode & 0o077) === 0) return undefined;
  const says = 'Other accounts of this computer may read it.';
  return findingsAbout(file)('env_file_open', 'warn', says, `Run: chmod 600 ${file}`);
}

/** Whether the files with secrets stay on this computer, and with their owner.
 * @param platform as `process.platform` has it */
export async function envFileFindings(root: string, platform: string): Promise<Finding[]> {
  const files = await filesWithSecrets(root);
  const found = await Promise.all(
    files.map(async (file) => [await gitFinding(root, file), modeFinding(root, file, platform)]),
  );
  const faults = found.flat().filter((finding) => finding !== undefined);
  if (files.length === 0 || faults.length > 0) return faults;
  const says = 'Git keeps none of them, and nobody else may read them.';
  return [findingsAbout('Files with secrets')('env_files_private', 'ok', says)];
}
