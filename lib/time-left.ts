import { isStale, type Session, type SessionLimits } from './session-token';

/** How long a session still lasts. Durations and no moments: a browser's clock may be wrong. */
export type TimeLeft = {
  /** Until it ends when nothing is done; never beyond the absolute end. */
  idleEndsInSeconds: number;
  /** Until it ends whatever is done. */
  endsInSeconds: number;
};

/** The time that a session has left once this request is answered: the gate seals a cookie that is
 * due anew in that very response, so the idle time starts again. */
export function timeLeft(session: Session, nowSeconds: number, limits: SessionLimits): TimeLeft {
  const { signedInAtSeconds, renewedAtSeconds, expiresAtSeconds } = session;
  const endsAtSeconds = Math.min(
    expiresAtSeconds,
    signedInAtSeconds + limits.sessionLifetimeSeconds,
  );
  const endsInSeconds = Math.max(0, endsAtSeconds - nowSeconds);
  // An instance whose clock is ahead may have sealed it "later than now".
  const idleFromSeconds = isStale(renewedAtSeconds, nowSeconds, limits)
    ? nowSeconds
    : Math.min(renewedAtSeconds, nowSeconds);
  const idleEndsInSeconds = idleFromSeconds + limits.sessionIdleSeconds - nowSeconds;
  return { idleEndsInSeconds: Math.min(idleEndsInSeconds, endsInSeconds), endsInSeconds };
}
