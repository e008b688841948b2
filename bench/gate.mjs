/** The gate under load. Latencies say little by themselves on a machine that plays both sides, so those
 * of `/healthz`, which the gate never sees, stand beside them. */
import { randomBytes } from 'node:crypto';
import { listen } from '../entra-local/serve.mjs';
import { freePort } from '../scripts/free-port.mjs';
import { startInstance } from '../scripts/instance.mjs';
import { createVisitor } from '../scripts/visitor.mjs';
import { environmentOf } from './environment.mjs';
import { loadGate } from './gate-load.mjs';

/** @param {string} origin where the app says that it is @param {string} reach where it listens */
async function sessionFrom(origin, reach) {
  const ada = createVisitor(origin);
  await ada.finishSignIn(await ada.beginSignIn(reach), reach);
  const session = ada.session();
  if (!session) throw new Error('Nobody could be signed in.');
  return session;
}

/** @type {import('./sections.mjs').Section} */
export const gate = {
  name: 'gate',
  title: 'The gate under load gives no wrong answer',
  async run({ minutes, perSecond }) {
    const entra = await listen();
    const port = await freePort(21_000);
    const origin = `http://localhost:${port}`;
    /** @param {number} at */
    const start = (at) => {
      const AUTH_SECRET = randomBytes(32).toString('base64url'); // each has its own
      const env = { ...environmentOf(entra), AUTH_URL: origin, AUTH_SECRET };
      return startInstance({ port: at, env });
    };
    const app = await start(port);
    const stranger = await start(await freePort(port + 1));
    const { value: foreign } = await sessionFrom(origin, stranger.url);
    await stranger.stop('SIGKILL');
    const { name: cookie, value: valid } = await sessionFrom(origin, app.url);

    const load = { origin, cookie, valid, foreign, perSecond, atATime: 32 };
    await loadGate({ ...load, seconds: 2 });
    console.log(`  ${minutes} minutes at ${perSecond} requests a second, if this machine can`);
    const { requests, counts, wrong, renewals, gate, health } = await loadGate({
      ...load,
      seconds: minutes * 60,
    });
    await app.stop('SIGKILL');
    await entra.close();
    const ratio = (/** @type {'p50' | 'p99'} */ name) => (gate[name] / health[name]).toFixed(2);
    return [
      { what: 'wrong answers', measured: wrong.join('; ') || 0, isReached: wrong.length === 0 },
      {
        what: 'requests',
        measured: `${requests}, ${Math.round(requests / minutes / 60)} a second`,
      },
      { what: 'by cookie', measured: `${JSON.stringify(counts)}, renewed ${renewals} times` },
      { what: 'gate', measured: `p50 ${gate.p50} ms, p99 ${gate.p99} ms` },
      { what: '/healthz', measured: `p50 ${health.p50} ms, p99 ${health.p99} ms` },
      { what: 'gate to /healthz', measured: `p50 ${ratio('p50')}, p99 ${ratio('p99')}` },
    ];
  },
};
