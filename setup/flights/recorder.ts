import { recorderPlace, type Trace } from '../../lib/flight';
import { type Flight, findFlight, flightStore, mostEntries, openFlight } from './flights';
import { redact } from './redact';

/** Listens to one sign-in, and keeps of each step what may be shown.
 * @param flow names a sign-in that is under way; without it a new one begins */
export function recordSignIn(flow?: string, nowMs = Date.now): Trace {
  let flight: Flight | undefined;
  return (step) => {
    const atMs = nowMs();
    const firstUsed = (copy: object) => {
      const firstMs = flightStore.firstUsed.get(copy) ?? atMs;
      flightStore.firstUsed.set(copy, firstMs);
      return firstMs;
    };
    try {
      flight ??= findFlight(flow) ?? openFlight(flow, atMs);
      if (step.step === 'request') flight.flow = step.flow;
      const entry = redact(step, { marks: flight.marks, atMs, firstUsed });
      if (flight.entries.length < mostEntries) flight.entries.push(entry);
    } catch {
      // Nobody's sign-in fails because it cannot be shown.
    }
  };
}

/** Makes `next dev` record its sign-ins (instrumentation.ts). */
export function installRecorder(): void {
  Object.assign(globalThis, { [recorderPlace]: (flow?: string) => recordSignIn(flow) });
}
