import { expect, test } from '@playwright/test';
import { runQuick } from '../../bench/quick.mjs';

/** The few lines that wait until there is a session to watch are in every page's JavaScript. */
const knownMiss = {
  what: 'JavaScript of the sign-in page, more than without auth',
  mostBytes: 560,
};

test('a sign-in asks Microsoft once, and no page, cookie or answer carries more than it may', async () => {
  test.setTimeout(240_000); // builds the same pages without auth
  const targets = await runQuick();
  expect(targets.length).toBeGreaterThan(6);
  const missed = targets.filter(({ isReached }) => !isReached);
  expect(missed.filter(({ what }) => what !== knownMiss.what)).toEqual([]);
  for (const { value } of missed) expect(value).toBeLessThanOrEqual(knownMiss.mostBytes);
});
