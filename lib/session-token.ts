import { z } from 'zod';
import type { Identity } from './identity';
import type { Sealer, UnsealReason } from './sealer';

/** How long a session lasts, whatever happens: eight hours, a working day. */
export const sessionLifetimeSeconds = 8 * 60 * 60;

/** One person's session in one browser. Lives in the sealed cookie and nowhere else. */
export type Session = {
  identity: Identity;
  /** Names this session in the log; says nothing about the person. */
  sessionId: string;
  signedInAtSeconds: number;
  /** The absolute end: never moved. */
  expiresAtSeconds: number;
};

/** Short names on the wire: the cookie travels with every request. No token of Microsoft's here. */
const wireSchema = z.object({
  t: z.string(),
  o: z.string(),
  n: z.string(),
  e: z.string().optional(),
  h: z.string().optional(),
  s: z.string(),
  a: z.number(),
  x: z.number(),
});

export type OpenedSession =
  | { ok: true; session: Session }
  | { ok: false; reason: UnsealReason | 'expired' };

/** A new session for a person who just signed in. */
export function createSession(identity: Identity, nowSeconds: number): Session {
  return {
    identity,
    sessionId: crypto.randomUUID(),
    signedInAtSeconds: nowSeconds,
    expiresAtSeconds: nowSeconds + sessionLifetimeSeconds,
  };
}

/** Seals a session into the value of its cookie. */
export function sealSession(sealer: Sealer, session: Session): Promise<string> {
  const { identity } = session;
  return sealer.seal({
    t: identity.tenantId,
    o: identity.objectId,
    n: identity.name,
    e: identity.email,
    h: identity.signOutHint,
    s: session.sessionId,
    a: session.signedInAtSeconds,
    x: session.expiresAtSeconds,
  } satisfies z.input<typeof wireSchema>);
}

/** Opens a session cookie's value; never throws, whatever the cookie holds. */
export async function openSession(
  sealer: Sealer,
  token: string,
  nowSeconds: number,
): Promise<OpenedSession> {
  const opened = await sealer.open(token);
  if (!opened.ok) return opened;
  const wire = wireSchema.safeParse(opened.payload).data;
  if (!wire) return { ok: false, reason: 'malformed' };
  if (nowSeconds >= wire.x) return { ok: false, reason: 'expired' };
  return {
    ok: true,
    session: {
      identity: {
        tenantId: wire.t,
        objectId: wire.o,
        name: wire.n,
        email: wire.e,
        signOutHint: wire.h,
      },
      sessionId: wire.s,
      signedInAtSeconds: wire.a,
      expiresAtSeconds: wire.x,
    },
  };
}
