import { record } from './audit';
import type { Config } from './config';
import { linkToRedis, type RedisReport } from './redis-link';
import { createRevocationStore, type RevocationStore } from './revocation-store';

/** Next bundles the start-up apart from the routes: both must mean the same store. */
const slot = Symbol.for('azure-auth-manager.revocations');

/** The one store of this process: in Redis where `REDIS_URL` names one, else in memory. */
export function revocationsOf(config: Config): RevocationStore {
  const shared = globalThis as { [slot]?: RevocationStore };
  shared[slot] ??= openRevocations(config);
  return shared[slot];
}

/** What becomes of the store, as lines of the log. */
const logged: RedisReport = {
  lost: (reason) => record({ event: 'revocation.unavailable', reason }),
  recovered: (resent) => record({ event: 'revocation.recovered', resent }),
  junk: (count) => record({ event: 'revocation.junk', count }),
};

/** Opens a store of revocations. Redis being away opens it all the same: it follows as soon as it
 * can. @param report who is told of that, the log unless told otherwise */
export function openRevocations(
  {
    redisUrl: url,
    clientId,
    sessionLifetimeSeconds,
  }: Pick<Config, 'redisUrl' | 'clientId' | 'sessionLifetimeSeconds'>,
  report: RedisReport = logged,
): RevocationStore {
  if (!url) return createRevocationStore();
  return createRevocationStore((list, sids) =>
    linkToRedis({ url, clientId, sessionLifetimeSeconds, list, sids, report }),
  );
}
