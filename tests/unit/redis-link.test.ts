import { expect } from '@playwright/test';
import { startRedis } from '../redis-server';
import {
  becomesCurrent,
  ends,
  itself,
  later,
  nowSeconds,
  sessionOf,
  stream,
  tenantId,
  test,
} from './redis-instances';

test('what one instance ends is over on the others within a second', async ({ instance }) => {
  const [one, other] = [instance(), instance()];
  await Promise.all([becomesCurrent(one), becomesCurrent(other)]);
  const session = sessionOf(one);
  expect(other.hasEnded(session)).toBe(false);
  const atMs = performance.now();
  expect(await one.revoke(itself(session), later())).toBe(true);
  await ends(other, session);
  expect(performance.now() - atMs).toBeLessThan(1000);
  expect(one.told).toEqual({ lost: [], resent: [], junk: 0 });
});

test('an instance that starts later knows what was ended before, ten thousand at once', async ({
  instance,
}) => {
  const one = instance();
  await becomesCurrent(one);
  const sessions = Array.from({ length: 10_000 }, () => sessionOf(one));
  while (sessions.some((session) => !one.hasEnded(session))) {
    const page = sessions.filter((session) => !one.hasEnded(session)).slice(0, 500);
    await Promise.all(page.map((session) => one.revoke(itself(session), later())));
  }
  await becomesCurrent(one);
  const other = instance();
  await becomesCurrent(other);
  expect(sessions.filter((session) => !other.hasEnded(session))).toHaveLength(0);
});

test('every key expires, and what is over is not read again', async ({ instance, direct }) => {
  const one = instance();
  await becomesCurrent(one);
  const session = sessionOf(one);
  await one.rememberSid('a-sid', later());
  await one.revoke({ kind: 'tenant', tenantId }, nowSeconds());
  const client = await direct();
  for (const key of await client.keys('*')) expect(await client.ttl(key), key).toBeGreaterThan(0);
  const other = instance();
  await becomesCurrent(other);
  expect([one.hasEnded(session), other.hasEnded(session)]).toEqual([true, false]);
});

test('while the store is away what is known holds, and nothing is lost when it is back empty', async ({
  instance,
  place,
}) => {
  const [one, other] = [instance(), instance()];
  await Promise.all([becomesCurrent(one), becomesCurrent(other)]);
  const [before, meanwhile] = [sessionOf(one), sessionOf(one)];
  await one.revoke(itself(before), later());
  const atMicrosoft = sessionOf(one, 'of-one');
  await one.rememberSid('of-one', later());
  await ends(other, before);

  await place.redis.kill();
  await Promise.all([becomesCurrent(one, false), becomesCurrent(other, false)]);
  expect(await one.revoke(itself(meanwhile), later())).toBe(false);
  expect([one.hasEnded(meanwhile), one.hasEnded(before), other.hasEnded(before)]).toEqual([
    true,
    true,
    true,
  ]);
  await other.revokeSid('of-one', later());

  place.redis = await startRedis({}, place.redis.port);
  await Promise.all([becomesCurrent(one), becomesCurrent(other)]);
  await ends(other, meanwhile);
  await ends(one, atMicrosoft);
  const third = instance();
  await becomesCurrent(third);
  expect([third.hasEnded(before), third.hasEnded(meanwhile)]).toEqual([true, true]);
  expect(one.told.lost).toEqual(['unreachable']);
  expect(one.told.resent).toHaveLength(1);
});

test('a store that hangs is given up, nobody waits for it, and it is taken up again', async ({
  instance,
  place,
}) => {
  const one = instance();
  await becomesCurrent(one);
  process.kill(place.redis.pid, 'SIGSTOP');
  await becomesCurrent(one, false);
  expect(one.told.lost).toEqual(['timeout']);
  const session = sessionOf(one);
  const atMs = performance.now();
  expect(await one.revoke(itself(session), later())).toBe(false);
  expect(performance.now() - atMs).toBeLessThan(2000);
  expect(one.hasEnded(session)).toBe(true);
  process.kill(place.redis.pid, 'SIGCONT');
  await becomesCurrent(one);
  const other = instance();
  await becomesCurrent(other);
  expect(other.hasEnded(session)).toBe(true);
});

test('a store that somebody empties gets everything back', async ({ instance, direct }) => {
  const one = instance();
  await becomesCurrent(one);
  const session = sessionOf(one);
  await one.revoke(itself(session), later());
  const client = await direct();
  await client.flushAll();
  await expect.poll(() => client.xLen(stream), { timeout: 15_000 }).toBe(1);
  expect(one.told.lost).toEqual([]);
});

test('the clock of the store decides, so instances with clocks apart agree', async ({
  instance,
}) => {
  const one = instance();
  await becomesCurrent(one);
  expect(Math.abs(one.nowMs() - Date.now())).toBeLessThan(100);
});
