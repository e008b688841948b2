import type { RevocationTarget } from './revocation';
import type { RevocationStore } from './revocation-store';
import type { SessionLimits } from './session-token';

/** Of whom all sessions can be ended at once. */
export type RevocablePeople = Extract<RevocationTarget, { kind: 'person' | 'tenant' | 'all' }>;

type Limits = Pick<SessionLimits, 'sessionLifetimeSeconds'>;

/** When the last session is over that began by `nowMs`: a revocation is of no use for longer. */
export function latestEndSeconds(nowMs: number, { sessionLifetimeSeconds }: Limits): number {
  return Math.ceil(nowMs / 1000) + sessionLifetimeSeconds;
}

/** Ends every session of a person, of an organisation or of all, that began until now. It keeps
 * nobody from signing in again: Microsoft decides that, and the list of organisations.
 * @param atMs the moment that counts, where it was decided earlier
 * @returns whether every instance knows */
export function revokeSessions(
  store: RevocationStore,
  target: RevocablePeople,
  limits: Limits,
  atMs = store.nowMs(),
): Promise<boolean> {
  return store.revoke(target, latestEndSeconds(atMs, limits), atMs);
}
