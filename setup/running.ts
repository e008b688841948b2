import type { Config } from '../lib/config';
import { createContentSecurityPolicy } from '../lib/csp';
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

/** Whether the gate runs with this configuration, too. Next gives pages and middleware the new
 * settings one after the other, and with the older policy the browser would not go to sign in.
 * @param headers of the request as the middleware passed it on */
function isGateCurrent(config: Config, headers: Headers): boolean {
  const policy = headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  return policy === createContentSecurityPolicy(config, true)(nonce);
}

/** Whether the server runs with what was saved last. */
export function isPickedUp(config: Config, headers: Headers): boolean {
  const running = runningValues(config);
  const { savedFingerprint } = draftStore.draft;
  if (!running || !savedFingerprint || !isGateCurrent(config, headers)) return false;
  return fingerprint(running.clientId, running.clientSecret, config.tenantIds) === savedFingerprint;
}
