import { listen } from '../entra-local/serve.mjs';
import { gatherCrowd, startReading } from '../scripts/crowd.mjs';
import { startCluster } from '../scripts/servers.mjs';
import { environmentOf } from './environment.mjs';

const peopleCount = 200;

/** @type {import('./sections.mjs').Section} */
export const rollingRestart = {
  name: 'rolling-restart',
  needsServers: true,
  title: `Two instances are restarted one after the other under ${peopleCount} people`,
  async run() {
    const entra = await listen();
    const cluster = await startCluster({ env: environmentOf(entra), port: 22_000 });
    const people = await gatherCrowd(cluster.origin, peopleCount);
    const reading = startReading(people, { pauseMs: 1_000 });
    const started = performance.now();
    await cluster.restartInTurn();
    const seconds = (performance.now() - started) / 1000;
    const { answered, failed, signedOut } = await reading.stop();
    await cluster.close();
    await entra.close();
    return [
      { what: 'requests that failed', measured: failed.length, isReached: failed.length === 0 },
      { what: 'people signed out', measured: signedOut, isReached: signedOut === 0 },
      { what: 'requests answered', measured: answered, isReached: answered > peopleCount },
      { what: 'both restarted within', measured: `${seconds.toFixed(1)} s` },
    ];
  },
};
