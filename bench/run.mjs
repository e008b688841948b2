/** `npm run bench`: the gate under load for as long as production knows it, 30 minutes at a thousand
 * requests a second, against the build and the local stand-in. `--minutes N` and `--rate N` change
 * that. Latencies say little by themselves on a machine that plays both sides, so those of `/healthz`,
 * which the gate never sees, stand beside them. One wrong answer, and there is no result at all. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listen } from '../entra-local/serve.mjs';
import { freePort } from '../scripts/free-port.mjs';
import { loadGate } from './gate-load.mjs';
import { signIn } from './sign-in.mjs';

const build = fileURLToPath(new URL('../.next/standalone', import.meta.url));
if (!existsSync(`${build}/start.mjs`)) {
  console.error('There is no build yet. Run: npm run build');
  process.exit(1);
}
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '1000' },
  },
});
const [minutes, perSecond] = [Number(values.minutes), Number(values.rate)];
if (!(minutes > 0 && perSecond > 0)) {
  console.error('--minutes and --rate must be positive numbers.');
  process.exit(1);
}

const entra = await listen();
const port = await freePort(21_000);
const origin = `http://localhost:${port}`;
/** @type {import('node:child_process').ChildProcess[]} */
const servers = [];
process.once('exit', () => {
  for (const server of servers) server.kill('SIGKILL');
});

/** @param {number} at */
async function start(at) {
  const server = spawn(process.execPath, ['start.mjs'], {
    cwd: build,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(at),
      HOSTNAME: 'localhost',
      AUTH_URL: origin,
      AUTH_SECRET: randomBytes(32).toString('base64url'), // each has its own
      ENTRA_LOCAL_URL: entra.url,
      AZURE_CLIENT_ID: entra.clientId,
      AZURE_CLIENT_SECRET: entra.clientSecret,
      AZURE_VALID_TENANT_IDS: entra.validTenantIds.join(','),
    },
  });
  servers.push(server);
  const url = `http://localhost:${at}`;
  const isUp = () =>
    fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await isUp())) {
    if (server.exitCode !== null) throw new Error('The app did not start.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, server };
}

const app = await start(port);
const stranger = await start(await freePort(port + 1));
const { value: foreign } = await signIn(origin, stranger.url);
stranger.server.kill();
const { name: cookie, value: valid } = await signIn(origin, app.url);

const warmUp = { origin, cookie, valid, foreign, perSecond, atATime: 32 };
await loadGate({ ...warmUp, seconds: 2 });
console.log(`${minutes} minutes at ${perSecond} requests a second, as far as this machine can.`);
const { requests, counts, wrong, renewals, gate, health } = await loadGate({
  ...warmUp,
  seconds: minutes * 60,
});
await entra.close();

if (wrong.length > 0) {
  console.error(`No result: the gate gave wrong answers.\n  ${wrong.join('\n  ')}`);
  process.exit(1);
}
const ratio = (/** @type {'p50' | 'p99'} */ name) => (gate[name] / health[name]).toFixed(2);
console.log(
  `${requests} requests, ${Math.round(requests / minutes / 60)} a second, no wrong answer.`,
);
console.log(`By cookie: ${JSON.stringify(counts)}, renewed ${renewals} times.`);
console.log(`            p50 ms   p99 ms`);
console.log(`gate      ${String(gate.p50).padStart(8)} ${String(gate.p99).padStart(8)}`);
console.log(`/healthz  ${String(health.p50).padStart(8)} ${String(health.p99).padStart(8)}`);
console.log(`ratio     ${ratio('p50').padStart(8)} ${ratio('p99').padStart(8)}`);
process.exit(0);
