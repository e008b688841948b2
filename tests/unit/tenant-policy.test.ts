import { expect, test } from '@playwright/test';
import { isTenantAllowed } from '../../lib/tenant-policy';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';

test('a listed tenant may come in and no other may', () => {
  const config = { tenantIds: new Set([contoso]) };
  expect(isTenantAllowed(config, contoso)).toBe(true);
  for (const tenantId of [fabrikam, '', '*', contoso.slice(0, -1), contoso.toUpperCase()]) {
    expect(isTenantAllowed(config, tenantId), tenantId).toBe(false);
  }
});

test('personal accounts may come in only when their tenant is listed', () => {
  expect(isTenantAllowed({ tenantIds: new Set([contoso]) }, personal)).toBe(false);
  expect(isTenantAllowed({ tenantIds: new Set([contoso, personal]) }, personal)).toBe(true);
});

test('an empty list lets nobody in', () => {
  for (const tenantId of [contoso, personal, '']) {
    expect(isTenantAllowed({ tenantIds: new Set() }, tenantId)).toBe(false);
  }
});
