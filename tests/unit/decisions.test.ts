import { expect, test } from '@playwright/test';
import { type AuditEvent, record } from '../../lib/audit';
import {
  createDecisions,
  type Decision,
  decisionFromEvent,
  latestDecisions,
} from '../../lib/decisions';

const tenantId = '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61';
const incidentId = '1a2b3c4d';

const kept: [event: AuditEvent, decision: Omit<Decision, 'atMs'>][] = [
  [
    { event: 'sign_in', tenantId, sessionId: 'secret-session' },
    { verdict: 'let-in', tenantId },
  ],
  [
    { event: 'sign_in', tenantId, sessionId: 'secret-session', guest: true },
    { verdict: 'let-in', tenantId, isGuest: true },
  ],
  [
    {
      ...{ event: 'sign_in.denied', incidentId, code: 'tenant_not_allowed', tenantId },
      ...{ reason: 'tenant_not_listed', stage: 'policy', traceId: 't', correlationId: 'c' },
    },
    {
      ...{ verdict: 'refused', incidentId, tenantId },
      ...{ code: 'tenant_not_allowed', reason: 'tenant_not_listed' },
    },
  ],
  [
    { event: 'sign_in.failed', incidentId, code: 'app_credentials', aadsts: 7000222 },
    { verdict: 'failed', incidentId, code: 'app_credentials', aadsts: 7000222 },
  ],
  [
    { event: 'provider.unavailable', incidentId, reason: 'timeout', stage: 'token' },
    { verdict: 'failed', incidentId, code: 'provider_unavailable', reason: 'timeout' },
  ],
  [
    {
      ...{ event: 'gate.deny', incidentId, reason: 'groups_timeout', code: 'groups_unavailable' },
      ...{ method: 'GET', path: '/typed/by/somebody', tenantId },
    },
    {
      ...{ verdict: 'failed', incidentId, code: 'groups_unavailable' },
      ...{ reason: 'groups_timeout', tenantId },
    },
  ],
  [
    {
      ...{ event: 'gate.deny', incidentId, reason: 'role_missing', code: 'page_forbidden' },
      ...{ method: 'GET', path: '/typed/by/somebody' },
    },
    { verdict: 'refused', incidentId, code: 'page_forbidden', reason: 'role_missing' },
  ],
];
for (const [event, decision] of kept) {
  const { reason = '' } = event as { reason?: string };
  test(`of ${event.event} ${reason} ${'guest' in event ? 'guest ' : ''}only the decision is kept`, () => {
    expect(decisionFromEvent(event, 5)).toEqual({ atMs: 5, ...decision });
  });
}

const left: AuditEvent[] = [
  { event: 'gate.deny', method: 'GET', path: '/account', reason: 'no_session' },
  { event: 'provider.unavailable', stage: 'metadata', reason: 'renewal_failed' },
  { event: 'sign_out', tenantId, sessionId: 's', scope: 'app' },
  { event: 'session.invalid', reason: 'expired', incidentId },
  { event: 'rate_limited', endpoint: 'start', retryAfterSeconds: 9 },
];
for (const event of left) {
  test(`${event.event} without a decision about a sign-in is not kept`, () => {
    expect(decisionFromEvent(event, 5)).toBeUndefined();
  });
}

const decision = (atMs: number, verdict: Decision['verdict'], code?: string): Decision => ({
  ...{ atMs, verdict },
  ...(code && { code, incidentId: String(atMs) }),
});

test('the newest decision comes first, whatever the verdicts are', () => {
  const decisions = createDecisions();
  const inOrder = [
    decision(1, 'failed', 'flow_missing'),
    decision(2, 'let-in'),
    decision(3, 'refused', 'tenant_not_allowed'),
    decision(3, 'refused', 'guest_not_allowed'),
    decision(4, 'let-in'),
  ];
  inOrder.forEach(decisions.keep);
  expect(decisions.latest()).toEqual(inOrder.reverse());
});

test('a flood of failures pushes out neither sign-ins, nor refusals, nor failures of another kind', () => {
  const decisions = createDecisions();
  const rare = [
    decision(1, 'let-in'),
    decision(2, 'refused', 'tenant_not_allowed'),
    decision(3, 'failed', 'app_credentials'),
  ];
  rare.forEach(decisions.keep);
  for (let atMs = 4; atMs < 5_000; atMs += 1)
    decisions.keep(decision(atMs, 'failed', 'flow_missing'));
  const latest = decisions.latest();
  expect(latest).toHaveLength(152);
  expect(latest.slice(-3)).toEqual(rare.reverse());
  expect(latest[0]?.atMs, 'the newest of the flood are there').toBe(4_999);
  expect(latest.at(-4)?.atMs).toBe(4_999 - 148);
});

test('no more than 500 decisions are kept, and of sign-ins the latest', () => {
  const decisions = createDecisions();
  for (let atMs = 0; atMs < 1_000; atMs += 1) {
    decisions.keep(decision(atMs, 'let-in'));
    decisions.keep(decision(atMs, 'refused', `code ${atMs}`));
    decisions.keep(decision(atMs, 'failed', 'unknown'));
  }
  const latest = decisions.latest();
  expect(latest).toHaveLength(500);
  const letIn = latest.filter(({ verdict }) => verdict === 'let-in').map(({ atMs }) => atMs);
  expect(letIn).toEqual(Array.from({ length: 200 }, (_, index) => 999 - index));
});

test('what the log leaves out in a flood is kept all the same', () => {
  const { log } = console;
  let lines = 0;
  console.log = (line: string) => {
    if (line.includes('incidentId')) lines += 1;
  };
  try {
    for (let index = 0; index < 120; index += 1) {
      record({ event: 'sign_in.denied', incidentId: `f${index}`, code: 'tenant_not_allowed' });
    }
  } finally {
    console.log = log;
  }
  expect(lines).toBe(100);
  expect(latestDecisions().filter((one) => one.incidentId?.startsWith('f'))).toHaveLength(120);
});
