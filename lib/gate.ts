import { admissionRefusal, type Refusal } from './admission';
import type { Config } from './config';
import { confirmPath, parseReturnTo, sessionPath, signInPath } from './return-to';
import { holdingOf, type Role } from './roles';
import { policyOf, type Requirement, type RoutePolicies, requirementOf } from './route-policy';
import type { Sealer } from './sealer';
import { openSession, type Session } from './session-token';
import { entryRefusal, sessionsFromSeconds } from './tenant-policy';
import type { TenantRules } from './tenant-rules';

/** The session of a request and whether its cookie is due to be sealed anew; or why there is none,
 * `no_session` when there was no cookie at all. */
export type Reading =
  | { session: Session; isDue: boolean; reason?: undefined }
  | { session?: undefined; reason: string };

/** What a session is judged by. */
export type SessionRules = Pick<
  Config,
  | 'tenantIds'
  | 'allowGuests'
  | 'sessionIdleSeconds'
  | 'sessionLifetimeSeconds'
  | 'sessionEpochSeconds'
>;

/** Reads the session of a request and judges it by the configuration of this moment: the one
 * check behind middleware, pages, actions and route handlers.
 * @param hasEnded whether a session was ended before its time. The edge cannot tell
 * (docs/decisions/0013), so middleware lets a session pass that its page then refuses. */
export async function readSession(
  config: SessionRules,
  sealer: Sealer,
  cookie: string | undefined,
  nowSeconds: number,
  hasEnded: (session: Session) => boolean,
): Promise<Reading> {
  if (!cookie) return { reason: 'no_session' };
  const opened = await openSession(sealer, cookie, nowSeconds, config);
  if (!opened.ok) return { reason: opened.reason };
  const { session, isDue } = opened;
  if (hasEnded(session)) return { reason: 'revoked' };
  const refusal = entryRefusal(config, session.identity);
  if (refusal) return { reason: refusal === 'guest' ? 'guest' : 'tenant_removed' };
  const { tenantId } = session.identity;
  if (session.signedInAtSeconds < sessionsFromSeconds(config, tenantId)) return { reason: 'epoch' };
  return { session, isDue };
}

/** What the gate must know of a request. */
export type GateRequest = { method: string; url: URL; headers: Headers };

/** What the gate says: pass, nothing here (404), go to sign in (303), or a bare 401 for code; and to
 * who is signed in: not you (403), or confirm that it is you first. */
export type Verdict =
  | { kind: 'public' }
  | { kind: 'absent' }
  /** `due`: the session whose cookie should be sealed anew. */
  | {
      kind: 'allow';
      due?: Session;
      /** The session, where the route asks people to confirm that it is they. */
      confirmed?: Session;
    }
  | { kind: 'sign-in' | 'unauthenticated'; returnTo: string; location: string; reason: string }
  | {
      kind: 'forbidden' | 'confirm';
      session: Session;
      returnTo: string;
      /** The page that explains it or offers the next step. */
      location: string;
      reason: string;
      isDocument: boolean;
    };

/** Whether a person is looking at the answer: only then is a redirect to a page of any use. A
 * script that gets one would read the sign-in page as its data. */
function isDocumentRequest({ headers }: GateRequest, pathname: string): boolean {
  // Below /_next/ Next's own client asks, which understands no redirect to a page.
  if (/^\/(api|_next)\//.test(pathname)) return false;
  if (headers.has('rsc') || headers.has('next-action')) return false;
  const destination = headers.get('sec-fetch-dest');
  if (destination) return destination === 'document';
  return /text\/html|\*\/\*/.test(headers.get('accept') ?? '*/*');
}

/** What the gate can tell by itself. Where Microsoft will be asked for groups, everything else is
 * judged as if they gave the role, and `requireIdentity()` decides about that. */
function edgeRefusal(
  required: Requirement,
  session: Session,
  config: Pick<Config, 'tenantIds' | 'readGroups'>,
  nowSeconds: number,
  rules: TenantRules | undefined,
): Exclude<Refusal, { kind: 'unread' }> | undefined {
  const { roles, perhaps } = holdingOf(session.identity, config, rules && { rules });
  const refusal = admissionRefusal(required, session, { roles, perhaps }, nowSeconds, rules);
  if (refusal?.kind !== 'unread') return refusal;
  if (!config.readGroups) {
    return { kind: 'forbidden', code: 'page_forbidden', reason: 'groups_unread' };
  }
  const all = { roles: new Set([...roles, ...perhaps]), perhaps: new Set<Role>() };
  const other = admissionRefusal(required, session, all, nowSeconds, rules);
  return other?.kind === 'unread' ? undefined : other;
}

/** Decides about a request. The session is read only where the route asks for one. What depends on
 * groups that Microsoft will be asked for passes here. */
export async function decide(
  request: GateRequest,
  read: () => Promise<Reading>,
  config: Pick<Config, 'tenantIds' | 'readGroups'>,
  nowSeconds: number,
  { table, rules }: { table?: RoutePolicies; rules?: TenantRules } = {},
): Promise<Verdict> {
  const { pathname, search } = request.url;
  const policy = policyOf(pathname, table);
  if (policy === 'public' || policy === 'absent') return { kind: policy };
  const reading = await read();
  const returnTo = pathname.startsWith('/api/') ? '/' : parseReturnTo(pathname + search);
  const isDocument = isDocumentRequest(request, pathname);
  if (!reading.session) {
    const kind = isDocument ? 'sign-in' : 'unauthenticated';
    return { kind, returnTo, location: signInPath(returnTo), reason: reading.reason };
  }
  const { session, isDue } = reading;
  const required = requirementOf(policy);
  const refusal = edgeRefusal(required, session, config, nowSeconds, rules);
  if (!refusal) {
    const confirmed = required.maxAgeSeconds !== undefined || required.context !== undefined;
    return {
      kind: 'allow',
      ...(isDue && { due: session }),
      ...(confirmed && { confirmed: session }),
    };
  }
  const { kind, reason } = refusal;
  const location = kind === 'confirm' ? confirmPath(returnTo) : sessionPath(returnTo);
  return { kind, session, returnTo, location, reason, isDocument };
}
