import type { AuditEvent } from './audit';
import { oncePerProcess } from './once-per-process';
import { isSignInErrorCode, signInErrors } from './sign-in-error-table';

/** How a sign-in ended: with a session; not, because the person may not come in; or not, because
 * something went wrong. */
export const decisionVerdicts = ['let-in', 'refused', 'failed'] as const;
export type DecisionVerdict = (typeof decisionVerdicts)[number];

/** One decision about a sign-in. Less than the log's line of it: neither session nor person. */
export type Decision = {
  atMs: number;
  verdict: DecisionVerdict;
  /** What the visitor's page says (lib/sign-in-error-table.ts); none for whoever was let in. */
  code?: string;
  /** Our reason in one stable word, such as `tenant_not_listed`. */
  reason?: string;
  /** The number of an `AADSTS…` error. */
  aadsts?: number;
  /** An organisation that a verified ID token named. */
  tenantId?: string;
  incidentId?: string;
  isGuest?: true;
};

/** What an event of the log decides about a sign-in; undefined where that is nothing. An incident
 * number is what people quote when they ask for help, so without one there is nothing to find. */
export function decisionFromEvent(event: AuditEvent, atMs: number): Decision | undefined {
  if (event.event === 'sign_in') {
    const { tenantId, guest } = event;
    return { atMs, verdict: 'let-in', tenantId, ...(guest && { isGuest: true }) };
  }
  if (event.event === 'gate.deny') {
    const { code, reason, incidentId, tenantId } = event;
    if (!incidentId || !isSignInErrorCode(code)) return undefined;
    const verdict = signInErrors[code].status === 503 ? 'failed' : 'refused';
    return { atMs, verdict, code, reason, incidentId, ...(tenantId && { tenantId }) };
  }
  const isRefused = event.event === 'sign_in.denied';
  if (!isRefused && event.event !== 'sign_in.failed' && event.event !== 'provider.unavailable') {
    return undefined;
  }
  const { incidentId, reason, aadsts, tenantId } = event;
  if (!incidentId) return undefined;
  return {
    atMs,
    verdict: isRefused ? 'refused' : 'failed',
    code: event.event === 'provider.unavailable' ? 'provider_unavailable' : event.code,
    incidentId,
    ...(reason && { reason }),
    ...(aadsts && { aadsts }),
    ...(tenantId && { tenantId }),
  };
}

/** 500 in all. Each verdict has room of its own: only who Microsoft let through gets as far as
 * `let-in` and `refused`, but anyone can make sign-ins fail, and must not push the others out. */
const most: Readonly<Record<DecisionVerdict, number>> = {
  'let-in': 200,
  refused: 150,
  failed: 150,
};

/** The place of the oldest decision of the most frequent code: a flood of one kind of failure
 * replaces itself before it replaces what is rare. */
function dispensable(decisions: readonly Decision[]): number {
  const counts = new Map<string | undefined, number>();
  for (const { code } of decisions) counts.set(code, (counts.get(code) ?? 0) + 1);
  const highest = Math.max(...counts.values());
  return decisions.findIndex(({ code }) => counts.get(code) === highest);
}

/** Keeps the latest decisions in memory, and never more than 500. */
export function createDecisions() {
  const kept: Record<DecisionVerdict, Decision[]> = { 'let-in': [], refused: [], failed: [] };
  return {
    keep(decision: Decision): void {
      const ring = kept[decision.verdict];
      if (ring.length >= most[decision.verdict]) ring.splice(dispensable(ring), 1);
      ring.push(decision);
    },
    /** Newest first. */
    latest(): Decision[] {
      const newestFirst = decisionVerdicts.flatMap((verdict) => [...kept[verdict]].reverse());
      return newestFirst.sort((a, b) => b.atMs - a.atMs);
    },
  };
}

/** Of this process: what middleware decides is in the log alone. */
const decisionsOfProcess = () => oncePerProcess('decisions', createDecisions);

/** Keeps an event of the log, if it decides about a sign-in. */
export function keepDecision(event: AuditEvent, atMs: number): void {
  const decision = decisionFromEvent(event, atMs);
  if (decision) decisionsOfProcess().keep(decision);
}

/** The latest decisions of this process, newest first. */
export function latestDecisions(): Decision[] {
  return decisionsOfProcess().latest();
}
