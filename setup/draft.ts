import { createHash } from 'node:crypto';
import type { Attempt } from './connect';
import type { Typed } from './fields';

/** What has been entered on the set-up page so far. It stays on the server: a secret that was typed
 * is never sent back, and a mistake in one field costs nothing in the others. */
type Draft = {
  typed: Typed;
  /** The origin in production, for the addresses to register. */
  host: string;
  /** What is wrong with `host`. */
  hostProblem?: string;
  /** What the last Connect found. */
  attempt?: Attempt;
  /** Of what was saved; the running server has picked it up when its own is the same. */
  savedFingerprint?: string;
  savedAtSeconds?: number;
};

type Store = { keys: Buffer[]; draft: Draft };

const place = Symbol.for('azure-auth-manager.setup');
const world = globalThis as { [place]?: Store };

/** Kept beside the modules: Next loads them anew when the environment file changes. */
world[place] ??= {
  keys: [],
  draft: { typed: { clientId: '', clientSecret: '', tenants: '' }, host: '' },
};
export const draftStore: Store = world[place];

/** Tells one set of the three values from another without keeping them. */
export function fingerprint(clientId: string, secret: string, tenantIds: Iterable<string>): string {
  const values = [clientId, secret, ...[...tenantIds].sort()];
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

/** How a value that is set is spoken of: its last characters tell one from another. */
export function hintOf(value: string): string {
  return value.length < 12 ? 'set' : `set, ends in …${value.slice(-3)}`;
}
