import { z } from 'zod';
import type { Session } from './session-token';

/** What a revocation ends. */
export type RevocationTarget =
  | { kind: 'session'; sessionId: string }
  /** Every session that began with this session of Microsoft's (its `sid`). */
  | { kind: 'sid'; sid: string }
  | { kind: 'person'; tenantId: string; objectId: string }
  | { kind: 'tenant'; tenantId: string }
  | { kind: 'all' };

/** One revocation: sessions of `key` that began at `beforeMs` or earlier are over. */
export type Revocation = {
  key: string;
  /** By the clock that all instances share. A session's own revocation needs no time. */
  beforeMs: number;
  /** When the last session that it can concern is over anyway. */
  expiresAtSeconds: number;
};

/** What a session is found by. */
type Revocable = Pick<Session, 'sessionId' | 'startedAtMs' | 'microsoftSessionId'> & {
  identity: Pick<Session['identity'], 'tenantId' | 'objectId'>;
};

/** The key under which a target's revocation is kept: ids alone, nothing that a person is called. */
export function revocationKey(target: RevocationTarget): string {
  switch (target.kind) {
    case 'session':
      return `session:${target.sessionId}`;
    case 'sid':
      return `sid:${target.sid}`;
    case 'person':
      return `person:${target.tenantId}.${target.objectId}`;
    case 'tenant':
      return `tenant:${target.tenantId}`;
    case 'all':
      return 'all';
  }
}

const revocationSchema = z.object({
  key: z.string().regex(/^(all|(session|sid|person|tenant):[\w.-]{1,160})$/),
  beforeMs: z.int().nonnegative(),
  expiresAtSeconds: z.int().nonnegative(),
});

/** Clocks of the machines that write revocations may be so far apart. */
const futureSkewMs = 5 * 60 * 1000;
/** No session lives longer, whatever the configuration (lib/config.ts). */
const longestLifetimeSeconds = 7 * 24 * 60 * 60;

/** Reads a revocation that somebody else wrote down.
 * @returns undefined for anything that is none, and for one from the future: it would sign people
 * out again and again */
export function parseRevocation(json: unknown, nowMs: number): Revocation | undefined {
  let value: unknown;
  try {
    value = JSON.parse(String(json));
  } catch {
    return undefined;
  }
  const revocation = revocationSchema.safeParse(value).data;
  if (!revocation) return undefined;
  const latestEnd = (nowMs + futureSkewMs) / 1000 + longestLifetimeSeconds;
  const isFromTheFuture =
    revocation.beforeMs > nowMs + futureSkewMs || revocation.expiresAtSeconds > latestEnd;
  return isFromTheFuture ? undefined : revocation;
}

/** All revocations that an instance knows. Asked at every request, so it answers from memory. */
export function createRevocationList() {
  const revocations = new Map<string, Revocation>();

  const ends = (key: string, startedAtMs: number) =>
    startedAtMs <= (revocations.get(key)?.beforeMs ?? Number.NEGATIVE_INFINITY);

  return {
    /** Adding is the same in any order and any number of times: the later time and the later end
     * win, so that instances agree however they heard of it.
     * @returns whether it said anything new */
    add({ key, beforeMs, expiresAtSeconds }: Revocation): boolean {
      const known = revocations.get(key);
      if (known && known.beforeMs >= beforeMs && known.expiresAtSeconds >= expiresAtSeconds) {
        return false;
      }
      revocations.set(key, {
        key,
        beforeMs: Math.max(beforeMs, known?.beforeMs ?? 0),
        expiresAtSeconds: Math.max(expiresAtSeconds, known?.expiresAtSeconds ?? 0),
      });
      return true;
    },

    /** Whether a session was ended before its time. */
    hasEnded({ sessionId, startedAtMs, microsoftSessionId, identity }: Revocable): boolean {
      if (revocations.size === 0) return false;
      const { tenantId, objectId } = identity;
      return (
        revocations.has(`session:${sessionId}`) ||
        (microsoftSessionId !== undefined && ends(`sid:${microsoftSessionId}`, startedAtMs)) ||
        ends(`person:${tenantId}.${objectId}`, startedAtMs) ||
        ends(`tenant:${tenantId}`, startedAtMs) ||
        ends('all', startedAtMs)
      );
    },

    /** Forgets what concerns no session any more. */
    sweep(nowSeconds: number): void {
      for (const [key, { expiresAtSeconds }] of revocations) {
        if (expiresAtSeconds <= nowSeconds) revocations.delete(key);
      }
    },

    get size() {
      return revocations.size;
    },
    values: () => revocations.values(),
  };
}

export type RevocationList = ReturnType<typeof createRevocationList>;
