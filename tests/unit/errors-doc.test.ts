import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { aadstsErrors } from '../../lib/aadsts-table';
import { signInErrors } from '../../lib/sign-in-error-table';
import { errorsDocument } from '../../scripts/errors-doc';

test('docs/errors.md is what `npm run docs:errors` writes', () => {
  const kept = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  expect(kept, 'a table has changed: run `npm run docs:errors`').toBe(errorsDocument());
});

test('every number, name and page of the tables is in the document', () => {
  const written = errorsDocument();
  const wanted = [
    ...Object.values(aadstsErrors).flatMap(({ numbers }) => numbers.map((one) => `| ${one} `)),
    ...Object.keys(aadstsErrors).map((problem) => `| \`${problem}\` `),
    ...Object.keys(signInErrors).map((code) => `<a id="${code}"></a>`),
  ];
  expect(wanted.filter((one) => !written.includes(one))).toEqual([]);
});
