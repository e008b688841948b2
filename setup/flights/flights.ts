import type { IdTokenCheck } from '../../lib/id-token';

/** One thing worth knowing about a step; never a secret, nor a claim's value of a person. */
export type Fact = {
  name: string;
  /** As it was: only for what the redaction knows to be harmless. */
  value?: string;
  /** In words. */
  says?: string;
};

/** A step of a sign-in as it is kept. */
export type Entry = { atMs: number; facts: Fact[] } & (
  | { step: 'request' | 'answer' | 'metadata' | 'token_request' | 'token_answer' }
  | { step: 'keys' | 'session' }
  | { step: 'passed'; check: IdTokenCheck }
  | { step: 'policy'; refusal?: string }
  | { step: 'refused'; code: string; stage?: string; reason?: string }
);

/** One sign-in, from the click to its end. */
export type Flight = {
  /** Counted from the start of the server. */
  number: number;
  /** What the answer finds the request by; undefined until a request was made. */
  flow: string | undefined;
  startedAtMs: number;
  entries: Entry[];
  /** Digests of values that come again in a later step, so that sameness can be told. */
  marks: Map<string, string>;
};

/** So many sign-ins are kept. */
export const mostFlights = 20;
/** So many steps of each: an answer can be sent again and again. */
export const mostEntries = 100;

type Store = { flights: Flight[]; opened: number; firstUsed: WeakMap<object, number> };

const place = Symbol.for('azure-auth-manager.flights');
const world = globalThis as { [place]?: Store };

/** Kept beside the modules, which `next dev` loads anew; the newest sign-in is the last.
 * `firstUsed`: since when (in ms) a copy of Microsoft's metadata or of a key is known. */
world[place] ??= { flights: [], opened: 0, firstUsed: new WeakMap() };
export const flightStore: Store = world[place];

/** A sign-in that begins here, in the place of the oldest one. */
export function openFlight(flow: string | undefined, startedAtMs: number): Flight {
  flightStore.opened += 1;
  const number = flightStore.opened;
  const flight: Flight = { number, flow, startedAtMs, entries: [], marks: new Map() };
  flightStore.flights.push(flight);
  flightStore.flights.splice(0, flightStore.flights.length - mostFlights);
  return flight;
}

/** The sign-in that an answer belongs to. */
export function findFlight(flow: string | undefined): Flight | undefined {
  return flow ? flightStore.flights.findLast((flight) => flight.flow === flow) : undefined;
}
