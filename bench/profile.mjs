/** Where the time of a request goes: samples of a server's main thread under load, by what they were in. */
import { measureSlice } from './cpu.mjs';

/** @typedef {Record<string, number>} Shares milliseconds per request by place */

/** @param {{ functionName: string, url: string }} frame @returns {string | undefined} none for idling */
function placeOf({ functionName, url }) {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName.startsWith('(') || url === '') return 'the engine itself';
  if (url.startsWith('node:')) return /crypto/.test(url) ? 'Node: cryptography' : 'Node: the rest';
  if (/\/next\/dist\/compiled\/@edge-runtime|sandbox/.test(url)) return 'Next: edge sandbox';
  if (/\/node_modules\//.test(url)) return 'Next and React';
  if (/\/server\/edge\/|edge-wrapper/.test(url)) return 'edge bundle: gate, with Next’s adapter';
  return 'bundle of route and page';
}

/** @param {import('node:inspector').Profiler.Profile} profile @returns {Shares} in milliseconds */
function sum({ nodes, samples = [], timeDeltas = [] }) {
  const placeById = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  /** @type {Shares} */
  const shares = {};
  for (const [at, id] of samples.entries()) {
    const place = placeById.get(id);
    if (place) shares[place] = (shares[place] ?? 0) + (timeDeltas[at] ?? 0) / 1000;
  }
  return shares;
}

/** @param {import('./cpu.mjs').Contestant} contestant @param {'json' | 'page'} place
 * @returns {Promise<Shares>} */
export async function profileOf(contestant, place) {
  const { server } = contestant;
  const count = place === 'json' ? 2_000 : 1_000;
  await server.profile('start');
  const before = contestant.served;
  const cell = /** @type {const} */ ({ place, kind: 'good', atATime: 16 });
  await measureSlice(contestant, contestant.newSession(), cell, { count });
  const shares = sum(await server.profile('stop'));
  const requests = contestant.served - before;
  return Object.fromEntries(
    Object.entries(shares)
      .map(([name, ms]) => /** @type {const} */ ([name, ms / requests]))
      .sort(([, a], [, b]) => b - a),
  );
}
