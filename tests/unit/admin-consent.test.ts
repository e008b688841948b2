import { expect, test } from '@playwright/test';
import {
  adminConsentUrl,
  approvalLifetimeSeconds,
  approvalSegment,
  approvePagePath,
  judgeAnswer,
  openApproval,
  outcomeLifetimeSeconds,
  type PendingApproval,
  parseTenantId,
  sealApproval,
} from '../../lib/admin-consent';
import { createAuthority } from '../../lib/authority';
import { createSealer } from '../../lib/sealer';
import { clientId, contoso, fabrikam, now, personal, scope } from './id-token-builder';

const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const sealer = createSealer([secret], 'approval', scope);
const pending: PendingApproval = { state: 'the-state', startedAtSeconds: now };

test('the address is Microsoft’s endpoint with exactly the documented parameters', () => {
  const authority = createAuthority('organizations');
  const config = { authority, clientId, origin: 'https://app.example.com' };
  const url = new URL(adminConsentUrl(config, contoso, 'a state'));
  expect(url.origin + url.pathname).toBe(
    `https://login.microsoftonline.com/${contoso}/v2.0/adminconsent`,
  );
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: clientId,
    redirect_uri: 'https://app.example.com/auth/approve/done',
    scope: 'openid profile email',
    state: 'a state',
  });
});

test('with the stand-in, the address is on the stand-in', () => {
  const authority = createAuthority('common', 'http://127.0.0.1:4999');
  const config = { authority, clientId, origin: 'http://localhost:3000' };
  expect(adminConsentUrl(config, 'organizations', 's')).toMatch(
    /^http:\/\/127\.0\.0\.1:4999\/organizations\/v2\.0\/adminconsent\?/,
  );
});

const segments: [segment: string, tenantId: string | undefined, asked: string | undefined][] = [
  [contoso, undefined, contoso],
  [contoso, fabrikam, fabrikam],
  ['organizations', undefined, 'organizations'],
  ['organizations', fabrikam, fabrikam],
  ['common', undefined, 'organizations'],
  ['common', fabrikam, fabrikam],
  ['consumers', undefined, undefined],
  ['consumers', fabrikam, undefined],
];
for (const [segment, tenantId, asked] of segments) {
  test(`at the authority ${segment}, ${tenantId ?? 'no certain organisation'} leads to ${asked}`, () => {
    expect(approvalSegment(createAuthority(segment), tenantId)).toBe(asked);
  });
}

test('only the GUID of an organisation is a tenant id, in any case', () => {
  expect(parseTenantId(contoso)).toBe(contoso);
  expect(parseTenantId(contoso.toUpperCase())).toBe(contoso);
  const others = [
    ...['', 'common', 'organizations', 'contoso.example', personal, personal.toUpperCase()],
    ...[`${contoso} `, `${contoso}/..`, `{${contoso}}`, contoso.slice(1), `${contoso}\n`],
    ...[contoso.replace('5', '５'), undefined, null, 7, [contoso]],
  ];
  expect(others.map(parseTenantId)).toEqual(others.map(() => undefined));
  expect(approvePagePath(undefined)).toBe('/auth/approve');
  expect(approvePagePath(contoso)).toBe(`/auth/approve?tenant=${contoso}`);
});

test.describe('the answer', () => {
  const granted = { admin_consent: 'True', tenant: contoso, scope: 'x', state: 'the-state' };
  const judged = (
    answer: Record<string, string | undefined> | string,
    asked: PendingApproval | undefined = pending,
    nowSeconds = now,
  ) => {
    const given = typeof answer === 'string' ? answer : Object.entries(answer);
    const kept = typeof given === 'string' ? given : given.filter(([, value]) => value);
    return judgeAnswer(new URLSearchParams(kept as string | string[][]), asked, nowSeconds);
  };
  const description = (number: number) =>
    `AADSTS${number}: Denied.\r\nTrace ID: ${contoso}\r\nCorrelation ID: ${fabrikam}`;

  test('with our state is a grant by the tenant that the browser claims', () => {
    const verdict = { kind: 'granted', claimedTenantId: contoso };
    expect(judged(granted)).toEqual(verdict);
    expect(judged({ ...granted, tenant: contoso.toUpperCase() })).toEqual(verdict);
    expect(judged(granted, { ...pending, tenantId: contoso })).toEqual(verdict);
    expect(judged(granted, pending, now + approvalLifetimeSeconds)).toEqual(verdict);
  });

  const unmatched: [what: string, answer: Record<string, string | undefined> | string][] = [
    ['no state', { ...granted, state: undefined }],
    ['another state', { ...granted, state: 'another' }],
    ['a longer state', { ...granted, state: 'the-state2' }],
    ['the state twice', `${new URLSearchParams(granted)}&state=the-state`],
    ['an error and no state', { error: 'permission_denied' }],
  ];
  for (const [what, answer] of unmatched) {
    test(`with ${what} belongs to no approval`, () => {
      expect(judged(answer)).toEqual({ kind: 'unmatched', detail: { reason: 'state' } });
    });
  }

  test('to nothing that was asked belongs to no approval', () => {
    const answer = new URLSearchParams(granted);
    expect(judgeAnswer(answer, undefined, now)).toMatchObject({ kind: 'unmatched' });
    answer.delete('state');
    expect(judgeAnswer(answer, undefined, now)).toMatchObject({ kind: 'unmatched' });
  });

  test('after 15 minutes is too late, to the second', () => {
    expect(approvalLifetimeSeconds).toBe(900);
    expect(judged(granted, pending, now + 901)).toMatchObject({ kind: 'expired' });
  });

  const failed: [reason: string, answer: Record<string, string | undefined> | string][] = [
    ['admin_consent', { ...granted, admin_consent: undefined }],
    ['admin_consent', { ...granted, admin_consent: 'False' }],
    ['admin_consent', { ...granted, admin_consent: 'true' }],
    ['tenant', { ...granted, tenant: undefined }],
    ['tenant', { ...granted, tenant: 'contoso.example' }],
    ['tenant', { ...granted, tenant: `${contoso}\n{"event":"sign_in"}` }],
    ['tenant', { ...granted, tenant: personal }],
    ['tenant', `${new URLSearchParams(granted)}&tenant=${fabrikam}`],
  ];
  for (const [reason, answer] of failed) {
    test(`that fails by ${reason} grants nothing: ${JSON.stringify(answer)}`, () => {
      expect(judged(answer)).toEqual({ kind: 'failed', detail: { reason } });
    });
  }

  test('of another organisation than the one that was asked grants nothing', () => {
    expect(judged(granted, { ...pending, tenantId: fabrikam })).toEqual({
      kind: 'failed',
      detail: { reason: 'other_tenant' },
    });
  });

  const errors: [error: string, number: number | undefined, kind: string][] = [
    ['consent_required', 65004, 'refused'], // Microsoft's sample for this endpoint
    ['access_denied', 65004, 'refused'],
    ['access_denied', undefined, 'refused'],
    ['permission_denied', undefined, 'refused'],
    ['server_error', 50000, 'failed'],
    ['unauthorized_client', 700016, 'failed'],
    ['made_up', undefined, 'failed'],
    ['', undefined, 'failed'],
  ];
  for (const [error, number, kind] of errors) {
    test(`"${error}" with ${number} is ${kind}, whatever admin_consent and tenant say`, () => {
      const answer = new URLSearchParams({ ...granted, error });
      if (number) answer.set('error_description', description(number));
      const verdict = judgeAnswer(answer, pending, now);
      expect(verdict).toMatchObject({ kind, detail: { reason: expect.any(String) } });
      if (!number) return;
      expect(verdict).toMatchObject({
        detail: { aadsts: number, traceId: contoso, correlationId: fabrikam },
      });
    });
  }
});

test.describe('the cookie', () => {
  const outcome = { kind: 'granted', incidentId: '1a2b3c4d', atSeconds: now } as const;

  test('is opened as it was sealed', async () => {
    for (const approval of [
      { pending, outcome: undefined },
      { pending: { ...pending, tenantId: contoso }, outcome },
      { pending: undefined, outcome },
    ]) {
      const token = await sealApproval(sealer, approval);
      expect(await openApproval(sealer, token, now)).toEqual(approval);
    }
  });

  test('tells an outcome for ten minutes, to the second', async () => {
    const token = await sealApproval(sealer, { outcome });
    const last = now + outcomeLifetimeSeconds - 1;
    expect(await openApproval(sealer, token, last)).toMatchObject({ outcome });
    expect((await openApproval(sealer, token, last + 1)).outcome).toBeUndefined();
  });

  test('that we did not seal as an approval says nothing', async () => {
    const flow = createSealer([secret], 'flow', scope);
    const tokens = [
      undefined,
      '',
      'garbage',
      await sealApproval(flow, { pending, outcome }),
      ...(await Promise.all(
        [
          null,
          { p: { s: '', a: now } },
          { p: { s: 's' } },
          { o: { k: 'constructor', i: 'x', a: now } },
        ].map((payload) => sealer.seal(payload)),
      )),
    ];
    const opened = await Promise.all(tokens.map((token) => openApproval(sealer, token, now)));
    expect(opened).toEqual(tokens.map(() => ({ pending: undefined, outcome: undefined })));
  });
});
