import { z } from 'zod';
import type { Identity } from './identity';
import { isRole } from './roles';
import type { Sealer, UnsealReason } from './sealer';

/** The limits of a session, by configuration: asked at every request, so that a shorter one bites
 * at once. */
export type SessionLimits = {
  /** The end when nothing is done with it. */
  sessionIdleSeconds: number;
  /** The end whatever is done with it, counted from the sign-in. */
  sessionLifetimeSeconds: number;
};

/** A cookie in use is sealed anew after this long and not at every request. */
const renewAfterSeconds = 5 * 60;

/** One person's session in one browser. Lives in the sealed cookie and nowhere else. */
export type Session = {
  identity: Identity;
  /** Names this session in the log; says nothing about the person. */
  sessionId: string;
  /** Microsoft's own session (`sid`), where the registration asks for that claim: its front-channel
   * sign-out names it. */
  microsoftSessionId: string | undefined;
  signedInAtSeconds: number;
  /** When Microsoft saw the person sign in (`auth_time`), where the registration asks for that claim.
   * @see https://learn.microsoft.com/entra/identity-platform/optional-claims-reference */
  authTimeSeconds: number | undefined;
  /** The authentication contexts that the sign-in fulfilled (`acrs`). */
  contexts: readonly string[];
  /** The same moment by the clock that all instances share: revocations compare with it. */
  startedAtMs: number;
  /** When its cookie was sealed: the idle time counts from here. */
  renewedAtSeconds: number;
  /** The absolute end: never moved. */
  expiresAtSeconds: number;
};

/** Whether a cookie that was sealed then is due to be sealed anew. */
export function isStale(
  renewedAtSeconds: number,
  nowSeconds: number,
  { sessionIdleSeconds }: Pick<SessionLimits, 'sessionIdleSeconds'>,
): boolean {
  return nowSeconds - renewedAtSeconds >= Math.min(renewAfterSeconds, sessionIdleSeconds / 4);
}

/** Short names on the wire: the cookie travels with every request. No token of Microsoft's here. */
const wireSchema = z.object({
  t: z.string(),
  o: z.string(),
  n: z.string(),
  e: z.string().optional(),
  h: z.string().optional(),
  g: z.literal(1).optional(),
  s: z.string(),
  i: z.string().optional(),
  k: z.array(z.string()).optional(),
  u: z.array(z.string()).optional(),
  m: z.literal(1).optional(),
  l: z.number().optional(),
  c: z.array(z.string()).optional(),
  a: z.number(),
  b: z.number(),
  r: z.number(),
  x: z.number(),
});

export type OpenedSession =
  | { ok: true; session: Session; isDue: boolean }
  | { ok: false; reason: UnsealReason | 'expired' | 'idle' };

/** A new session for a person who just signed in. */
export function createSession(
  identity: Identity,
  nowSeconds: number,
  { sessionLifetimeSeconds }: Pick<SessionLimits, 'sessionLifetimeSeconds'>,
  begun: {
    startedAtMs?: number;
    microsoftSessionId?: string | undefined;
    authTimeSeconds?: number | undefined;
    contexts?: readonly string[] | undefined;
  } = {},
): Session {
  return {
    identity,
    sessionId: crypto.randomUUID(),
    microsoftSessionId: begun.microsoftSessionId,
    authTimeSeconds: begun.authTimeSeconds,
    contexts: begun.contexts ?? [],
    signedInAtSeconds: nowSeconds,
    startedAtMs: begun.startedAtMs ?? nowSeconds * 1000,
    renewedAtSeconds: nowSeconds,
    expiresAtSeconds: nowSeconds + sessionLifetimeSeconds,
  };
}

/** The same session, used just now. Its absolute end stays where it was. */
export function renewSession(session: Session, nowSeconds: number): Session {
  return { ...session, renewedAtSeconds: nowSeconds };
}

/** An empty list takes no room in the cookie. */
const some = (list: readonly string[]) => (list.length > 0 ? [...list] : undefined);

/** Seals a session into the value of its cookie. */
export function sealSession(sealer: Sealer, session: Session): Promise<string> {
  const { identity } = session;
  return sealer.seal({
    t: identity.tenantId,
    o: identity.objectId,
    n: identity.name,
    e: identity.email,
    h: identity.signOutHint,
    g: identity.isGuest ? 1 : undefined,
    s: session.sessionId,
    i: session.microsoftSessionId,
    k: some(identity.appRoles),
    u: some(identity.groupIds),
    m: identity.hasMoreGroups ? 1 : undefined,
    l: session.authTimeSeconds,
    c: some(session.contexts),
    a: session.signedInAtSeconds,
    b: session.startedAtMs,
    r: session.renewedAtSeconds,
    x: session.expiresAtSeconds,
  } satisfies z.input<typeof wireSchema>);
}

/** Opens a session cookie's value; never throws, whatever the cookie holds.
 * @returns the session, and whether its cookie is due to be sealed anew */
export async function openSession(
  sealer: Sealer,
  token: string,
  nowSeconds: number,
  { sessionIdleSeconds, sessionLifetimeSeconds }: SessionLimits,
): Promise<OpenedSession> {
  const opened = await sealer.open(token);
  if (!opened.ok) return opened;
  const wire = wireSchema.safeParse(opened.payload).data;
  if (!wire) return { ok: false, reason: 'malformed' };
  if (nowSeconds >= Math.min(wire.x, wire.a + sessionLifetimeSeconds)) {
    return { ok: false, reason: 'expired' };
  }
  if (nowSeconds >= wire.r + sessionIdleSeconds) return { ok: false, reason: 'idle' };
  return {
    ok: true,
    isDue: !opened.isNewest || isStale(wire.r, nowSeconds, { sessionIdleSeconds }),
    session: {
      identity: {
        tenantId: wire.t,
        objectId: wire.o,
        name: wire.n,
        email: wire.e,
        signOutHint: wire.h,
        isGuest: wire.g === 1,
        appRoles: (wire.k ?? []).filter(isRole),
        groupIds: wire.u ?? [],
        hasMoreGroups: wire.m === 1,
      },
      sessionId: wire.s,
      microsoftSessionId: wire.i,
      authTimeSeconds: wire.l,
      contexts: wire.c ?? [],
      signedInAtSeconds: wire.a,
      startedAtMs: wire.b,
      renewedAtSeconds: wire.r,
      expiresAtSeconds: wire.x,
    },
  };
}
