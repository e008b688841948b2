import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures';

const root = fileURLToPath(new URL('../..', import.meta.url));

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** Words that only the set-up page and the flight recorder have. */
const marks = [
  ...['Integrations → Azure Auth Manager', 'azure-auth-setup-', '/setup/connect'],
  ...['azure-auth-manager.flights', 'nothing on record to compare it with', 'Sign in and watch'],
];
/** Without it nobody can listen to a sign-in. */
const recorderPlace = 'azure-auth-manager.flight-recorder';
const withMark = (files: string[], marks: string[]) =>
  files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return marks.some((mark) => text.includes(mark));
  });

test('a build holds nothing of the set-up page', () => {
  const sources = ['app/setup', 'components/setup', 'setup'].flatMap(filesBelow);
  sources.push(join(root, 'lib/flight.ts'));
  for (const mark of [...marks, recorderPlace]) {
    expect(
      sources.some((file) => readFileSync(file, 'utf8').includes(mark)),
      `the search looks for words that are there: ${mark}`,
    ).toBe(true);
  }
  const built = ['.next/server', '.next/static', '.next/standalone'].flatMap(filesBelow);
  expect(built.length).toBeGreaterThan(100);
  expect(withMark(built, marks)).toEqual([]);
  const code = built.filter((file) => !file.endsWith('.map')); // a map quotes the source of lib
  expect(withMark(code, [recorderPlace])).toEqual([]);
});

test('a production server has no set-up page, whatever its environment says', async ({ app }) => {
  for (const path of [
    ...['/setup', '/setup/open?t=x', '/setup/status', '/setup/flights', '/setup/anything'],
  ]) {
    const response = await fetch(app.url + path, { redirect: 'manual' });
    expect(response.status, path).toBe(404);
  }
  const post = await fetch(`${app.url}/setup/connect`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', origin: app.url },
    body: new URLSearchParams({ clientId: 'x' }),
  });
  expect(post.status).toBe(404);
});
