import { expect, test } from '@playwright/test';
import { confirmationParameters, verifyConfirmation } from '../../lib/confirmation';
import type { Confirms } from '../../lib/flow';
import type { Requirement } from '../../lib/route-policy';
import type { TenantRules } from '../../lib/tenant-rules';
import { contoso, fabrikam, noGrants, now, objectId, outcomeOf } from './id-token-builder';

const rules: TenantRules = { [contoso]: { contexts: { payments: 'c3' } } };
const asked = (required: Requirement, tenantId = contoso, confirms: Confirms = 'policy') =>
  confirmationParameters(required, tenantId, confirms, rules);

test('a recent sign-in is asked for by credentials, and by the age that is allowed', () => {
  expect(asked({ maxAgeSeconds: 300 })).toEqual({ prompt: 'login', max_age: '300' });
  expect(asked({})).toEqual({ prompt: 'login' });
});

test('an authentication context is asked for by the name that it has in the tenant', () => {
  const claims = '{"id_token":{"acrs":{"essential":true,"value":"c3"}}}';
  expect(asked({ context: 'payments' })).toEqual({ claims });
  expect(asked({ context: 'payments', maxAgeSeconds: 60 })).toEqual({
    ...{ prompt: 'login', max_age: '60', claims },
  });
  expect(asked({ context: 'payments' }, fabrikam)).toEqual({ prompt: 'login' });
  expect(asked({ context: 'payments' }, contoso, 'recent')).toEqual({ prompt: 'login', claims });
});

const begun = now - 40;
const recent: Requirement = { maxAgeSeconds: 300 };
const payments: Requirement = { context: 'payments' };
type Came = { authTimeSeconds?: number; contexts?: string[] };
const rows: [
  why: string,
  required: Requirement,
  came: Came,
  outcome: string,
  confirms?: Confirms,
][] = [
  [
    'the context in an older sign-in, for an action that asks for a recent one',
    payments,
    { contexts: ['c3'], authTimeSeconds: 1 },
    'not_confirmed auth_time_old',
    'recent',
  ],
  ['a sign-in from then on', recent, { authTimeSeconds: now }, 'accepted'],
  ['clocks a minute apart', recent, { authTimeSeconds: begun - 60 }, 'accepted'],
  ['an older sign-in', recent, { authTimeSeconds: begun - 61 }, 'not_confirmed auth_time_old'],
  ['no word of when', recent, {}, 'not_confirmed auth_time_missing'],
  [
    'an older sign-in for a page of its own',
    {},
    { authTimeSeconds: 1 },
    'not_confirmed auth_time_old',
  ],
  [
    'the context, in an older sign-in',
    payments,
    { contexts: ['c3'], authTimeSeconds: 1 },
    'accepted',
  ],
  ['another context', payments, { contexts: ['c1'] }, 'not_confirmed context_missing'],
  [
    'the context, where the sign-in must be recent, too',
    { ...payments, ...recent },
    { contexts: ['c3'], authTimeSeconds: 1 },
    'not_confirmed auth_time_old',
  ],
];
for (const [
  why,
  required,
  { authTimeSeconds, contexts = [] },
  outcome,
  confirms = 'policy',
] of rows) {
  test(`after a confirmation, ${why}: ${outcome}`, async () => {
    const identity = {
      ...{ tenantId: contoso, objectId, name: 'Ada', email: undefined, signOutHint: undefined },
      ...{ isGuest: false, ...noGrants },
    };
    const session = { identity, authTimeSeconds, contexts };
    const flow = { startedAtSeconds: begun, confirms };
    const judge = async () => verifyConfirmation(session, required, flow, rules);
    expect(await outcomeOf(judge())).toBe(outcome);
  });
}
