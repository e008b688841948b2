import { z } from 'zod';
import { parseReturnTo } from './return-to';
import type { Sealer } from './sealer';

/** How long a person may take at Microsoft. */
export const flowLifetimeSeconds = 15 * 60;

/** How long its cookie stays: longer, so that whoever comes back late still finds the way. */
export const flowCookieSeconds = 2 * 60 * 60;
/** All flow cookies together, in characters: servers and proxies refuse headers over 8 KB. */
const maxFlowLength = 4 * 1024;

/** One sign-in between leaving for Microsoft and coming back, kept in a cookie of its own. */
export type Flow = {
  /** The checks that Auth.js made for this authorization request; gone once it was used. */
  checks?: { state: string; nonce: string; codeVerifier: string } | undefined;
  returnTo: string;
  startedAtSeconds: number;
};

const wireSchema = z.object({
  c: z.tuple([z.string(), z.string(), z.string()]).optional(),
  r: z.string(),
  a: z.number(),
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
  };
}

/** The names of flow cookies to remove when another is set: those that are not ours and, beyond
 * the space that all may take, the oldest.
 * @param newLength how long the new cookie is, name and value */
export async function flowsToDrop(
  sealer: Sealer,
  cookies: readonly (readonly [name: string, token: string])[],
  newLength: number,
): Promise<string[]> {
  const flows = await Promise.all(
    cookies.map(async ([name, token]) => {
      const startedAt = (await openFlow(sealer, token))?.startedAtSeconds ?? 0;
      return { name, startedAt, length: name.length + token.length };
    }),
  );
  let total = newLength;
  return flows
    .sort((a, b) => b.startedAt - a.startedAt)
    .filter(({ startedAt, length }) => {
      total += length;
      return startedAt === 0 || total > maxFlowLength;
    })
    .map(({ name }) => name);
}
