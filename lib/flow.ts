import { z } from 'zod';
import { parseReturnTo } from './return-to';
import type { Sealer } from './sealer';

/** How long a person may take at Microsoft. */
export const flowLifetimeSeconds = 15 * 60;

/** How long its cookie stays: longer, so that whoever comes back late still finds the way. */
export const flowCookieSeconds = 2 * 60 * 60;
/** All flow cookies together, in characters: servers and proxies refuse headers over 8 KB. */
const maxFlowLength = 4 * 1024;

/** What a confirmation must show: what the policy of the return path asks for, or a recent sign-in
 * whatever that asks for. */
export type Confirms = 'policy' | 'recent';

/** One sign-in between leaving for Microsoft and coming back, kept in a cookie of its own. */
export type Flow = {
  /** The checks that Auth.js made for this authorization request; gone once it was used. */
  checks?: { state: string; nonce: string; codeVerifier: string } | undefined;
  returnTo: string;
  startedAtSeconds: number;
  /** Whether the person was asked to confirm that it is they: only a sign-in from then on will do. */
  confirms?: Confirms | undefined;
  /** Whether a session came of it. */
  completed?: boolean | undefined;
};

const wireSchema = z.object({
  c: z.tuple([z.string(), z.string(), z.string()]).optional(),
  r: z.string(),
  a: z.number(),
  d: z.literal(1).optional(),
  k: z.enum(['policy', 'recent']).optional(),
});

/** Names a flow's cookie after its `state`, so that an answer finds the flow it belongs to and no
 * other. A hash, because cookie names show up where values do not. */
export async function flowIdFromState(state: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state));
  return [...new Uint8Array(hash, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Seals a flow into the value of its cookie. */
export function sealFlow(sealer: Sealer, flow: Flow): Promise<string> {
  const { checks } = flow;
  return sealer.seal({
    c: checks && [checks.state, checks.nonce, checks.codeVerifier],
    r: flow.returnTo,
    a: flow.startedAtSeconds,
    d: flow.completed ? 1 : undefined,
    k: flow.confirms,
  } satisfies z.input<typeof wireSchema>);
}

/** Opens a flow's cookie; undefined for anything that we did not seal. Its age is the caller's. */
export async function openFlow(sealer: Sealer, token: string): Promise<Flow | undefined> {
  const opened = await sealer.open(token);
  const wire = opened.ok ? wireSchema.safeParse(opened.payload).data : undefined;
  if (!wire) return undefined;
  const [state, nonce, codeVerifier] = wire.c ?? [];
  return {
    checks: state && nonce && codeVerifier ? { state, nonce, codeVerifier } : undefined,
    returnTo: parseReturnTo(wire.r), // whoever holds the secret still leads nobody astray
    startedAtSeconds: wire.a,
    ...(wire.d && { completed: true }),
    ...(wire.k && { confirms: wire.k }),
  };
}

/** A flow's cookie as the browser sent it; without a flow when it is not ours. */
export type FlowCookie = { name: string; length: number; flow: Flow | undefined };

/** Opens all flow cookies of a request. */
export function openFlows(
  sealer: Sealer,
  cookies: readonly (readonly [name: string, token: string])[],
): Promise<FlowCookie[]> {
  return Promise.all(
    cookies.map(async ([name, token]) => ({
      name,
      length: name.length + token.length,
      flow: await openFlow(sealer, token),
    })),
  );
}

/** So many sign-ins in so many seconds, and still no session: the browser does not keep ours. */
const lost = { signIns: 2, withinSeconds: 60 };

/** Whether a browser without a session has just completed sign-ins, one after the other: the next
 * would end in the same place. */
export function isSessionLost(cookies: readonly FlowCookie[], nowSeconds: number): boolean {
  const recent = cookies.filter(
    ({ flow }) => flow?.completed && nowSeconds - flow.startedAtSeconds < lost.withinSeconds,
  );
  return recent.length >= lost.signIns;
}

/** The names of flow cookies to remove when another is set: those that are not ours and, beyond
 * the space that all may take, the oldest.
 * @param newLength how long the new cookie is, name and value */
export function flowsToDrop(cookies: readonly FlowCookie[], newLength: number): string[] {
  let total = newLength;
  const startedAt = ({ flow }: FlowCookie) => flow?.startedAtSeconds ?? 0;
  return [...cookies]
    .sort((a, b) => startedAt(b) - startedAt(a))
    .filter((cookie) => {
      total += cookie.length;
      return !cookie.flow || total > maxFlowLength;
    })
    .map(({ name }) => name);
}
