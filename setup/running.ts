import type { Config } from '../lib/config';
import { draftStore, fingerprint } from './draft';
import type { Typed } from './fields';

/** The three values that the server runs with; undefined while it runs with the stand-in's. */
export function runningValues(config: Config, env = process.env): Typed | undefined {
  if (config.demo && !env.ENTRA_LOCAL_URL?.trim()) return undefined;
  if (config.demo && config.authority.locationOrigin !== originOf(env.ENTRA_LOCAL_URL)) {
    return undefined;
  }
  return {
    clientId: config.clientId,
    clientSecret: config.credential.kind === 'secret' ? config.credential.secret : '',
    tenants: [...config.tenantIds].join(', '),
  };
}

const originOf = (url: string | undefined) =>
  url && URL.canParse(url) ? new URL(url).origin : undefined;

/** Whether the server runs with what was saved last. */
export function isPickedUp(config: Config): boolean {
  const running = runningValues(config);
  const { savedFingerprint } = draftStore.draft;
  if (!running || !savedFingerprint) return false;
  return fingerprint(running.clientId, running.clientSecret, config.tenantIds) === savedFingerprint;
}
