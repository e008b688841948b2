import { expect, test } from '@playwright/test';
import { SignInError } from '../../lib/sign-in-error';
import { createTurns } from '../../lib/turns';

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

test('no more than so many run at a time, and all have their turn in their order', async () => {
  const inTurn = createTurns(3);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      inTurn(async () => {
        begun.push(index);
        running += 1;
        most = Math.max(most, running);
        await pause();
        running -= 1;
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(begun).toEqual(results);
});

test('work that fails gives its turn back', async () => {
  const inTurn = createTurns(1);
  const failing = () => Promise.reject(new Error('no'));
  for (let count = 0; count < 3; count += 1) await expect(inTurn(failing)).rejects.toThrow('no');
  expect(await inTurn(async () => 'yes')).toBe('yes');
});

test('who waits while Microsoft does not answer is told at once, and the next ones are tried', async () => {
  const inTurn = createTurns(1);
  const outage = new SignInError('provider_unavailable', { reason: 'timeout' });
  let tried = 0;
  const attempts = Array.from({ length: 5 }, () =>
    inTurn(async () => {
      tried += 1;
      await pause();
      throw outage;
    }),
  );
  const results = await Promise.allSettled(attempts);
  expect(results).toEqual(Array(5).fill({ status: 'rejected', reason: outage }));
  expect(tried).toBe(1);
  expect(await inTurn(async () => 'yes')).toBe('yes');
});
