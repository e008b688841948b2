import type { FailureDetail } from './sign-in-error';

/** What the log tells, one JSON line per decision: an interface that operators build on. */
export type AuditEvent =
  | { event: 'sign_in'; tenantId: string; sessionId: string }
  | ({ event: 'sign_in.denied'; incidentId: string; code: string } & FailureDetail)
  | ({ event: 'sign_in.failed'; incidentId: string; code: string } & FailureDetail)
  | ({ event: 'provider.unavailable'; incidentId?: string } & FailureDetail)
  | { event: 'provider.warning'; reason: 'key_without_issuer' }
  | { event: 'example.action'; sessionId: string }
  | { event: 'sign_out'; tenantId: string; sessionId: string; scope: 'app' | 'microsoft' }
  | { event: 'session.invalid'; reason: string }
  | { event: 'gate.deny'; method: string; path: string; reason: string }
  | { event: 'config.error'; variable: string; code: string; problem: string }
  | { event: 'app.started'; origin: string; authority: string; tenants: number; demo: boolean };

/** Writes one event to stdout. JSON keeps a hostile path or number on its own line (CWE-117).
 * Tokens, codes, secrets, cookies and claims of a person never go in. */
export function record(event: AuditEvent): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), ...event }));
}
