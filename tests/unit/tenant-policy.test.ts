import { expect, test } from '@playwright/test';
import { entryRefusal, sessionsFromSeconds } from '../../lib/tenant-policy';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const rules = (...tenantIds: string[]) => ({ tenantIds: new Set(tenantIds), allowGuests: true });
const member = (tenantId: string) => ({ tenantId, isGuest: false });

test('a listed tenant may come in and no other may', () => {
  expect(entryRefusal(rules(contoso), member(contoso))).toBeUndefined();
  for (const tenantId of [fabrikam, '', '*', contoso.slice(0, -1), contoso.toUpperCase()]) {
    expect(entryRefusal(rules(contoso), member(tenantId)), tenantId).toBe('tenant_not_listed');
  }
});

test('personal accounts may come in only when their tenant is listed', () => {
  expect(entryRefusal(rules(contoso), member(personal))).toBe('tenant_not_listed');
  expect(entryRefusal(rules(contoso, personal), member(personal))).toBeUndefined();
});

test('an empty list lets nobody in', () => {
  for (const tenantId of [contoso, personal, '']) {
    expect(entryRefusal(rules(), member(tenantId))).toBe('tenant_not_listed');
  }
});

test('guests of a listed tenant come in unless the setting keeps them out', () => {
  const guest = { tenantId: contoso, isGuest: true };
  expect(entryRefusal(rules(contoso), guest)).toBeUndefined();
  const closed = { ...rules(contoso), allowGuests: false };
  expect(entryRefusal(closed, guest)).toBe('guest');
  expect(entryRefusal(closed, member(contoso))).toBeUndefined();
  expect(entryRefusal(closed, { ...guest, tenantId: fabrikam })).toBe('tenant_not_listed');
});

test('a tenant’s rule about guests outweighs the general one', () => {
  const guest = { tenantId: contoso, isGuest: true };
  const closed = { ...rules(contoso), allowGuests: false };
  expect(entryRefusal(rules(contoso), guest, { [contoso]: { guests: false } })).toBe('guest');
  expect(entryRefusal(closed, guest, { [contoso]: { guests: true } })).toBeUndefined();
  expect(entryRefusal(closed, guest, { [fabrikam]: { guests: true } })).toBe('guest');
});

test('a rule lets no tenant in that is not listed', () => {
  const generous = { [fabrikam]: { guests: true, roles: ['Admin' as const] } };
  expect(entryRefusal(rules(contoso), member(fabrikam), generous)).toBe('tenant_not_listed');
});

test('the later of two moments counts before which sessions are over', () => {
  const sessionsFrom = '2026-01-31T09:00:00Z';
  const moment = Date.parse(sessionsFrom) / 1000;
  const tenants = { [contoso]: { sessionsFrom } };
  const from = (sessionEpochSeconds: number, tenantId: string) =>
    sessionsFromSeconds({ sessionEpochSeconds }, tenantId, tenants);
  expect(from(0, contoso)).toBe(moment);
  expect(from(0, fabrikam)).toBe(0);
  expect(from(moment + 1, contoso)).toBe(moment + 1);
  expect(from(moment - 1, contoso)).toBe(moment);
});
