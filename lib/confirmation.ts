import { authTimeSkewSeconds } from './admission';
import type { Confirms } from './flow';
import type { Requirement } from './route-policy';
import type { Session } from './session-token';
import { SignInError } from './sign-in-error';
import { ruleOf, type TenantRules } from './tenant-rules';

/** What the authorization request asks for when a person is to confirm that it is they.
 *
 * `prompt=login` is Microsoft's documented way to have people enter their credentials; `max_age` is
 * OpenID Connect's (Core 1.0 §3.1.2.1), which Microsoft does not document. Neither is trusted:
 * whoever holds the browser can take them out of the address, so `verifyConfirmation()` looks at
 * what Microsoft answers.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 * @param tenantId of the person who is signed in */
export function confirmationParameters(
  { context, maxAgeSeconds }: Requirement,
  tenantId: string | undefined,
  confirms: Confirms,
  rules?: TenantRules,
): Record<string, string> {
  const id = contextId(context, tenantId, rules);
  return {
    ...(mustBeRecent(id, maxAgeSeconds, confirms) && { prompt: 'login' }),
    ...(maxAgeSeconds !== undefined && { max_age: `${maxAgeSeconds}` }),
    ...(id !== undefined && {
      claims: JSON.stringify({ id_token: { acrs: { essential: true, value: id } } }),
    }),
  };
}

/** A context is fulfilled by whatever the organisation's policy asks for, and by that alone, unless
 * a recent sign-in is asked for, too. */
const mustBeRecent = (
  id: string | undefined,
  maxAgeSeconds: number | undefined,
  confirms: Confirms,
) => id === undefined || maxAgeSeconds !== undefined || confirms === 'recent';

function contextId(
  context: string | undefined,
  tenantId: string | undefined,
  rules: TenantRules | undefined,
): string | undefined {
  const { contexts = {} } = tenantId === undefined ? {} : ruleOf(tenantId, rules);
  return context !== undefined && Object.hasOwn(contexts, context) ? contexts[context] : undefined;
}

/** Judges what came of a confirmation.
 * @param flow when the person was sent to Microsoft, and what for
 * @throws SignInError `not_confirmed` unless the sign-in is from then on, or the context fulfilled */
export function verifyConfirmation(
  session: Pick<Session, 'identity' | 'authTimeSeconds' | 'contexts'>,
  required: Requirement,
  { startedAtSeconds, confirms }: { startedAtSeconds: number; confirms: Confirms },
  rules?: TenantRules,
): void {
  const id = contextId(required.context, session.identity.tenantId, rules);
  const fault = (reason: string) => new SignInError('not_confirmed', { stage: 'policy', reason });
  if (id !== undefined && !session.contexts.includes(id)) throw fault('context_missing');
  if (!mustBeRecent(id, required.maxAgeSeconds, confirms)) return;
  const { authTimeSeconds } = session;
  if (authTimeSeconds === undefined) throw fault('auth_time_missing');
  if (authTimeSeconds < startedAtSeconds - authTimeSkewSeconds) throw fault('auth_time_old');
}
