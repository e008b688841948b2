import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { needsSession, policyOf } from '../../lib/route-policy';

const app = fileURLToPath(new URL('../../app', import.meta.url));

/** The address of a page's folder: a folder in brackets is in none. */
const addressOf = (folder: string) =>
  `/${folder
    .split(sep)
    .filter((part) => part !== '.' && !part.startsWith('('))
    .join('/')}`;

test('every page that asks for a session tells people before theirs ends', () => {
  const pages = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|[\\/])page\.tsx$/.test(path))
    .map((path) => path.replace(/[\\/]?page\.tsx$/, '') || '.');
  const closed = pages.filter((folder) => needsSession(policyOf(addressOf(folder))));
  expect(closed).not.toEqual([]);
  // The layout of that folder watches the session; elsewhere a page would go stale without a word.
  expect(closed.filter((folder) => !folder.startsWith('(signed-in)'))).toEqual([]);
});
