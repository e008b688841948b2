import { AADSTS } from './aadsts.mjs';

/**
 * A fault that cannot fire makes a test green that proves nothing, so `inject` refuses it.
 * @typedef {Record<string, unknown>} Given
 */

const OF_ID_TOKEN = ['sign', 'ring', 'claims', 'header', 'raw'];
const OF_ANSWER = 'status raw type headers delayMs json reset dripMs bytes'.split(' ');

/** What a fault may say, by the place; at `token` it is either an answer or a number. */
const MEMBERS = {
  id_token: OF_ID_TOKEN,
  discovery: OF_ANSWER,
  keys: OF_ANSWER,
  graph: OF_ANSWER,
  token: [...OF_ANSWER, 'aadsts'],
  authorize: ['aadsts', 'deliver'],
};

/**
 * These leave nothing for the others to act on.
 * @type {{ on: string[], name: string, beside: string[] }[]}
 */
const ALONE = [
  { on: ['id_token'], name: 'raw', beside: [] },
  { on: ['token'], name: 'aadsts', beside: [] },
  { on: ['token', 'discovery', 'keys', 'graph'], name: 'reset', beside: ['delayMs'] },
];

/** The longest that a timer of Node's waits; a longer one fires at once. */
const MOST_MS = 2_147_483_647;

/** @param {...string} values */
const oneOf = (...values) => ({
  wanted: `one of ${values.join(', ')}`,
  fits: (/** @type {unknown} */ value) => values.includes(String(value)),
});
/** @param {number} from @param {number} to */
const numberFrom = (from, to) => ({
  wanted: `a number from ${from} to ${to}`,
  fits: (/** @type {unknown} */ value) => Number(value) >= from && Number(value) <= to,
});
const anObject = {
  wanted: 'an object',
  fits: (/** @type {unknown} */ value) => typeof value === 'object' && value !== null,
};
const aString = {
  wanted: 'a string',
  fits: (/** @type {unknown} */ value) => typeof value === 'string',
};

/** @type {Record<string, { wanted: string, fits: (value: unknown) => boolean }>} */
const VALUES = {
  times: { wanted: 'a positive number', fits: (value) => Number(value) > 0 },
  sign: oneOf('bad', 'none', 'hs256', 'foreign', 'unknownKid', 'noKid'),
  ring: oneOf('organizations', 'personal'),
  deliver: oneOf('redirect', 'page'),
  reset: oneOf('true'),
  aadsts: { wanted: 'a number of the table', fits: (value) => AADSTS[Number(value)] !== undefined },
  status: numberFrom(200, 599),
  delayMs: numberFrom(1, MOST_MS),
  dripMs: numberFrom(1, MOST_MS),
  bytes: numberFrom(1, Number.MAX_SAFE_INTEGER),
  raw: aString,
  type: aString,
  claims: anObject,
  header: anObject,
  headers: anObject,
  json: anObject,
};

/** Each throws a TypeError. @type {((on: string, given: Given) => void)[]} */
const FAULT_CHECKS = [placeIsKnown, membersAreKnown, membersFire, valuesFit];

/** @param {import('./faults.mjs').Fault} fault */
export function checkFault({ on, ...given }) {
  for (const check of FAULT_CHECKS) check(on, given);
}

/** @param {string} on */
function placeIsKnown(on) {
  if (Object.hasOwn(MEMBERS, on)) return;
  throw new TypeError(`inject: on must be one of ${Object.keys(MEMBERS).join(', ')}, not ${on}`);
}

/** @param {string} on @param {Given} given */
function membersAreKnown(on, { times: _, ...given }) {
  const known = MEMBERS[/** @type {keyof typeof MEMBERS} */ (on)];
  const names = Object.keys(given);
  const stranger = names.find((name) => !known.includes(name));
  const takes = `on: '${on}' takes ${known.join(', ')}`;
  if (stranger !== undefined) throw new TypeError(`inject: ${takes}, not ${stranger}`);
  if (names.length === 0) throw new TypeError(`inject: nothing is to go wrong; ${takes}`);
}

/** @param {string} on @param {Given} given */
function membersFire(on, { times: _, ...given }) {
  if (on === 'authorize' && !('aadsts' in given)) {
    throw new TypeError("inject: on: 'authorize' needs aadsts");
  }
  for (const { on: places, name, beside } of ALONE) {
    if (!places.includes(on) || !(name in given)) continue;
    const idle = Object.keys(given).find((other) => other !== name && !beside.includes(other));
    if (idle !== undefined) throw new TypeError(`inject: beside ${name}, ${idle} does nothing`);
  }
  if ('raw' in given && 'json' in given) {
    throw new TypeError('inject: json changes the answer of the endpoint, raw replaces it');
  }
}

/** @param {string} _on @param {Given} given */
function valuesFit(_on, given) {
  for (const [name, value] of Object.entries(given)) {
    const rule = VALUES[name];
    if (!rule || rule.fits(value)) continue;
    throw new TypeError(`inject: ${name} must be ${rule.wanted}, not ${String(value)}`);
  }
}
