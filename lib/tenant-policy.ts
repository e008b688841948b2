import type { Config } from './config';

/** Whether people of `tenantId` may come in: their tenant is in `AZURE_VALID_TENANT_IDS`. Personal
 * Microsoft accounts are a tenant like any other. Asked at sign-in and at every request. */
export function isTenantAllowed(config: Pick<Config, 'tenantIds'>, tenantId: string): boolean {
  return config.tenantIds.has(tenantId);
}
