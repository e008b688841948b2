/** Everybody who takes part, built and running. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../entra-local/serve.mjs';
import { freePort } from '../scripts/free-port.mjs';
import { findProgram } from '../scripts/program.mjs';
import { startRedis } from '../scripts/redis-server.mjs';
import { prepareBuild } from './builds.mjs';
import { candidates } from './candidates.mjs';
import { environmentOf } from './environment.mjs';
import { serveKeys } from './keys-server.mjs';
import { startServer } from './server.mjs';
import { headerOf, sealSessions } from './sessions.mjs';

/** @typedef {import('./candidates.mjs').Candidate} Candidate */
/** @typedef {import('./cpu.mjs').Contestant & { build: import('./builds.mjs').Build, env: Record<string, string>, starts: number[] }} Entrant
 * `starts`: milliseconds from the start of the process to the first 200 */
/** @typedef {Awaited<ReturnType<typeof prepareField>>} Field */

/** Twice as many as this project's gate remembers. */
export const manySessions = 2_000;

/** This project seals a cookie anew after five minutes: the bench asks with younger ones. */
const mostSessionMs = 120_000;

/** Makes every build ready and everything that the servers talk to.
 * @param {{ names: string[], reuse: boolean, say: (line: string) => void }} options `names` of candidates */
export async function prepareField({ names, reuse, say }) {
  const entra = await listen();
  const keys = await serveKeys();
  const folder = mkdtempSync(join(tmpdir(), 'bench-redis-'));
  const redis = findProgram('redis-server')
    ? await startRedis(await freePort(24_300), { folder })
    : undefined;
  const hasStore = (/** @type {Candidate} */ { name }) => name !== 'ours-redis' || redis;
  const taking = candidates.filter((one) => names.includes(one.name) && hasStore(one));
  if (!redis) say('redis-server is not installed: the revocation store is left out');

  /** @param {Candidate} candidate @param {string} origin */
  const envOf = (candidate, origin) =>
    candidate.env({
      ...{ origin, entra: environmentOf(entra), keysUrl: keys.url },
      signingKey: keys.signingKey,
      ...(redis && { redisUrl: redis.url }),
    });
  /** @type {Map<string, import('./builds.mjs').Build>} */
  const builds = new Map();
  for (const candidate of taking) {
    if (builds.has(candidate.build)) continue;
    say(`building ${candidate.name}`);
    const env = envOf(candidate, 'http://localhost:3000');
    builds.set(candidate.build, prepareBuild(candidate.build, { reuse, env }));
  }

  /** @param {Candidate} candidate @param {number} port @returns {Promise<Entrant>} */
  async function start(candidate, port) {
    const build = /** @type {import('./builds.mjs').Build} */ (builds.get(candidate.build));
    const env = envOf(candidate, `http://localhost:${port}`);
    /** @type {import('./sessions.mjs').Cookies} */
    let session = {};
    let sealedAtMs = 0;
    const newSession = () => {
      if (Date.now() - sealedAtMs > mostSessionMs) {
        session = sealSessions(build, env)[0] ?? {};
        sealedAtMs = Date.now();
      }
      return session;
    };
    /** @type {import('./sessions.mjs').Cookies[]} */
    let many = [];
    let manySealedAtMs = 0;
    const newSessions = () => {
      if (Date.now() - manySealedAtMs > mostSessionMs) {
        many = sealSessions(build, env, manySessions);
        manySealedAtMs = Date.now();
      }
      return many;
    };
    const options = () => ({
      ...{ port, env, path: candidate.paths.page },
      headers: { cookie: headerOf(newSession()) },
    });
    const server = await startServer(build, options());
    return {
      ...{ candidate, build, env, server, newSession, served: 0, starts: [server.startMs] },
      ...(candidate.name === 'ours' && { newSessions }),
    };
  }
  return {
    taking,
    builds,
    start,
    async startAll() {
      /** @type {Entrant[]} */
      const entrants = [];
      let port = 27_000;
      for (const candidate of taking) {
        port = (await freePort(port)) + 1;
        entrants.push(await start(candidate, port - 1));
      }
      return entrants;
    },
    async close() {
      await entra.close();
      keys.close();
      await redis?.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
