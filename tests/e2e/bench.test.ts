import { expect, test } from '@playwright/test';
import { runQuick } from '../../bench/quick.mjs';

test('a sign-in asks Microsoft once, and no page, cookie or answer carries more than it may', async () => {
  test.setTimeout(240_000); // builds the same pages without auth
  const targets = await runQuick();
  expect(targets.length).toBeGreaterThan(6);
  expect(targets.filter(({ isReached }) => !isReached)).toEqual([]);
});
