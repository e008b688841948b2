/** Everything that production has, on this machine: nginx before two instances of the build, and
 * Redis. `npm run cluster`, the tests, `npm run faults` and `npm run bench` all start it here. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';
import { startInstance, statusOf } from './instance.mjs';
import { startNginx } from './nginx.mjs';
import { until } from './program.mjs';
import { startRedis } from './redis-server.mjs';

/** @typedef {Record<string, string | undefined>} Variables */
/** @typedef {Awaited<ReturnType<typeof startCluster>>} Cluster */
/** @typedef {ReturnType<typeof createPlace>} Place */

/** The place of one instance, on its port: there it is started, ended and started again.
 * @param {number} port @param {Variables} env what all instances have
 * @param {((line: string) => void) | undefined} onLine */
function createPlace(port, env, onLine) {
  /** @type {Awaited<ReturnType<typeof startInstance>> | undefined} */
  let instance;
  const url = `http://127.0.0.1:${port}`;
  /** @param {Variables} [changes] what this start has besides, or instead */
  const start = async (changes) => {
    instance = await startInstance({
      ...{ port, host: '127.0.0.1', env: { ...env, ...changes } },
      ...(onLine && { onLine }),
    });
    if (!instance.isRunning()) throw new Error(`The instance on port ${port} did not start.`);
  };
  /** @param {NodeJS.Signals} [signal] @returns {Promise<number | null>} the exit code */
  const stop = async (signal) => (await instance?.stop(signal)) ?? null;
  return {
    port,
    url,
    start,
    stop,
    isRunning: () => instance?.isRunning() ?? false,
    /** Ends it in good order, starts it again and waits until it is ready.
     * @param {Variables} [changes] */
    async restart(changes) {
      const code = await stop('SIGTERM');
      if (code !== 0) throw new Error(`The instance on port ${port} ended with code ${code}.`);
      await start(changes);
      await until(async () => (await statusOf(`${url}/readyz`)) === 200, `${url} is not ready`);
    },
  };
}

/**
 * @param {object} options
 * @param {Variables} options.env who signs people in, and `AUTH_SECRET` where it matters; the rest is set here
 * @param {number} [options.port] from here on a free one is looked for, for nginx first
 * @param {number} [options.instances] how many
 * @param {number} [options.shutdownDelaySeconds]
 * @param {(who: string, line: string) => void} [options.onLine] what the servers print; `who` is
 * `nginx`, `redis` or the URL of an instance
 */
export async function startCluster({
  env,
  port = 3000,
  instances = 2,
  shutdownDelaySeconds = 3,
  onLine,
}) {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-cluster-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const linesOf = (/** @type {string} */ who) =>
    onLine && { onLine: (/** @type {string} */ line) => onLine(who, line) };

  const nginxPort = await freePort(port);
  const redisPort = await freePort(nginxPort + 1);
  /** @type {number[]} */
  const ports = [];
  while (ports.length < instances) ports.push(await freePort((ports.at(-1) ?? redisPort) + 1));

  const redis = await startRedis(redisPort, { folder, ...linesOf('redis') });
  const common = {
    ...env,
    AUTH_SECRET: env.AUTH_SECRET || randomBytes(32).toString('base64url'),
    SHUTDOWN_DELAY_SECONDS: String(shutdownDelaySeconds),
    AUTH_URL: `http://localhost:${nginxPort}`,
    TRUSTED_PROXY_HOPS: '1',
    REDIS_URL: redis.url,
  };
  const places = ports.map((one) =>
    createPlace(one, common, linesOf(`http://127.0.0.1:${one}`)?.onLine),
  );
  const close = async () => {
    await nginx?.stop('SIGKILL');
    await Promise.all(places.map((place) => place.stop('SIGKILL')));
    await redis.stop('SIGKILL');
    process.off('exit', remove);
    remove();
  };
  /** @type {Awaited<ReturnType<typeof startNginx>> | undefined} */
  let nginx;
  try {
    await Promise.all(places.map((place) => place.start()));
    // Idle connections must be gone on nginx's side before an instance closes its port.
    const idleMs = Math.max(1, shutdownDelaySeconds * 600);
    nginx = await startNginx({
      ...{ folder, port: nginxPort, instances: ports, idleMs },
      ...linesOf('nginx'),
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    /** Where people go. */
    origin: nginx.origin,
    /** What every instance is started with. */
    env: common,
    redis,
    places,
    /** Restarts one instance after the other, as a deployment does. @param {Variables} [changes] */
    async restartInTurn(changes) {
      for (const place of places) await place.restart(changes);
    },
    /** Ends everything and leaves nothing behind. */
    close,
  };
}
