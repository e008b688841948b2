import 'server-only';

import { admissionRefusal, type Refusal } from './admission';
import type { Identity } from './identity';
import { getProduct } from './product';
import { type Holding, holdingOf } from './roles';
import { policyOf, type Requirement, requirementOf } from './route-policy';
import type { Session } from './session-token';
import { SignInError, type SignInErrorCode } from './sign-in-error';
import { entryRefusal } from './tenant-policy';

/** Why Microsoft could not be asked for somebody's groups. */
type Unread = { code: SignInErrorCode; reason: string };

/** What a person holds, groups included that only Microsoft can tell. */
export async function settledHolding({
  identity,
}: Pick<Session, 'identity'>): Promise<Holding & { unread?: Unread }> {
  const { config, groups } = getProduct();
  const holding = holdingOf(identity, config);
  if (holding.perhaps.size === 0) return holding;
  // Never "no groups": who may be in one is kept out until Microsoft was asked, and the log says why.
  if (!groups) return { ...holding, unread: { code: 'page_forbidden', reason: 'groups_unread' } };
  try {
    const groupIds = await groups.groupsOf(identity.tenantId, identity.objectId);
    return holdingOf(identity, config, { groupIds });
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    const reason = error.detail.reason ?? 'unknown';
    return { ...holding, unread: { code: error.code, reason: `groups_${reason}` } };
  }
}

/** A refusal with everything that page and log tell of it. */
export type Judgement = Exclude<Refusal, { kind: 'unread' }>;

/** Judges whether a session may open a path, or fulfils a requirement of a page's own.
 * @returns undefined for whoever may */
export async function judgeAdmission(
  session: Pick<Session, 'identity' | 'authTimeSeconds' | 'contexts'>,
  required: Requirement,
): Promise<Judgement | undefined> {
  const { config, revocations, nowSeconds } = getProduct();
  if (required.certain && !revocations.isCurrent()) {
    const code = 'revocations_unavailable';
    return { kind: 'forbidden', code, reason: code };
  }
  const known = holdingOf(session.identity, config);
  const first = admissionRefusal(required, session, known, nowSeconds());
  if (first?.kind !== 'unread') return first;
  const { unread, ...holding } = await settledHolding(session);
  const refusal = admissionRefusal(required, session, holding, nowSeconds());
  if (refusal?.kind !== 'unread') return refusal;
  return { kind: 'forbidden', code: 'page_forbidden', reason: 'groups_unread', ...unread };
}

/** What the route policy asks of a path. */
export const requirementOfPath = (path: string): Requirement =>
  requirementOf(policyOf(new URL(path, 'https://app.invalid').pathname));

/** Judges a verified identity before there is a session: the tenant policy, and the role that the
 * tenant's rule asks of everybody. @returns undefined for whoever may come in */
export async function refusalAtSignIn(
  identity: Identity,
): Promise<{ code: SignInErrorCode; reason: string } | undefined> {
  const { config } = getProduct();
  const entry = entryRefusal(config, identity);
  if (entry) {
    const code = entry === 'guest' ? 'guest_not_allowed' : 'tenant_not_allowed';
    return { code, reason: entry };
  }
  const session = { identity, authTimeSeconds: undefined, contexts: [] };
  const refusal = await judgeAdmission(session, {});
  if (refusal?.kind !== 'forbidden') return undefined;
  // There is no page yet that could be closed to them.
  const { code, reason } = refusal;
  return { code: code === 'page_forbidden' ? 'not_assigned' : code, reason };
}
