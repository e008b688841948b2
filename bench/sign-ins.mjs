import { listen } from '../entra-local/serve.mjs';
import { startCluster } from '../scripts/servers.mjs';
import { createVisitor } from '../scripts/visitor.mjs';
import { environmentOf } from './environment.mjs';

const peopleCount = 1_000;

/** @type {import('./sections.mjs').Section} */
export const signIns = {
  name: 'sign-ins',
  needsServers: true,
  title: `${peopleCount} people sign in at the same moment, at two instances`,
  async run() {
    const entra = await listen();
    const cluster = await startCluster({ env: environmentOf(entra), port: 23_000 });
    const people = Array.from({ length: peopleCount }, () => createVisitor(cluster.origin));
    const started = performance.now();
    const ends = await Promise.allSettled(people.map((one) => one.signIn()));
    const seconds = (performance.now() - started) / 1000;
    await cluster.close();
    await entra.close();
    const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [`${end.reason}`] : []));
    const asked = (/** @type {string} */ endpoint) =>
      entra.control.requests.filter((one) => one.endpoint === endpoint).length;
    const [metadata, keys] = [asked('discovery'), asked('keys')];
    const instances = cluster.places.length;
    return [
      {
        what: 'people who came in',
        measured: [peopleCount - reasons.length, ...new Set(reasons)].join('; '),
        isReached: reasons.length === 0,
      },
      {
        what: `requests for metadata and for keys, one per instance`,
        measured: `${metadata} and ${keys}`,
        isReached: metadata === instances && keys === instances,
      },
      {
        what: 'all of them within',
        measured: `${seconds.toFixed(1)} s, ${Math.round(peopleCount / seconds)} a second`,
      },
    ];
  },
};
