import type { Holding } from './roles';
import type { Requirement } from './route-policy';
import type { Session } from './session-token';
import type { SignInErrorCode } from './sign-in-error';
import { ruleOf, type TenantRules } from './tenant-rules';

/** Why somebody who is signed in may not open a route.
 * `forbidden`: signing in again would not help. `confirm`: it would. `unread`: it depends on groups
 * that only Microsoft can tell. */
export type Refusal =
  | { kind: 'forbidden'; code: SignInErrorCode; reason: string }
  | { kind: 'confirm'; reason: 'sign_in_not_recent' | 'context_missing' }
  | { kind: 'unread' };

const forbid = (reason: string, code: SignInErrorCode = 'page_forbidden'): Refusal => ({
  kind: 'forbidden',
  code,
  reason,
});

/** How far Microsoft's clock may be ahead of or behind ours where an `auth_time` is judged. */
export const authTimeSkewSeconds = 60;

/** Whether Microsoft saw the person sign in so recently. Without an `auth_time` nobody knows. */
export function isRecent(
  { authTimeSeconds }: Pick<Session, 'authTimeSeconds'>,
  maxAgeSeconds: number,
  nowSeconds: number,
): boolean {
  if (authTimeSeconds === undefined) return false;
  return nowSeconds - authTimeSeconds <= maxAgeSeconds + authTimeSkewSeconds;
}

/** Judges what a route asks for beyond a session, and what the person's tenant asks for on every
 * route. @returns undefined for whoever may open it */
export function admissionRefusal(
  required: Requirement,
  session: Pick<Session, 'identity' | 'authTimeSeconds' | 'contexts'>,
  { roles, perhaps }: Holding,
  nowSeconds: number,
  rules?: TenantRules,
): Refusal | undefined {
  const { tenantId, isGuest } = session.identity;
  const { requires, contexts } = ruleOf(tenantId, rules);
  if (required.tenants && !required.tenants.includes(tenantId)) return forbid('tenant_excluded');
  if (required.guests === false && isGuest) return forbid('guest_excluded');
  for (const role of [requires, required.role]) {
    if (role === undefined || roles.has(role)) continue;
    if (perhaps.has(role)) return { kind: 'unread' };
    return role === requires
      ? forbid('entry_role_missing', 'not_assigned')
      : forbid('role_missing');
  }
  if (required.context !== undefined) {
    // A tenant that has no such context cannot be asked for it, so its people stay out.
    const id = contexts && Object.hasOwn(contexts, required.context) && contexts[required.context];
    if (!id) return forbid('context_unknown');
    if (!session.contexts.includes(id)) return { kind: 'confirm', reason: 'context_missing' };
  }
  const { maxAgeSeconds } = required;
  if (maxAgeSeconds !== undefined && !isRecent(session, maxAgeSeconds, nowSeconds)) {
    return { kind: 'confirm', reason: 'sign_in_not_recent' };
  }
  return undefined;
}
