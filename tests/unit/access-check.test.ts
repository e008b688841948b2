import { expect, test } from '@playwright/test';
import {
  type AccessTables,
  accessProblems,
  claimsNeeded,
  rolesNobodyHolds,
} from '../../lib/access-check';
import { contoso, fabrikam, personal } from './id-token-builder';

const group = '11111111-2222-4333-8444-555555555501';

/** Tables that a fork could have written, without the compiler's blessing. */
const problemsOf = (tables: { roles?: object; tenants?: object; access?: object }) =>
  accessProblems({ roles: { Admin: 'all' }, tenants: {}, access: {}, ...tables } as AccessTables);

test('the tables of this project are right', () => {
  expect(accessProblems()).toEqual([]);
});

test('every kind of rule is understood', () => {
  const tenants = {
    [contoso]: {
      label: 'Contoso',
      guests: false,
      requires: 'Admin',
      roles: ['Admin'],
      groups: { [group]: 'Admin' },
      contexts: { payments: 'c99' },
      home: '/projects?tab=mine',
      sessionsFrom: '2026-01-31T09:00:00Z',
    },
  };
  const access = {
    '/projects': { role: 'Admin', tenants: [contoso], guests: false, certain: true },
    '/pay': { maxAgeSeconds: 300, context: 'payments' },
  };
  expect(problemsOf({ tenants, access })).toEqual([]);
});

const future = new Date(Date.now() + 60 * 60 * 1000).toISOString();
const tenantRows: [why: string, id: string, rule: object][] = [
  ['a domain name for a tenant id', 'contoso.example', {}],
  ['a tenant id in upper case', contoso.toUpperCase(), {}],
  ['an authority for a tenant', 'organizations', {}],
  ['a misspelt line', contoso, { guest: false }],
  ['a required role that is not declared', contoso, { requires: 'Owner' }],
  ['a required role that nobody can hold', contoso, { requires: 'Admin', roles: [] }],
  ['a required role of personal accounts', personal, { requires: 'Admin' }],
  ['roles that are not declared', contoso, { roles: ['Admin', 'Owner'] }],
  ['a group for a role that is not declared', contoso, { groups: { [group]: 'Owner' } }],
  ['a group by its name', contoso, { groups: { Admins: 'Admin' } }],
  [
    'more groups than a cookie can carry',
    contoso,
    {
      groups: Object.fromEntries(
        Array.from({ length: 31 }, (_, at) => [group.slice(0, -2) + (10 + at), 'Admin']),
      ),
    },
  ],
  ['a context by its display name', contoso, { contexts: { payments: 'Strong' } }],
  ['a home on another site', contoso, { home: 'https://evil.example/' }],
  ['a home that is not there', contoso, { home: '/gone' }],
  ['a home of another tenant', contoso, { home: '/theirs' }],
  ['a home for a role, with a query', contoso, { home: '/admins?tab=1', roles: [] }],
  ['a home that its guests cannot open', contoso, { home: '/members' }],
  ['a requirement that has no value', contoso, { requires: undefined }],
  ['guests that are null', contoso, { guests: null }],
  ['a home for a role that its people cannot hold', contoso, { home: '/admins', roles: [] }],
  ['a day for a moment', contoso, { sessionsFrom: '2026-01-31' }],
  ['a moment that is still to come', contoso, { sessionsFrom: future }],
];
for (const [why, id, rule] of tenantRows) {
  test(`a rule with ${why} is refused at start`, () => {
    const access = {
      '/gone': 'absent',
      '/theirs': { tenants: [fabrikam] },
      '/admins': { role: 'Admin' },
      '/members': { guests: false },
    };
    const problems = problemsOf({ tenants: { [id]: rule }, access });
    expect(problems.map(({ variable, code }) => `${variable} ${code}`)).toEqual([
      'lib/access.ts access_rule',
    ]);
  });
}

const routeRows: [why: string, policy: unknown][] = [
  ['a word that is no policy', 'signedin'],
  ['a role that is not declared', { role: 'Owner' }],
  ['a misspelt line', { rol: 'Admin' }],
  ['no tenant at all', { tenants: [] }],
  ['a tenant by its domain', { tenants: ['contoso.example'] }],
  ['a role that its tenant cannot give', { role: 'Admin', tenants: [fabrikam] }],
  ['a role for personal accounts', { role: 'Admin', tenants: [personal] }],
  ['an age of no time', { maxAgeSeconds: 0 }],
  ['an age that is no number', { maxAgeSeconds: Number.NaN }],
  ['an age of a fraction', { maxAgeSeconds: 90.5 }],
  ['an age beyond all sessions', { maxAgeSeconds: 10_000_000 }],
  ['a context that no tenant knows', { context: 'payments' }],
  ['nothing that it asks for', {}],
  ['a role that is not there', { role: undefined }],
  ['tenants that are null', { tenants: null }],
  ['null for a policy', null],
  ['a context that its tenant does not know', { tenants: [fabrikam], context: 'elsewhere' }],
  ['guests that are welcome', { guests: true }],
  ['a certainty that is none', { certain: false }],
];
for (const [why, policy] of routeRows) {
  test(`a route with ${why} is refused at start`, () => {
    const tenants = { [fabrikam]: { roles: [] }, [contoso]: { contexts: { elsewhere: 'c1' } } };
    expect(problemsOf({ tenants, access: { '/page': policy } })).toHaveLength(1);
  });
}

test('a role with blanks is refused at start', () => {
  expect(problemsOf({ roles: { 'Site admin': 'x', '': 'x', Admin: 'x' } })).toHaveLength(2);
});

test('all problems are told at once', () => {
  const tenants = { 'contoso.example': { requires: 'Owner' } };
  expect(problemsOf({ tenants, access: { '/a': 'open', '/b': { tenants: [] } } })).toHaveLength(4);
});

test('the optional claims that rules depend on are named', () => {
  const needed = (tables: { tenants?: object; access?: object }, allowGuests = true) =>
    claimsNeeded(allowGuests, { tenants: {}, access: {}, ...tables } as AccessTables).join();
  expect(needed({})).toBe('');
  expect(needed({}, false)).toBe('acct');
  expect(needed({ tenants: { [contoso]: { guests: false } } })).toBe('acct');
  expect(needed({ access: { '/a': { guests: false } } })).toBe('acct');
  expect(needed({ access: { '/a': { maxAgeSeconds: 60 } } })).toBe('auth_time');
  expect(needed({ access: { '/a': { context: 'x' } } })).toBe('acrs');
  expect(needed({ tenants: { [contoso]: { groups: {} } } })).toBe('groups');
});

test('a role that nobody of the listed organisations can hold is named', () => {
  const access = { '/admin': { role: 'Admin' } };
  const told = (tenantIds: string[], tenants: object) =>
    rolesNobodyHolds({ tenantIds: new Set(tenantIds) }, {
      tenants,
      access,
    } as unknown as AccessTables).join();
  expect(told([contoso], {})).toBe('');
  expect(told([contoso, fabrikam], {})).toBe('Admin');
  expect(told([contoso, fabrikam], { [contoso]: { roles: ['Admin'] } })).toBe('');
  expect(told([contoso, fabrikam], { [contoso]: { groups: { [group]: 'Admin' } } })).toBe('');
  expect(told([personal], {})).toBe('Admin');
  const unlisted = { '6c0a7be2-d835-4f19-9b42-e81f3a6d50c7': { roles: ['Admin'] } };
  expect(told([contoso, fabrikam], unlisted)).toBe('Admin');
});
