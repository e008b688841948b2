import type { Ends } from '@/lib/session-end';

/** A person, as `GET /api/session` names them: only the pair of both ids identifies anyone. */
export type Person = { tenantId: string; objectId: string };

/** What the tabs of this app tell each other: that somebody signs out, or who is signed in and until
 * when. No secret, and no proof either: whoever hears it asks the server. */
export type SessionMessage = 'signed-out' | { person: Person; ends: Ends };

/** The channel between the tabs of this app: browsers keep it to one origin. */
export function openSessionChannel(): BroadcastChannel {
  return new BroadcastChannel('azure-auth');
}
