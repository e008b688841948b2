import { randomUUID } from 'node:crypto';
import { test as base, expect } from '@playwright/test';
import { createClient } from '@redis/client';
import { linkToRedis, type RedisReport } from '../../lib/redis-link';
import type { RedisProblem } from '../../lib/redis-problem';
import type { RevocationTarget } from '../../lib/revocation';
import { createRevocationStore, type RevocationStore } from '../../lib/revocation-store';
import { createSession } from '../../lib/session-token';
import { type RedisServer, startRedis } from '../redis-server';
import { noGrants, rules } from './id-token-builder';

const clientId = '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57';
export const tenantId = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
export const stream = `azure-auth:{${clientId}}:revocations`;
export const nowSeconds = () => Math.floor(Date.now() / 1000);
export const later = () => nowSeconds() + 3600;

/** A session that has just begun at an instance. */
export const sessionOf = (store: RevocationStore, microsoftSessionId?: string) =>
  createSession(
    {
      ...{ tenantId, objectId: randomUUID(), name: 'Ada', email: undefined },
      ...{ signOutHint: undefined, isGuest: false, ...noGrants },
    },
    nowSeconds(),
    rules,
    { startedAtMs: store.nowMs() - 1, microsoftSessionId },
  );
type Any = ReturnType<typeof sessionOf>;
export const itself = ({ sessionId }: Any): RevocationTarget => ({ kind: 'session', sessionId });

export const becomesCurrent = (store: RevocationStore, is = true) =>
  expect.poll(() => store.isCurrent(), { timeout: 8_000, intervals: [20] }).toBe(is);
export const ends = (store: RevocationStore, session: Any) =>
  expect.poll(() => store.hasEnded(session), { timeout: 8_000, intervals: [10] }).toBe(true);

/** What an instance of the app has, and what its operator is told. */
function createInstance(url: string) {
  const told = { lost: [] as RedisProblem[], resent: [] as number[], junk: 0 };
  const report: RedisReport = {
    lost: (problem) => void told.lost.push(problem),
    recovered: (resent) => void told.resent.push(resent),
    junk: (count) => {
      told.junk += count;
    },
  };
  const sessionLifetimeSeconds = 12 * 3600;
  const store = createRevocationStore((list, sids) =>
    linkToRedis({ url, clientId, sessionLifetimeSeconds, list, sids, report }),
  );
  return Object.assign(store, { told });
}
type Instance = ReturnType<typeof createInstance>;

async function connect(url: string) {
  const client = createClient({ url });
  client.on('error', () => {});
  await client.connect();
  return client;
}
export type Direct = Awaited<ReturnType<typeof connect>>;

/** A Redis that a test may replace, instances of the app, and a client beside them. */
type Fixtures = {
  place: { redis: RedisServer };
  instance: (url?: string) => Instance;
  direct: () => Promise<Direct>;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner asks for a pattern
  place: async ({}, use) => {
    const place = { redis: await startRedis() };
    await use(place);
    await place.redis.kill();
  },
  instance: async ({ place }, use) => {
    const instances: Instance[] = [];
    await use((url = place.redis.url) => {
      const instance = createInstance(url);
      instances.push(instance);
      return instance;
    });
    await Promise.all(instances.map((instance) => instance.close()));
  },
  direct: async ({ place }, use) => {
    const clients: Direct[] = [];
    await use(async () => {
      const client = await connect(place.redis.url);
      clients.push(client);
      return client;
    });
    for (const client of clients) client.destroy();
  },
});
