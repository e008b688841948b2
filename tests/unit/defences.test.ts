import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { defences } from '../prove/defences';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every defence that can be switched off in a copy stands where its edit says', () => {
  const stale = defences.flatMap(({ name, edits }) =>
    edits
      .filter(({ file, find }) => {
        const source = readFileSync(join(root, file), 'utf8');
        return find !== undefined && source.split(find).length !== 2;
      })
      .map(({ file }) => `${name}: ${file}`),
  );
  expect(stale, '`npm run attack -- --prove` would fail').toEqual([]);
});
