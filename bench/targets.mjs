/** What the project must reach, and whether it did: ratios of medians of one run. */
import { keyOf } from './cpu.mjs';
import { tenantCounts } from './tenants.mjs';

/** @typedef {import('./results.mjs').Figures} Figures
 * @typedef {{ what: string, bound: string, measured: string, value: number, isReached: boolean }} Target */

/** @param {string} what @param {number} measured @param {number} most @param {string} [unit]
 * @returns {Target} */
export const atMost = (what, measured, most, unit = '') => ({
  what,
  bound: `≤ ${most.toLocaleString('en')}${unit}`,
  measured: `${Number.isInteger(measured) ? measured.toLocaleString('en') : measured.toFixed(2)}${unit}`,
  value: measured,
  isReached: measured <= most,
});

/** @param {Figures} figures @param {readonly import('./candidates.mjs').Candidate[]} taking
 * @returns {Target[]} */
export function cpuTargets(figures, taking) {
  /** @param {string} name @param {'json' | 'page'} place */
  const added = (name, place) =>
    figures.get(keyOf(name, { place, kind: 'good', atATime: 16 }))?.addedMs ?? Number.NaN;
  /** @param {'json' | 'page'} place @param {import('./cpu.mjs').Kind} kind */
  const cost = (place, kind) =>
    figures.get(keyOf('ours', { place, kind, atATime: 16 }))?.cpuMs ?? Number.NaN;
  const peers = taking.filter(({ kind }) => kind === 'peer').map(({ name }) => name);
  /** @param {'json' | 'page'} place */
  const best = (place) => Math.min(...peers.map((name) => added(name, place)));
  /** @param {'json' | 'page'} place @param {number} other */
  const ratio = (place, other) => added('ours', place) / other;
  return [
    atMost(
      'JSON route: added CPU to next-auth',
      ratio('json', added('next-auth', 'json')),
      0.2,
      '×',
    ),
    atMost('JSON route: added CPU to the best peer', ratio('json', best('json')), 0.5, '×'),
    atMost(
      'JSON route: added CPU to an empty edge middleware',
      ratio('json', added('empty-edge', 'json')),
      2,
      '×',
    ),
    atMost(
      'protected page: added CPU to next-auth',
      ratio('page', added('next-auth', 'page')),
      0.4,
      '×',
    ),
    atMost('protected page: added CPU to the best peer', ratio('page', best('page')), 1, '×'),
    .../** @type {const} */ (['json', 'page']).flatMap((place) =>
      /** @type {const} */ (['forged', 'junk']).map((kind) =>
        atMost(
          `${place === 'json' ? 'JSON route' : 'protected page'}: CPU for a ${kind} cookie to a good one`,
          cost(place, kind) / cost(place, 'good'),
          1,
          '×',
        ),
      ),
    ),
  ];
}

/** @param {{ cookieBytes: number, setCookieBytes: number }} own
 * @param {{ signIn: number, page: number }} moreScript bytes than the twin @returns {Target[]} */
export const byteTargets = (own, moreScript) => [
  atMost(
    'session cookie with a name, a mail address and three roles',
    own.cookieBytes,
    600,
    ' bytes',
  ),
  atMost('Set-Cookie on ordinary requests', own.setCookieBytes, 0, ' bytes'),
  atMost('JavaScript of the sign-in page, more than without auth', moreScript.signIn, 0, ' bytes'),
  atMost(
    'JavaScript of the protected page, more than without auth',
    moreScript.page,
    3_072,
    ' bytes',
  ),
];

/** @param {import('./sign-in-time.mjs').SignInTime} own @returns {Target[]} */
export const signInCounts = ({ click, callback }) => [
  atMost('upstream requests from click to redirect', click.requests, 0),
  atMost('upstream requests from callback to page', callback.requests, 1),
];

/** @param {import('./sign-in-time.mjs').SignInTime} own @returns {Target} */
export const signInTime = ({ toPageMs, roundTripMs }) =>
  atMost('callback to page, to one upstream round trip', toPageMs / roundTripMs, 1.25, '×');

/** @param {number[]} cpuMs by count of tenants @returns {Target[]} the noise of the machine is allowed for */
export const tenantTargets = (cpuMs) =>
  tenantCounts
    .slice(1)
    .map((count, at) =>
      atMost(
        `JSON route: CPU with ${count.toLocaleString('en')} tenants to one`,
        (cpuMs[at + 1] ?? Number.NaN) / (cpuMs[0] ?? Number.NaN),
        1.1,
        '×',
      ),
    );
