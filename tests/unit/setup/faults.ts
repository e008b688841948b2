import { expect, test } from '@playwright/test';
import type { Fetch } from '../../../lib/upstream';
import type { Connection } from '../../../setup/connection';
import type { Entra } from '../entra-local/visitor';
import { inBetween, outcomeOf, type Place, standIn, troublesOf } from './connecting';

export const json = (body: object, status = 200): Fetch => {
  return async () => Response.json(body, { status });
};
export const aadsts = (number: number, status = 400) =>
  json({ error: 'x', error_codes: [number] }, status);
export const page = (text: string, status = 200): Fetch => {
  return async () => new Response(text, { status, headers: { 'content-type': 'text/html' } });
};
export const sentTo = (location: string): Fetch => {
  return async () => new Response(null, { status: 302, headers: { location } });
};
export const failing = (code: string): Fetch => {
  return async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('secret'), { code }) });
  };
};

/** One fault, and what is said of it. */
export type Fault = {
  arrange?: (entra: Entra) => unknown;
  entered?: Partial<Connection>;
  /** Something in between that answers, and where. */
  at?: [place: Place, answer: Fetch];
  /** Every finding that is not good, in their order. */
  says: string[];
};
/** One test for each row of a table of faults. */
export function testFaults(faults: Readonly<Record<string, Fault>>) {
  for (const [what, { arrange, entered, at, says }] of Object.entries(faults)) {
    test(`${what}: ${says.join(', ')}`, async () => {
      const entra = standIn();
      arrange?.(entra);
      const outcome = await outcomeOf(entra, entered, at && inBetween(entra, ...at));
      expect(troublesOf(outcome)).toEqual(says);
    });
  }
}
