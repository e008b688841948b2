import { expect, test } from '@playwright/test';
import { policyInWords, tenantRuleInWords } from '../../lib/policy-words';
import type { Policy } from '../../lib/route-policy';
import type { TenantRule } from '../../lib/tenant-rules';

const names: Record<string, string> = { a: 'Contoso', b: 'Fabrikam' };
const signedIn = 'people who are signed in';

const policies: [policy: Policy, words: string][] = [
  ['public', 'everyone'],
  ['absent', 'nobody: there is nothing'],
  ['signed-in', signedIn],
  [{}, signedIn],
  [{ role: 'Admin' }, `${signedIn}, with the role Admin`],
  [{ tenants: ['a'] }, `${signedIn}, from Contoso`],
  [{ tenants: ['a', 'b', 'c'] }, `${signedIn}, from Contoso, Fabrikam or c`],
  [{ tenants: [] }, `${signedIn}, from no organisation`],
  [{ guests: false }, `${signedIn}, no guests`],
  [{ context: 'pay' }, `${signedIn}, with the authentication context pay`],
  [{ certain: true }, `${signedIn}, closed while nobody can tell which sessions were ended`],
  [{ maxAgeSeconds: 300 }, 'people who signed in within the last 5 minutes'],
  [{ maxAgeSeconds: 3600 }, 'people who signed in within the last 1 hour'],
  [{ maxAgeSeconds: 90 }, 'people who signed in within the last 90 seconds'],
  [{ maxAgeSeconds: 172_800 }, 'people who signed in within the last 2 days'],
  [
    {
      ...{ role: 'Admin', tenants: ['a', 'b'], guests: false, maxAgeSeconds: 1, context: 'c1' },
      certain: true,
    },
    'people who signed in within the last 1 second, from Contoso or Fabrikam, no guests, with the role Admin, with the authentication context c1, closed while nobody can tell which sessions were ended',
  ],
];
for (const [policy, words] of policies) {
  test(`${JSON.stringify(policy)} is open to ${words}`, () => {
    expect(policyInWords(policy, (tenantId) => names[tenantId] ?? tenantId)).toBe(words);
  });
}

test('a tenant without a name is called by its id', () => {
  expect(policyInWords({ tenants: ['a', 'b'] })).toBe(`${signedIn}, from a or b`);
});

const rules: [rule: TenantRule, words: string][] = [
  [{}, ''],
  [{ label: 'Contoso' }, ''],
  [{ guests: true }, 'guests come in'],
  [{ guests: false, requires: 'Admin' }, 'no guests; nobody without the role Admin'],
  [{ roles: ['Admin', 'Admin'] }, 'roles that count: Admin and Admin'],
  [{ roles: [] }, 'roles that count: none'],
  [{ groups: { g: 'Admin', h: 'Admin' } }, 'groups: g is Admin and h is Admin'],
  [{ contexts: { pay: 'c1' } }, 'authentication contexts: pay is c1'],
  [{ home: '/projects' }, 'lands on /projects'],
  [
    { sessionsFrom: '2026-01-01T00:00:00Z' },
    'sessions that began before 2026-01-01T00:00:00Z are over',
  ],
];
for (const [rule, words] of rules) {
  test(`the rule ${JSON.stringify(rule)} reads "${words}"`, () => {
    expect(tenantRuleInWords(rule)).toBe(words);
  });
}
