import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding';

/** Merges variables into `.env.local` of `root`. A `fail` in the answer means that nothing was
 * written. */
export async function saveVariables(
  root: string,
  variables: Readonly<Record<string, string>>,
): Promise<Finding[]> {
  const file = join(root, '.env.local');
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'`);
  await writeFile(`${file}.tmp`, `${text}${lines.join('\n')}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
  return [{ code: 'saved', status: 'ok', subject: '.env.local', says: 'The values are saved.' }];
}
