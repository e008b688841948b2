import { expect, test } from '@playwright/test';
import { decide, type Reading } from '../../lib/gate';
import type { Role } from '../../lib/roles';
import type { RoutePolicies } from '../../lib/route-policy';
import { createSession } from '../../lib/session-token';
import type { TenantRules } from '../../lib/tenant-rules';
import {
  contoso,
  fabrikam,
  noGrants,
  now,
  objectId,
  rules as rulesOfSessions,
} from './id-token-builder';

const config = { tenantIds: new Set([contoso]), readGroups: false };
const table: RoutePolicies = {
  '/admin': { role: 'Admin' },
  '/api/admin': { role: 'Admin' },
  '/pay': { maxAgeSeconds: 300 },
  '/api/pay': { maxAgeSeconds: 300 },
  '/theirs/*': { tenants: [fabrikam] },
  '/theirs/open': 'signed-in',
};
const browser = { accept: 'text/html', 'sec-fetch-dest': 'document' };
const script = { accept: 'application/json', 'sec-fetch-dest': 'empty' };

function decideFor(
  path: string,
  who: { appRoles?: Role[]; authTimeSeconds?: number },
  headers: Record<string, string> = browser,
) {
  const { appRoles = [], authTimeSeconds } = who;
  const identity = {
    ...{ tenantId: contoso, objectId, name: 'Ada', email: undefined, signOutHint: undefined },
    ...{ isGuest: false, ...noGrants, appRoles },
  };
  const session = createSession(identity, now, rulesOfSessions, { authTimeSeconds });
  const read = async (): Promise<Reading> => ({ session, isDue: false });
  const request = { method: 'GET', url: new URL(`http://x${path}`), headers: new Headers(headers) };
  return decide(request, read, config, now, { table });
}

const rows: [
  what: string,
  path: string,
  who: object,
  headers: object,
  expected: Record<string, unknown>,
][] = [
  ['who holds the role', '/admin', { appRoles: ['Admin'] }, browser, { kind: 'allow' }],
  [
    'who does not',
    '/admin?tab=1',
    {},
    browser,
    {
      ...{ kind: 'forbidden', reason: 'role_missing', isDocument: true },
      ...{ returnTo: '/admin?tab=1', location: '/auth/session?returnTo=%2Fadmin%3Ftab%3D1' },
    },
  ],
  [
    'a script of somebody who does not',
    '/api/admin',
    {},
    script,
    { kind: 'forbidden', isDocument: false, returnTo: '/' },
  ],
  [
    'a recent sign-in',
    '/pay',
    { authTimeSeconds: now - 10 },
    browser,
    { kind: 'allow', confirmed: {} },
  ],
  [
    'an old sign-in',
    '/pay',
    { authTimeSeconds: now - 900 },
    browser,
    {
      ...{ kind: 'confirm', reason: 'sign_in_not_recent', isDocument: true },
      location: '/auth/confirm?returnTo=%2Fpay',
    },
  ],
  ['a script with an old sign-in', '/api/pay', {}, script, { kind: 'confirm', isDocument: false }],
  ['another tenant, below a wildcard', '/theirs/plans', {}, browser, { kind: 'forbidden' }],
  ['another tenant, at a line of its own', '/theirs/open', {}, browser, { kind: 'allow' }],
];
for (const [what, path, who, headers, expected] of rows) {
  test(`${what} at ${path}`, async () => {
    const verdict = await decideFor(path, who, headers as Record<string, string>);
    expect(verdict).toMatchObject(expected);
  });
}

test.describe('who is in too many groups for a token', () => {
  const group = '11111111-2222-4333-8444-555555555501';
  const rules: TenantRules = { [contoso]: { roles: [], groups: { [group]: 'Admin' } } };
  const policies: RoutePolicies = {
    '/admin': { role: 'Admin' },
    '/pay': { role: 'Admin', maxAgeSeconds: 300 },
    '/theirs': { role: 'Admin', tenants: [fabrikam] },
  };
  const verdictOf = async (path: string, readGroups: boolean, authTimeSeconds?: number) => {
    const identity = {
      ...{ tenantId: contoso, objectId, name: 'Omar', email: undefined, signOutHint: undefined },
      ...{ isGuest: false, ...noGrants, hasMoreGroups: true },
    };
    const session = createSession(identity, now, rulesOfSessions, { authTimeSeconds });
    const read = async (): Promise<Reading> => ({ session, isDue: false });
    const request = {
      method: 'GET',
      url: new URL(`http://x${path}`),
      headers: new Headers(browser),
    };
    const verdict = await decide(request, read, { ...config, readGroups }, now, {
      ...{ table: policies, rules },
    });
    return 'reason' in verdict ? `${verdict.kind} ${verdict.reason}` : verdict.kind;
  };

  test('passes to where Microsoft is asked, and nowhere else', async () => {
    expect(await verdictOf('/admin', true)).toBe('allow');
    expect(await verdictOf('/admin', false)).toBe('forbidden groups_unread');
    expect(await verdictOf('/theirs', true)).toBe('forbidden tenant_excluded');
  });

  test('confirms an old sign-in all the same', async () => {
    expect(await verdictOf('/pay', true, now - 900)).toBe('confirm sign_in_not_recent');
    expect(await verdictOf('/pay', true, now)).toBe('allow');
  });
});
