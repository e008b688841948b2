/** CPU time per request, in turns: every server is asked for a moment, then the next, and the order turns
 * by one with every round, so that what else the machine does hits all of them alike. */
import { drive } from './load.mjs';
import { faultOfAllowed, faultOfRefused, forge, headerOf, junk } from './sessions.mjs';
import { quantile } from './statistics.mjs';

/**
 * @typedef {'good' | 'others' | 'absent' | 'forged' | 'junk'} Kind of the session's cookie; `others`: good,
 * and another one in each turn
 * @typedef {{ place: 'page' | 'json', kind: Kind, atATime: number }} Cell
 * @typedef {{ cpuMs: number, p50: number, p99: number, perSecond: number, setCookieBytes: number, keysDerived: number }} Slice
 *
 * @typedef {object} Contestant
 * @property {import('./candidates.mjs').Candidate} candidate
 * @property {import('./server.mjs').Server} server
 * @property {() => import('./sessions.mjs').Cookies} newSession
 * @property {() => import('./sessions.mjs').Cookies[]} [newSessions] more than anybody remembers
 * @property {number} served requests so far
 */

/** @param {'page' | 'json'} place @param {Kind} kind @param {number} atATime @returns {Cell} */
const cell = (place, kind, atATime) => ({ place, kind, atATime });

/** @type {readonly Cell[]} */
export const cells = [
  ...[1, 16, 64].flatMap((atATime) => [
    cell('json', 'good', atATime),
    cell('page', 'good', atATime),
  ]),
  .../** @type {const} */ (['others', 'absent', 'forged', 'junk']).flatMap((kind) => [
    cell('json', kind, 16),
    cell('page', kind, 16),
  ]),
];

/** @param {string} name @param {Cell} cell */
export const keyOf = (name, { place, kind, atATime }) => `${name} ${place} ${kind} ${atATime}`;

/** Whether somebody can be asked this. @param {Contestant} contestant @param {Cell} cell */
const takes = ({ candidate, newSessions }, { kind }) =>
  kind === 'good' ||
  (kind === 'others'
    ? newSessions !== undefined
    : candidate.kind === 'peer' || candidate.kind === 'ours');

/** One turn of one server. @param {Contestant} contestant @param {import('./sessions.mjs').Cookies} session
 * @param {Cell} cell @param {{ seconds?: number, count?: number }} howLong @returns {Promise<Slice>} */
export async function measureSlice(contestant, session, { place, kind, atATime }, howLong) {
  const { server, candidate } = contestant;
  const path = candidate.paths[place];
  const good = headerOf(session);
  const spoilt = headerOf(junk(session));
  const others = kind === 'others' ? (contestant.newSessions?.() ?? []).map(headerOf) : [];
  /** @type {Record<Kind, (turn: number) => string>} */
  const cookieOf = {
    good: () => good,
    others: (turn) => others[turn % others.length] ?? '',
    absent: () => '',
    forged: (turn) => headerOf(forge(session, turn)),
    junk: () => spoilt,
  };
  const before = await server.usage();
  const began = performance.now();
  const { requests, ms, setCookieBytes } = await drive({
    ...{ origin: server.origin, atATime, ...howLong },
    ask: (turn) => ({ path, cookie: cookieOf[kind](turn) }),
    faultOf: kind === 'good' || kind === 'others' ? faultOfAllowed : faultOfRefused,
  });
  const perSecond = (requests / (performance.now() - began)) * 1000;
  const after = await server.usage();
  contestant.served += requests;
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / requests,
    ...{ p50: quantile(ms, 0.5), p99: quantile(ms, 0.99), perSecond },
    setCookieBytes: setCookieBytes / requests,
    keysDerived: (after.keysDerived - before.keysDerived) / requests,
  };
}

/** @param {Contestant[]} contestants
 * @param {{ rounds: number, seconds: number, cells: readonly Cell[], say?: (line: string) => void }} options
 * @returns {Promise<Map<string, Slice[]>>} by keyOf(), a slice of every round
 * @throws Error where an answer was wrong */
export async function measureInTurns(contestants, { rounds, seconds, cells, say }) {
  /** @type {Map<string, Slice[]>} */
  const slices = new Map();
  for (let round = 0; round <= rounds; round += 1) {
    const isWarmUp = round === 0;
    say?.(isWarmUp ? 'warming up' : `round ${round} of ${rounds}`);
    for (const cell of cells) {
      const from = round % contestants.length;
      const order = [...contestants.slice(from), ...contestants.slice(0, from)];
      for (const contestant of order) {
        if (!takes(contestant, cell)) continue;
        const session = contestant.newSession();
        const howLong = isWarmUp
          ? { count: cell.kind === 'good' ? 1_000 : 100 } // until the engine has compiled it
          : { seconds, count: 20 };
        const slice = await measureSlice(contestant, session, cell, howLong);
        if (isWarmUp) continue;
        const key = keyOf(contestant.candidate.name, cell);
        slices.set(key, [...(slices.get(key) ?? []), slice]);
      }
    }
  }
  return slices;
}
