/** What Microsoft last said of this app's own credential. */
export type CredentialVerdict = 'untried' | 'accepted' | 'rejected';

/** Remembers whether Microsoft accepts this app, for the readiness probe. */
export function createCredentialHealth() {
  let verdict: CredentialVerdict = 'untried';
  let everAccepted = false;
  return {
    record(next: 'accepted' | 'rejected') {
      verdict = next;
      everAccepted ||= next === 'accepted';
    },
    verdict: () => verdict,
    /** A new instance whose credential is wrong must not replace one that works. One that has
     * worked stays in service: taking it out would shut out everyone who is signed in. */
    isReady: () => verdict !== 'rejected' || everAccepted,
  };
}

export type CredentialHealth = ReturnType<typeof createCredentialHealth>;
