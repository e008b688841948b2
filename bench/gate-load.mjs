/** Drives the gate of a running app and looks at every answer: who is let in, who is not, and what
 * is done to cookies. */
import { Agent, request } from 'node:http';

/**
 * @typedef {object} Load
 * @property {string} origin of the app
 * @property {string} cookie the name of the session's cookie
 * @property {string} valid the value of a session
 * @property {string} [foreign] one that was sealed with another secret
 * @property {string} [expired] one that is over
 * @property {number} seconds how long
 * @property {number} perSecond how many requests, where the machine can
 * @property {number} atATime how many of them together
 *
 * @typedef {{ p50: number, p99: number }} Latency in milliseconds
 * @typedef {object} Report
 * @property {number} requests
 * @property {Record<string, number>} counts by the kind of cookie
 * @property {string[]} wrong each wrong answer, the first hundred
 * @property {number} renewals how often a session's cookie was set anew
 * @property {Latency} gate of requests that the gate decides
 * @property {Latency} health of requests that it never sees, in the same seconds
 */

/** @typedef {{ kind: string, path: string, value?: string | undefined }} Ask */
/** @typedef {{ status: number, location: string, setCookies: string[], milliseconds: number }} Answer */

/** Every kind in turn; `/healthz` in between says what the machine itself takes at that moment.
 * @param {Load} load @param {string} valid @param {number} turn @returns {Ask} */
function askInTurn({ foreign, expired }, valid, turn) {
  const half = Math.floor(valid.length / 2);
  const other = valid[half] === 'A' ? 'B' : 'A';
  /** @type {Ask[]} */
  const asks = [
    { kind: 'health', path: '/healthz' },
    { kind: 'valid', path: '/api/me', value: valid },
    { kind: 'absent', path: '/account' },
    {
      kind: 'tampered',
      path: '/account',
      value: valid.slice(0, half) + other + valid.slice(half + 1),
    },
    { kind: 'valid', path: '/api/me', value: valid },
    { kind: 'cut', path: '/account', value: valid.slice(0, half) },
    { kind: 'absent', path: '/api/me' },
    { kind: 'junk', path: '/api/me', value: 'j'.repeat(2_000) },
    { kind: 'health', path: '/healthz' },
    ...(foreign ? [{ kind: 'foreign', path: '/account', value: foreign }] : []),
    ...(expired ? [{ kind: 'expired', path: '/account', value: expired }] : []),
  ];
  return /** @type {Ask} */ (asks[turn % asks.length]);
}

/** @param {Agent} agent @param {Load} load @param {Ask} ask @returns {Promise<Answer>} */
const send = (agent, { origin, cookie }, { path, value }) =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const headers = {
      accept: path.startsWith('/api/') ? 'application/json' : 'text/html',
      ...(value !== undefined && { cookie: `${cookie}=${value}` }),
    };
    request(origin + path, { agent, headers }, (answer) => {
      answer.resume().on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? '',
          setCookies: answer.headers['set-cookie'] ?? [],
          milliseconds: performance.now() - started,
        }),
      );
    })
      .on('error', reject)
      .end();
  });

/** What is wrong with an answer, or nothing.
 * @param {Ask} ask @param {Answer} answer @param {string} cookie @returns {string | undefined} */
function faultOf({ kind, path }, { status, location, setCookies }, cookie) {
  const isLetIn = kind === 'valid' || kind === 'health';
  const expected = isLetIn ? 200 : path.startsWith('/api/') ? 401 : 303;
  if (status !== expected) return `${kind} ${path}: status ${status}, not ${expected}`;
  if (status === 303 && !/^(https?:\/\/[^/]+)?\/auth\/sign-in\?/.test(location)) {
    return `${kind} ${path}: sent to ${location}`;
  }
  const isCleared = setCookies.length === 1 && setCookies[0]?.startsWith(`${cookie}=; `);
  const isKept = setCookies.length === 0;
  if (kind === 'valid') return undefined; // a renewal is counted
  const isRight = kind === 'absent' || kind === 'health' ? isKept : isCleared;
  return isRight ? undefined : `${kind} ${path}: ${setCookies.length} Set-Cookie`;
}

/** @param {number[]} all @returns {Latency} */
function latencyOf(all) {
  const sorted = Float64Array.from(all).sort();
  const at = (/** @type {number} */ share) =>
    Math.round(
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100,
    ) / 100;
  return { p50: at(0.5), p99: at(0.99) };
}

/** @param {Load} load @returns {Promise<Report>} */
export async function loadGate(load) {
  const agent = new Agent({ keepAlive: true, maxSockets: load.atATime });
  /** @type {Report} */
  const report = {
    ...{ requests: 0, counts: {}, wrong: [], renewals: 0 },
    ...{ gate: { p50: 0, p99: 0 }, health: { p50: 0, p99: 0 } },
  };
  /** @type {number[]} */
  const gate = [];
  /** @type {number[]} */
  const health = [];
  let { valid } = load;
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const wrong = (/** @type {string} */ what) => {
    if (report.wrong.length < 100) report.wrong.push(what);
  };

  const work = async () => {
    while (elapsed() < load.seconds) {
      const turn = report.requests++;
      const early = turn / load.perSecond - elapsed();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early * 1000));
      const ask = askInTurn(load, valid, turn);
      const answer = await send(agent, load, ask);
      report.counts[ask.kind] = (report.counts[ask.kind] ?? 0) + 1;
      (ask.kind === 'health' ? health : gate).push(answer.milliseconds);
      const fault = faultOf(ask, answer, load.cookie);
      if (fault) wrong(fault);
      else if (ask.kind === 'valid') {
        // As a browser does: the session goes on in the cookie that was set last.
        const [line] = answer.setCookies;
        const renewed = line && new RegExp(`^${load.cookie}=([^;]+);`).exec(line)?.[1];
        if (line && !renewed) wrong(`valid ${ask.path}: the session was cleared`);
        if (renewed) {
          report.renewals += 1;
          valid = renewed;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: load.atATime }, work));
  agent.destroy();

  // A session is renewed every five minutes; requests that were under way then may add theirs.
  const most = Math.floor(load.seconds / 300) * load.atATime;
  if (report.renewals > most) wrong(`${report.renewals} renewals, where ${most} are enough`);
  return { ...report, gate: latencyOf(gate), health: latencyOf(health) };
}
