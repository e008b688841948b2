/** What servers hold on to. Without garbage: each is told to collect it first. */
import { drive } from './load.mjs';
import { faultOfAllowed, faultOfRefused, forge, headerOf } from './sessions.mjs';

/** @typedef {import('./cpu.mjs').Contestant} Contestant */

/** @param {Contestant} contestant @param {(turn: number) => string} cookie @param {number} count
 * @param {typeof faultOfAllowed} faultOf */
async function ask(contestant, cookie, count, faultOf) {
  const { server, candidate } = contestant;
  const path = candidate.paths.json;
  const { requests } = await drive({
    ...{ origin: server.origin, atATime: 16, count, faultOf },
    ask: (turn) => ({ path, cookie: cookie(turn) }),
  });
  contestant.served += requests;
}

/** Memory once a server has answered so many requests in its life, as the system counts it and as live
 * objects. @param {Contestant} contestant @param {number} total */
export async function memoryAfter(contestant, total) {
  const cookie = headerOf(contestant.newSession());
  const left = total - contestant.served;
  if (left > 0) await ask(contestant, () => cookie, left, faultOfAllowed);
  const { rssMb } = await contestant.server.usage();
  const { heapMb } = await contestant.server.usage('collect');
  return { rssMb, heapMb };
}

/** By how much the live objects of a server grow.
 * @param {Contestant} contestant @param {() => Promise<void>} work */
async function growth(contestant, work) {
  const before = await contestant.server.usage('collect');
  await work();
  const after = await contestant.server.usage('collect');
  return { heapMb: after.heapMb - before.heapMb, rssMb: after.rssMb - before.rssMb };
}

/** @param {Contestant} contestant @param {number} count of forged cookies, each another one */
export function growthByForgeries(contestant, count) {
  const session = contestant.newSession();
  let from = 0;
  const some = () => {
    const first = from;
    from += count;
    return ask(contestant, (turn) => headerOf(forge(session, first + turn)), count, faultOfRefused);
  };
  return some().then(() => growth(contestant, some)); // what the first ones compile is no growth
}

/** @param {Contestant} contestant @param {import('./sessions.mjs').Cookies[]} sessions all good */
export function growthBySessions(contestant, sessions) {
  const headers = sessions.map(headerOf);
  const cookie = (/** @type {number} */ turn) => headers[turn % headers.length] ?? '';
  return growth(contestant, () => ask(contestant, cookie, headers.length, faultOfAllowed));
}
