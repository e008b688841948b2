import {
  createRevocationList,
  type Revocation,
  type RevocationList,
  type RevocationTarget,
  revocationKey,
} from './revocation';
import type { Session } from './session-token';

/** What instances share revocations by. Implemented by lib/redis-link.ts. */
export type RevocationLink = {
  /** The clock that all instances share, in milliseconds since 1970. */
  nowMs(): number;
  /** Whether this instance hears of what others revoke, and they of what it does. */
  isUp(): boolean;
  /** Hands revocations on. @returns whether the store has them; if not, it gets them later */
  send(revocations: readonly Revocation[]): Promise<boolean>;
  /** Remembers that a session began with this `sid` of Microsoft's. */
  rememberSid(sid: string, expiresAtSeconds: number): Promise<void>;
  /** Whether some session began with it; undefined while nobody can tell. */
  knowsSid(sid: string): Promise<boolean | undefined>;
  close(): Promise<void>;
};

/** The sessions that were ended before their time. */
export type RevocationStore = {
  kind: 'memory' | 'redis';
  /** When a session begins, by the clock that all instances share. */
  nowMs(): number;
  /** Whether every revocation made anywhere has arrived here; always so for one instance. */
  isCurrent(): boolean;
  hasEnded(session: Session): boolean;
  /** Ends sessions, here at once.
   * @param beforeMs those that began then or earlier; now, unless an earlier moment is told
   * @returns whether all instances know; if not, they will when the store is back */
  revoke(target: RevocationTarget, expiresAtSeconds: number, beforeMs?: number): Promise<boolean>;
  rememberSid(sid: string, expiresAtSeconds: number): Promise<void>;
  /** Ends the sessions that began with a `sid`, if there can be any: whoever makes ids up costs no
   * memory. @returns whether a session is known that began with it */
  revokeSid(sid: string, expiresAtSeconds: number): Promise<boolean>;
  close(): Promise<void>;
};

const sweepEveryMs = 60_000;
/** More people than one instance signs in within a session's lifetime. */
const mostSids = 200_000;
/** Ids of Microsoft's sessions that nobody can vouch for; the oldest give way to the newest. */
const mostDoubtful = 10_000;

function keep<T>(map: Map<string, T>, most: number, key: string, value: T): void {
  if (map.size >= most) {
    const [oldest = ''] = map.keys();
    map.delete(oldest);
  }
  map.set(key, value);
}

/** Creates the store of this process. Without a link it holds for one instance, and for as long as
 * that runs. @param connect makes the link: what arrives goes into the list */
export function createRevocationStore(
  connect?: (list: RevocationList, sids: ReadonlyMap<string, number>) => RevocationLink,
): RevocationStore {
  const list = createRevocationList();
  /** The ids of Microsoft's sessions that began at this instance, with their ends. */
  const sids = new Map<string, number>();
  const link = connect?.(list, sids);
  const nowMs = () => link?.nowMs() ?? Date.now();
  /** Ids that may be made up: they bite here, and are handed on once the store has confirmed them. */
  const doubtful = new Map<string, { beforeMs: number; expiresAtSeconds: number }>();

  async function add(revocation: Revocation): Promise<boolean> {
    list.add(revocation);
    return link ? link.send([revocation]) : true;
  }

  /** Asks again for the ids that came while the store was away. */
  async function settleDoubts(): Promise<void> {
    for (const [sid, times] of doubtful) {
      const isKnown = await link?.knowsSid(sid);
      if (isKnown === undefined) return;
      doubtful.delete(sid);
      if (isKnown) await add({ key: revocationKey({ kind: 'sid', sid }), ...times });
    }
  }

  const sweeping = setInterval(() => {
    const nowSeconds = nowMs() / 1000;
    list.sweep(nowSeconds);
    for (const [sid, endsAt] of sids) if (endsAt <= nowSeconds) sids.delete(sid);
    for (const [sid, times] of doubtful) {
      if (times.expiresAtSeconds <= nowSeconds) doubtful.delete(sid);
    }
  }, sweepEveryMs);
  const settling = link && setInterval(() => doubtful.size > 0 && void settleDoubts(), 1_000);
  for (const timer of [sweeping, settling]) timer?.unref?.();

  return {
    kind: link ? 'redis' : 'memory',
    nowMs,
    isCurrent: () => link?.isUp() ?? true,
    hasEnded(session) {
      const doubt = doubtful.get(session.microsoftSessionId ?? '');
      return list.hasEnded(session) || session.startedAtMs <= (doubt?.beforeMs ?? 0);
    },
    revoke: (target, expiresAtSeconds, beforeMs = nowMs()) =>
      add({ key: revocationKey(target), beforeMs, expiresAtSeconds }),
    async rememberSid(sid, expiresAtSeconds) {
      keep(sids, mostSids, sid, expiresAtSeconds);
      await link?.rememberSid(sid, expiresAtSeconds);
    },
    async revokeSid(sid, expiresAtSeconds) {
      const times = { beforeMs: nowMs(), expiresAtSeconds };
      const isKnown = sids.has(sid) || (await link?.knowsSid(sid));
      if (isKnown) await add({ key: revocationKey({ kind: 'sid', sid }), ...times });
      else if (isKnown === undefined) keep(doubtful, mostDoubtful, sid, times);
      return isKnown === true;
    },
    async close() {
      clearInterval(sweeping);
      clearInterval(settling);
      await link?.close();
    },
  };
}
