import { hkdfSync } from 'node:crypto';
import { compactDecrypt } from 'jose';
import type { Role } from '../../lib/roles';
import { createSealer, type Purpose } from '../../lib/sealer';
import { type Session, sealSession } from '../../lib/session-token';
import type { Stack } from '../e2e/fixtures';

/** Session cookies made offline with the secret of the app: what an attacker would have to forge,
 * and what a clock would make of a real one. */

type Environment = Stack['env'];

/** What is said of a forged session; times in seconds from now, the past below zero. */
export type Forgery = {
  tenantId: string;
  objectId?: string;
  name?: string;
  isGuest?: boolean;
  appRoles?: Role[];
  signedIn?: number;
  /** When its cookie was sealed; at the sign-in unless told. */
  renewed?: number;
  /** Its absolute end; twelve hours after the sign-in unless told. */
  ends?: number;
  purpose?: Purpose;
  /** Who signed the person in; the stand-in unless told. */
  authority?: string;
};

const scopeOf = (env: Environment, origin = 'https://entra-local.invalid') => ({
  clientId: env.AZURE_CLIENT_ID ?? '',
  authority: { origin },
});

const secretsOf = (env: Environment) => (env.AUTH_SECRET ?? '').split(',');

const now = () => Math.floor(Date.now() / 1000);

/** The value of a session cookie that apps with `env` take for their own. */
export function forgeSession(
  env: Environment,
  {
    tenantId,
    objectId = '5d6f1c8a-2b47-4e90-9a13-c7d8e9f0a1b2',
    name = 'Ada Berg',
    isGuest = false,
    appRoles = [],
    signedIn = 0,
    renewed = signedIn,
    ends = signedIn + 12 * 60 * 60,
    purpose = 'session',
    authority,
  }: Forgery,
): Promise<string> {
  const session: Session = {
    identity: {
      ...{ tenantId, objectId, name, email: undefined, signOutHint: undefined, isGuest },
      ...{ appRoles, groupIds: [], hasMoreGroups: false },
    },
    authTimeSeconds: undefined,
    contexts: [],
    sessionId: '7e57ab1e-0000-4000-8000-000000000001',
    microsoftSessionId: undefined,
    signedInAtSeconds: now() + signedIn,
    startedAtMs: (now() + signedIn) * 1000,
    renewedAtSeconds: now() + renewed,
    expiresAtSeconds: now() + ends,
  };
  return sealSession(createSealer(secretsOf(env), purpose, scopeOf(env, authority)), session);
}

/** The key that seals sessions, derived a second time by RFC 5869 and not by the app's code. */
export function sessionKey(env: Environment): Uint8Array {
  const { clientId, authority } = scopeOf(env);
  const info = `azure-auth-manager session ${authority.origin} ${clientId} key`;
  return new Uint8Array(hkdfSync('sha256', secretsOf(env)[0] ?? '', '', info, 32));
}

/** What a session cookie holds. @throws when `env` does not open it */
export async function openCookie(env: Environment, value: string): Promise<string> {
  const { plaintext } = await compactDecrypt(value, sessionKey(env));
  return new TextDecoder().decode(plaintext);
}
