import { createClient } from '@redis/client';

/** A connection that is silent for so long is given up. */
export const silentMs = 3_000;

/** The two connections to a Redis: one waits for what is new, one writes. */
export type Clients = ReturnType<typeof createClients>;

/** Creates both, not connected yet: the one place that says how Redis is reached. docs/deploy/redis.md
 * tells how to sign in to Azure Managed Redis without a password here.
 * @param url `redis://` or, with TLS, `rediss://` */
export function createClients(url: string) {
  const create = (socket: { socketTimeout?: number }) => {
    const client = createClient({
      url,
      // lib/redis-link.ts begins anew after any break: what was missed has to be read.
      disableOfflineQueue: true,
      maintNotifications: 'disabled',
      socket: { reconnectStrategy: false, connectTimeout: silentMs, ...socket },
    });
    client.on('error', () => {}); // each command tells it, too
    return client;
  };
  // The follower asks without a pause, so silence means that nobody is there.
  return { follower: create({ socketTimeout: silentMs }), writer: create({}) };
}
