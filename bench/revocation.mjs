import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { listen } from '../entra-local/serve.mjs';
import { freePort } from '../scripts/free-port.mjs';
import { startInstance } from '../scripts/instance.mjs';
import { until } from '../scripts/program.mjs';
import { startRedis } from '../scripts/redis-server.mjs';
import { createVisitor } from '../scripts/visitor.mjs';
import { environmentOf } from './environment.mjs';

const revokedCount = 100_000;
const rounds = 12;
const perRound = 400;
const atATime = 16;

/** CPU time of a process so far, in milliseconds; Linux counts it in hundredths of a second.
 * @param {number} pid */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Memory that a process holds, in MB. @param {number} pid */
const memoryMb = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** The same once it has come to rest: nothing is asked meanwhile. @param {number} pid */
async function settledMb(pid) {
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  return memoryMb(pid);
}

/** @param {string} url of Redis @param {string} clientId
 * @param {{ tenantId: string, objectId: string }} last whose sessions end after all others */
async function revokeMany(url, clientId, last) {
  const client = createClient({ url });
  await client.connect();
  const expiresAtSeconds = Math.floor(Date.now() / 1000) + 12 * 60 * 60;
  const add = (/** @type {string} */ key) => {
    const value = JSON.stringify({ key, beforeMs: Date.now(), expiresAtSeconds });
    return client.xAdd(`azure-auth:{${clientId}}:revocations`, '*', { value });
  };
  for (let at = 0; at < revokedCount; at += 1_000) {
    await Promise.all(Array.from({ length: 1_000 }, () => add(`session:${randomUUID()}`)));
  }
  await add(`person:${last.tenantId}.${last.objectId}`);
  client.destroy();
}

/** @param {string} url @param {string} path @param {string} cookie @param {number} count */
async function ask(url, path, cookie, count) {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await fetch(url + path, { headers: { cookie, accept: 'text/html' } });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

const middle = (/** @type {number[]} */ list) =>
  /** @type {number} */ ([...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]);

/** @type {import('./sections.mjs').Section} */
export const revocation = {
  name: 'revocation',
  needsServers: true,
  title: `The same build without a store, and with ${revokedCount} ended sessions in Redis`,
  async run() {
    const entra = await listen();
    const folder = mkdtempSync(join(tmpdir(), 'revocation-'));
    const redis = await startRedis(await freePort(24_000), { folder });
    const ports = [await freePort(24_100), await freePort(24_200)];
    const env = {
      ...environmentOf(entra),
      AUTH_URL: `http://localhost:${ports[0]}`,
      AUTH_SECRET: randomBytes(32).toString('base64url'),
    };
    const without = await startInstance({ env, port: ports[0] ?? 0 });
    const stored = await startInstance({
      env: { ...env, REDIS_URL: redis.url },
      port: ports[1] ?? 0,
    });
    const pidOf = (/** @type {typeof without} */ { child }) => child.pid ?? 0;
    const visitor = createVisitor(env.AUTH_URL);
    await visitor.signIn();
    const leaver = createVisitor(env.AUTH_URL, 'Ben Osei');
    await leaver.signIn();
    const session = visitor.session();
    const cookie = `${session?.name}=${session?.value}`;
    const both = [without, stored];
    for (const { url } of both) {
      for (const path of ['/account', '/api/me']) await ask(url, path, cookie, 1_500);
    }
    const before = await settledMb(pidOf(stored));
    await revokeMany(redis.url, entra.clientId, JSON.parse((await leaver.open('/api/me')).body));
    const isOver = async () => (await leaver.open('/api/me', stored.url)).status === 401;
    await until(isOver, 'the revocations do not arrive');
    const grown = (await settledMb(pidOf(stored))) - before;

    /** @type {Record<string, number[]>} */
    const ratios = {};
    for (const path of ['/account', '/api/me']) {
      const list = [];
      for (let round = 0; round < rounds; round += 1) {
        const spent = [];
        for (const one of round % 2 ? both : [...both].reverse()) {
          const started = cpuMs(pidOf(one));
          await ask(one.url, path, cookie, perRound * (path === '/api/me' ? 3 : 1));
          spent.push(cpuMs(pidOf(one)) - started);
        }
        const [a = 1, b = 1] = round % 2 ? spent : spent.reverse();
        list.push(b / a);
      }
      ratios[path] = list;
    }
    await Promise.all([without.stop(), stored.stop(), redis.stop('SIGKILL')]);
    await entra.close();
    rmSync(folder, { recursive: true, force: true });
    const percent = (/** @type {string} */ path) => (middle(ratios[path] ?? [9]) - 1) * 100;
    return [
      ...['/account', '/api/me'].map((path) => ({
        what: `CPU per request of ${path}, more than without (under 5 %)`,
        measured: `${percent(path).toFixed(1)} %`,
        isReached: percent(path) < 5,
      })),
      {
        what: 'memory that they take (under 40 MB)',
        measured: `${grown.toFixed(1)} MB`,
        isReached: grown < 40,
      },
    ];
  },
};
