import type { CredentialKind } from './credential';
import { keepDecision } from './decisions';
import type { FailureDetail } from './sign-in-error';

/** What the log tells, one JSON line per decision: an interface that operators build on, described
 * in docs/logs.md. */
export type AuditEvent =
  | { event: 'sign_in'; tenantId: string; sessionId: string; guest?: boolean }
  | {
      event: 'roles.ignored';
      tenantId: string;
      reason: 'not_a_list' | 'not_declared' | 'not_from_this_tenant';
      count: number;
    }
  | { event: 'access.claims_needed'; claims: string; problem: string }
  | { event: 'access.nobody_holds'; role: string; problem: string }
  | ({ event: 'sign_in.denied'; incidentId: string; code: string } & FailureDetail)
  | ({ event: 'sign_in.failed'; incidentId: string; code: string } & FailureDetail)
  | ({ event: 'provider.unavailable'; incidentId?: string } & FailureDetail)
  | {
      event: 'admin_consent';
      result: 'granted' | 'refused' | 'failed';
      incidentId: string;
      claimedTenantId?: string;
      listed?: boolean;
      reason?: string;
      aadsts?: number;
      traceId?: string;
      correlationId?: string;
    }
  | { event: 'provider.warning'; reason: 'key_without_issuer' }
  | { event: 'example.action'; sessionId: string }
  | {
      event: 'sign_out';
      tenantId: string;
      sessionId: string;
      scope: 'app' | 'microsoft' | 'everywhere';
    }
  | { event: 'front_channel_sign_out' }
  | { event: 'sessions.revoked'; target: 'person' | 'tenant' | 'all'; tenantId?: string }
  | { event: 'revocation.local'; problem: string }
  | { event: 'revocation.unavailable'; reason: string }
  | { event: 'revocation.recovered'; resent: number }
  | { event: 'revocation.junk'; count: number }
  | { event: 'session.invalid'; reason: string; incidentId?: string }
  | {
      event: 'gate.deny';
      method: string;
      path: string;
      reason: string;
      code?: string;
      tenantId?: string;
      incidentId?: string;
    }
  | { event: 'rate_limited'; endpoint: string; retryAfterSeconds: number }
  | { event: 'rate_limit.proxy_unknown'; problem: string }
  | { event: 'csp.violation'; directive: string; blocked: string; path: string }
  | { event: 'log.suppressed'; of: string; count: number }
  | { event: 'config.error'; variable: string; code: string; problem: string }
  | {
      event: 'app.started';
      origin: string;
      authority: string;
      tenants: number;
      demo: boolean;
      revocations: 'memory' | 'redis';
      credential: CredentialKind;
      nextCredential?: CredentialKind;
      certificateDaysLeft?: number;
      clientSecretDaysLeft?: number;
    }
  | { event: 'app.stopping'; signal: string; delaySeconds: number }
  | { event: 'app.stopped'; unfinished: number }
  | {
      event: 'credential.fallback';
      credential: CredentialKind;
      nextCredential: CredentialKind;
    }
  | {
      event: 'credential.expiring';
      credential: CredentialKind;
      daysLeft: number;
      threshold: 60 | 30 | 7 | 0;
    };

/** Events that anyone can cause at will: a flood of them must not fill a disk or hide the rest. */
const capped: ReadonlySet<string> = new Set([
  'gate.deny',
  'session.invalid',
  'sign_in.denied',
  'sign_in.failed',
  'provider.unavailable',
  'admin_consent',
  'roles.ignored',
  'rate_limited',
  'front_channel_sign_out',
  'revocation.junk',
  'csp.violation',
] satisfies AuditEvent['event'][]);
const mostLines = 100;
const windowSeconds = 10;

const windows = new Map<string, { startedAtMs: number; lines: number; suppressed: number }>();

function write(event: AuditEvent, nowMs: number): void {
  console.log(JSON.stringify({ time: new Date(nowMs).toISOString(), ...event }));
}

/** Tells of what was left out, once its window is over. */
function writeSuppressed(nowMs: number): void {
  for (const [of, { startedAtMs, suppressed }] of windows) {
    if (nowMs - startedAtMs < windowSeconds * 1000) continue;
    windows.delete(of);
    if (suppressed > 0) write({ event: 'log.suppressed', of, count: suppressed }, nowMs);
  }
}

/** Writes one event to stdout. JSON keeps a hostile path or number on its own line (CWE-117), and
 * of what anyone can cause only so many lines are written in ten seconds; the rest is counted.
 * Tokens, codes, secrets, cookies and claims of a person never go in. */
export function record(event: AuditEvent): void {
  const nowMs = Date.now();
  keepDecision(event, nowMs); // before the cap: what the log leaves out is counted there alone
  writeSuppressed(nowMs);
  if (capped.has(event.event)) {
    const window = windows.get(event.event) ?? { startedAtMs: nowMs, lines: 0, suppressed: 0 };
    windows.set(event.event, window);
    if (window.lines === mostLines) {
      window.suppressed += 1;
      return;
    }
    window.lines += 1;
  }
  write(event, nowMs);
}
