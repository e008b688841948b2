/** What Microsoft last said of this app's own credential. */
export type CredentialVerdict = 'untried' | 'accepted' | 'rejected';

/** How long a refusal keeps an instance out of service: long enough to stop a deployment, and no
 * longer. An instance that gets no requests has no sign-in by which to learn that all is well again. */
const outOfServiceSeconds = 300;

/** Remembers whether Microsoft accepts this app, for the readiness probe.
 * @param now in seconds */
export function createCredentialHealth(now: () => number) {
  let verdict: CredentialVerdict = 'untried';
  let everAccepted = false;
  let rejectedAtSeconds = 0;
  return {
    record(next: 'accepted' | 'rejected') {
      verdict = next;
      everAccepted ||= next === 'accepted';
      if (next === 'rejected') rejectedAtSeconds = now();
    },
    verdict: () => verdict,
    /** A new instance whose credential is wrong must not replace one that works. One that has
     * worked stays in service: taking it out would shut out everyone who is signed in. */
    isReady: () =>
      verdict !== 'rejected' || everAccepted || now() - rejectedAtSeconds >= outOfServiceSeconds,
  };
}

export type CredentialHealth = ReturnType<typeof createCredentialHealth>;
