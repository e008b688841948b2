import { tmpdir } from 'node:os';
import { test } from '@playwright/test';
import { howToInstall, missingServers } from '../scripts/debian.mjs';
import { freePort } from '../scripts/free-port.mjs';
import { startRedis as start } from '../scripts/redis-server.mjs';

/** A Redis of a test's own, in memory alone. */
export type RedisServer = {
  port: number;
  url: string;
  pid: number;
  /** Ends it at once, with all that it held. */
  kill(): Promise<unknown>;
};

/** Starts `redis-server`; without one installed the test is skipped loudly, but for CI.
 * @param settings as on its command line, without the two dashes
 * @param port one that was free before, to start again where clients look for it */
export async function startRedis(
  settings: Record<string, string> = {},
  port?: number,
): Promise<RedisServer> {
  const isMissing = missingServers().includes('redis-server') && !process.env.CI;
  if (isMissing) console.error(`\n!! SKIPPED: ${howToInstall(['redis-server'])}\n`);
  test.skip(isMissing, howToInstall(['redis-server']));
  const at = port ?? (await freePort(40_000 + (process.pid % 125) * 100));
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const redis = await start(at, { folder: tmpdir(), options });
  return { port: at, url: redis.url, pid: redis.pid(), kill: () => redis.stop('SIGKILL') };
}
