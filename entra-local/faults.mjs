import { directoryNameOf } from './authority.mjs';
import { checkFault } from './fault-checks.mjs';

/**
 * @typedef {object} IdTokenFault
 * @property {'id_token'} on
 * @property {number} [times]
 * @property {'bad' | 'none' | 'hs256' | 'foreign' | 'unknownKid' | 'noKid'} [sign]
 * @property {import('./keys.mjs').RingName} [ring]
 * @property {Record<string, unknown>} [claims] null or undefined takes a claim away
 * @property {Record<string, unknown>} [header]
 * @property {string} [raw] instead of the token
 */

/**
 * A fault of the connection or of the answer at a server-to-server endpoint.
 * @typedef {object} AnswerFault
 * @property {'token' | 'discovery' | 'keys' | 'graph'} on
 * @property {number} [times]
 * @property {number} [status] without `json`: the endpoint itself does not run
 * @property {string} [raw] the body, instead of the endpoint's
 * @property {string} [type] the Content-Type
 * @property {Record<string, string>} [headers]
 * @property {number} [delayMs]
 * @property {Record<string, unknown>} [json] merged into the answer; null takes a member away
 * @property {boolean} [reset] the connection is cut without an answer
 * @property {number} [dripMs] one byte of the body each so many milliseconds
 * @property {number} [bytes] the body padded to this length
 */

/**
 * @typedef {object} AadstsFault
 * @property {'token' | 'authorize'} on
 * @property {number} [times]
 * @property {number} aadsts
 * @property {'redirect' | 'page'} [deliver] at authorize: instead of where Entra would show it
 */

/** @typedef {IdTokenFault | AnswerFault | AadstsFault} Fault */
/** @typedef {{ fault: Fault, timesLeft: number }} ArmedFault */

/** Thrown by `handle` for `reset: true`; the listener destroys the socket. */
export class ConnectionReset extends Error {
  constructor() {
    super('the connection is cut, as asked by a fault');
    this.name = 'ConnectionReset';
  }
}

/** What is to go wrong next. Faults are used in the order in which they were injected. */
export function createFaults() {
  /** @type {ArmedFault[]} */
  let armed = [];

  /** @param {(fault: Fault) => boolean} fits @returns {Fault | undefined} */
  function take(fits) {
    const found = armed.find(({ fault }) => fits(fault));
    if (!found) return undefined;
    found.timesLeft -= 1;
    armed = armed.filter(({ timesLeft }) => timesLeft > 0);
    return found.fault;
  }

  return {
    /** @param {Fault} fault */
    inject(fault) {
      checkFault(fault);
      // JSON has no Infinity, so the control endpoint takes the word.
      armed.push({ fault, timesLeft: Number(fault.times ?? 1) });
    },
    takeForIdToken: () =>
      /** @type {IdTokenFault | undefined} */ (take(({ on }) => on === 'id_token')),
    /** @param {string} place */
    takeAadsts: (place) =>
      /** @type {AadstsFault | undefined} */ (take((f) => f.on === place && 'aadsts' in f)),
    /** @param {string} place */
    takeForAnswer: (place) =>
      /** @type {AnswerFault | undefined} */ (
        take((f) => f.on === place && f.on !== 'authorize' && !('aadsts' in f))
      ),
    reset() {
      armed = [];
    },
  };
}

/** @typedef {ReturnType<typeof createFaults>} Faults */

/**
 * For the placeholders of any text that an injected number may have.
 * @param {import('./entra.mjs').Entra} entra @param {import('./authority.mjs').Authority} authority
 */
export const faultValuesOf = ({ registration }, authority) => ({
  clientId: registration.clientId,
  appName: registration.name,
  segment: authority.segment,
  tenant: directoryNameOf(authority),
});

/**
 * @param {AnswerFault | undefined} fault
 * @param {() => Promise<Response>} answer what the endpoint says when nothing is wrong
 */
export async function answerWithFault(fault, answer) {
  if (!fault) return answer();
  if (fault.delayMs) await sleep(fault.delayMs);
  if (fault.reset) throw new ConnectionReset();
  const isCanned = fault.raw !== undefined || (fault.status !== undefined && !fault.json);
  const genuine = isCanned ? new Response(fault.raw ?? '') : await answer();
  const headers = new Headers(genuine.headers);
  if (fault.type !== undefined) headers.set('content-type', fault.type);
  for (const [name, value] of Object.entries(fault.headers ?? {})) headers.set(name, value);
  let body = await genuine.text();
  if (fault.json) body = JSON.stringify(patched(JSON.parse(body), fault.json));
  if (fault.bytes) body = body.padEnd(fault.bytes, ' ');
  const status = fault.status ?? genuine.status;
  if (BODILESS.includes(status)) return new Response(null, { status, headers });
  return new Response(fault.dripMs ? dripping(body, fault.dripMs) : body, { status, headers });
}

/** A Response of these may not have a body: https://fetch.spec.whatwg.org/#null-body-status */
const BODILESS = [204, 205, 304];

/** @param {Record<string, unknown>} object @param {Record<string, unknown>} patch */
const patched = (object, patch) =>
  Object.fromEntries(Object.entries({ ...object, ...patch }).filter(([, v]) => v !== null));

/** The timer does not keep the process alive: closing must not wait for a slow answer. @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** @param {string} body @param {number} everyMs @returns {ReadableStream<Uint8Array>} */
function dripping(body, everyMs) {
  const bytes = new TextEncoder().encode(body);
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= bytes.length) return controller.close();
      await sleep(everyMs);
      controller.enqueue(bytes.subarray(at, ++at));
    },
  });
}
