import { expect, test } from '@playwright/test';
import { admissionRefusal } from '../../lib/admission';
import type { Role } from '../../lib/roles';
import type { Requirement } from '../../lib/route-policy';
import type { TenantRules } from '../../lib/tenant-rules';
import { contoso, fabrikam, noGrants, now, objectId } from './id-token-builder';

type Who = {
  tenantId?: string;
  isGuest?: boolean;
  roles?: Role[];
  perhaps?: Role[];
  authTimeSeconds?: number;
  contexts?: string[];
};

const rules: TenantRules = {
  [contoso]: { contexts: { payments: 'c3' } },
  [fabrikam]: { requires: 'Admin' },
};

function verdict(required: Requirement, who: Who): string {
  const { tenantId = contoso, isGuest = false, roles = [], perhaps = [] } = who;
  const { contexts = [], authTimeSeconds } = who;
  const refusal = admissionRefusal(
    required,
    {
      identity: {
        ...{ tenantId, objectId, name: 'Ada', email: undefined, signOutHint: undefined, isGuest },
        ...noGrants,
      },
      ...{ authTimeSeconds, contexts },
    },
    { roles: new Set(roles), perhaps: new Set(perhaps) },
    now,
    rules,
  );
  if (!refusal) return 'open';
  return refusal.kind === 'unread' ? 'unread' : `${refusal.kind} ${refusal.reason}`;
}

const admin: Requirement = { role: 'Admin' };
const recent: Requirement = { maxAgeSeconds: 300 };
const payments: Requirement = { context: 'payments' };
const rows: [why: string, required: Requirement, who: Who, verdict: string][] = [
  ['a session is enough where nothing else is asked', {}, {}, 'open'],
  ['a role is asked for, and held', admin, { roles: ['Admin'] }, 'open'],
  ['a role is asked for, and not held', admin, {}, 'forbidden role_missing'],
  ['a role may come from groups nobody read', admin, { perhaps: ['Admin'] }, 'unread'],
  ['the tenant is one of those named', { tenants: [contoso] }, {}, 'open'],
  ['the tenant is another', { tenants: [fabrikam] }, {}, 'forbidden tenant_excluded'],
  ['no tenant is named', { tenants: [] }, {}, 'forbidden tenant_excluded'],
  ['members may, guests may not', { guests: false }, {}, 'open'],
  ['guests may not', { guests: false }, { isGuest: true }, 'forbidden guest_excluded'],
  ['guests may where nothing is said', {}, { isGuest: true }, 'open'],
  [
    'a guest with the role stays a guest',
    { ...admin, guests: false },
    { isGuest: true, roles: ['Admin'] },
    'forbidden guest_excluded',
  ],
  [
    'the tenant asks for a role on every route',
    {},
    { tenantId: fabrikam },
    'forbidden entry_role_missing',
  ],
  ['and its people hold it', {}, { tenantId: fabrikam, roles: ['Admin'] }, 'open'],
  ['or perhaps do', {}, { tenantId: fabrikam, perhaps: ['Admin'] }, 'unread'],
  ['just signed in', recent, { authTimeSeconds: now }, 'open'],
  ['signed in long enough ago to the second', recent, { authTimeSeconds: now - 360 }, 'open'],
  ['signed in too long ago', recent, { authTimeSeconds: now - 361 }, 'confirm sign_in_not_recent'],
  ['nobody knows when', recent, {}, 'confirm sign_in_not_recent'],
  ['a context that was fulfilled', payments, { contexts: ['c1', 'c3'] }, 'open'],
  ['a context that was not', payments, { contexts: ['c1'] }, 'confirm context_missing'],
  [
    'a tenant that has no such context',
    payments,
    { tenantId: fabrikam, roles: ['Admin'], contexts: ['c3'] },
    'forbidden context_unknown',
  ],
  [
    'a context named like a member of Object',
    { context: 'toString' },
    { contexts: ['c3'] },
    'forbidden context_unknown',
  ],
  [
    'who may not come in is not asked to confirm',
    { ...admin, ...recent },
    {},
    'forbidden role_missing',
  ],
  [
    'a fulfilled context does not make an old sign-in recent',
    { ...payments, ...recent },
    { contexts: ['c3'], authTimeSeconds: now - 999 },
    'confirm sign_in_not_recent',
  ],
];
for (const [why, required, who, expected] of rows) {
  test(`${why}: ${expected}`, () => expect(verdict(required, who)).toBe(expected));
}
