import type { Ends } from '@/lib/session-end';

/** What the tabs of this app tell each other: that somebody signs out, or who is signed in and until
 * when; `person` is a mark (lib/identity.ts). No secret, and no proof either: whoever hears it asks the server. */
export type SessionMessage = 'signed-out' | { person: string; ends: Ends };

/** The channel between the tabs of this app: browsers keep it to one origin. */
export function openSessionChannel(): BroadcastChannel {
  return new BroadcastChannel('azure-auth');
}
