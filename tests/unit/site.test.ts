import { expect, test } from '@playwright/test';
import { policyOf } from '../../lib/access';
import { parseReturnTo } from '../../lib/return-to';
import { organisationName, site } from '../../lib/site';

test('an organisation without a name is shown by its tenant id', () => {
  expect(organisationName('9188040d-6c67-4c5b-b112-36a304b66dad')).toBe(
    'Personal Microsoft account',
  );
  const unnamed = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
  expect(organisationName(unnamed)).toBe(unnamed);
});

test('people who came for no certain page land on a page that is theirs alone', () => {
  expect(parseReturnTo(site.homePath)).toBe(site.homePath);
  expect(policyOf(site.homePath)).toBe('signed-in');
});
