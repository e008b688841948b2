import { expect, test } from '@playwright/test';
import type { IdTokenClaims } from '../../lib/id-token';
import { identityFromClaims } from '../../lib/identity';
import { holdingOf, ignoredRoles } from '../../lib/roles';
import type { TenantRules } from '../../lib/tenant-rules';
import { claimsOf, contoso, fabrikam } from './id-token-builder';

const admins = '11111111-2222-4333-8444-555555555501';
const others = '11111111-2222-4333-8444-555555555502';
const one = { tenantIds: new Set([contoso]) };
const two = { tenantIds: new Set([contoso, fabrikam]) };
const none: TenantRules = {};
const giving: TenantRules = { [contoso]: { roles: ['Admin'] } };
const mapped: TenantRules = { [contoso]: { roles: [], groups: { [admins]: 'Admin' } } };

const held = (
  claims: Record<string, unknown>,
  config: { tenantIds: Set<string> },
  rules: TenantRules,
  groupIds?: ReadonlySet<string>,
) => {
  const identity = identityFromClaims(claimsOf(claims) as IdTokenClaims, rules);
  const { roles, perhaps } = holdingOf(identity, config, { rules, ...(groupIds && { groupIds }) });
  return `${[...roles]}|${[...perhaps]}`;
};

const rows: [why: string, claims: object, config: typeof one, rules: TenantRules, held: string][] =
  [
    ['the only tenant gives the roles of the app', { roles: ['Admin'] }, one, none, 'Admin|'],
    ['of several tenants none gives a role by itself', { roles: ['Admin'] }, two, none, '|'],
    ['a tenant gives the roles that its rule names', { roles: ['Admin'] }, two, giving, 'Admin|'],
    [
      'another tenant’s rule is not this one’s',
      { roles: ['Admin'], tid: fabrikam },
      two,
      giving,
      '|',
    ],
    ['a rule that names none takes all', { roles: ['Admin'] }, one, mapped, '|'],
    ['a role that is not declared counts for nothing', { roles: ['Owner'] }, one, none, '|'],
    ['a role is compared by case', { roles: ['admin', 'ADMIN'] }, one, none, '|'],
    ['blanks are part of a role', { roles: [' Admin', 'Admin '] }, one, none, '|'],
    ['a text is no list of roles', { roles: 'Admin' }, one, none, '|'],
    ['an object is no list of roles', { roles: { 0: 'Admin', length: 1 } }, one, none, '|'],
    ['members of Object are no roles', { roles: ['toString', '__proto__'] }, one, none, '|'],
    [
      'odd entries leave the others as they are',
      { roles: [7, null, 'Admin'] },
      one,
      none,
      'Admin|',
    ],
    [
      'three hundred roles are read',
      { roles: [...Array(300).fill('x'), 'Admin'] },
      one,
      none,
      'Admin|',
    ],
    ['a mapped group gives its role', { groups: [others, admins] }, two, mapped, 'Admin|'],
    [
      'a group id is compared without case',
      { groups: [admins.toUpperCase()] },
      two,
      mapped,
      'Admin|',
    ],
    ['another group gives nothing', { groups: [others] }, two, mapped, '|'],
    [
      'a group of another tenant gives nothing',
      { groups: [admins], tid: fabrikam },
      two,
      mapped,
      '|',
    ],
    ['a text is no list of groups, and no "no groups"', { groups: admins }, two, mapped, '|Admin'],
    [
      'too many groups may give the role',
      { _claim_names: { groups: 'src1' } },
      two,
      mapped,
      '|Admin',
    ],
    ['the older mark says the same', { hasgroups: true }, two, mapped, '|Admin'],
    ['any spelling of the older mark does', { hasgroups: 'true' }, two, mapped, '|Admin'],
    [
      'other claims elsewhere say nothing of groups',
      { _claim_names: { x: 'y' } },
      two,
      mapped,
      '|',
    ],
    ['without mapped groups more of them mean nothing', { hasgroups: true }, two, giving, '|'],
  ];
for (const [why, claims, config, rules, expected] of rows) {
  test(why, () => expect(held(claims as Record<string, unknown>, config, rules)).toBe(expected));
}

test('what Microsoft says of the groups decides, once it was asked', () => {
  const overage = { hasgroups: true };
  expect(held(overage, two, mapped, new Set([admins]))).toBe('Admin|');
  expect(held(overage, two, mapped, new Set([others]))).toBe('|');
});

test('of a token’s groups only mapped ones are kept, once each', () => {
  const claims = claimsOf({ groups: [others, admins, admins, ...Array(200).fill(others)] });
  expect(identityFromClaims(claims as IdTokenClaims, mapped).groupIds).toEqual([admins]);
});

test('a group that is mapped later may be one that a token had no room for', () => {
  const identity = identityFromClaims(claimsOf({ hasgroups: true }) as IdTokenClaims, giving);
  expect([...holdingOf(identity, two, { rules: mapped }).perhaps]).toEqual(['Admin']);
});

test('a group that is no longer mapped gives nothing to sessions that brought it', () => {
  const identity = identityFromClaims(claimsOf({ groups: [admins] }) as IdTokenClaims, mapped);
  expect([...holdingOf(identity, two, { rules: mapped }).roles]).toEqual(['Admin']);
  expect([...holdingOf(identity, two, { rules: giving }).roles]).toEqual([]);
});

test('roles that count for nothing are told apart, without their names', () => {
  const told = (claim: unknown, tenantId = contoso, rules = giving) =>
    ignoredRoles(claim, tenantId, two, rules).map(({ reason, count }) => `${reason} ${count}`);
  expect(told(undefined)).toEqual([]);
  expect(told(['Admin'])).toEqual([]);
  expect(told('Admin')).toEqual(['not_a_list 1']);
  expect(told(['Owner', 'Auditor', 'Admin'])).toEqual(['not_declared 2']);
  expect(told(['Owner', 'Admin'], fabrikam)).toEqual(['not_declared 1', 'not_from_this_tenant 1']);
});
