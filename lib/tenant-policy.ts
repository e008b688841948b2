import type { Config } from './config';
import type { Identity } from './identity';
import { ruleOf, type TenantRules } from './tenant-rules';

/** Why a person may not come in: stable, written to the log. */
export type EntryRefusal = 'tenant_not_listed' | 'guest';

/** Who may come in: people whose tenant is in `AZURE_VALID_TENANT_IDS`, and its guests unless the
 * tenant's rule or `AZURE_ALLOW_GUESTS` keeps them out. Personal Microsoft accounts are a tenant
 * like any other. Asked at sign-in and at every request. @returns undefined for whoever may */
export function entryRefusal(
  config: Pick<Config, 'tenantIds' | 'allowGuests'>,
  { tenantId, isGuest }: Pick<Identity, 'tenantId' | 'isGuest'>,
  rules?: TenantRules,
): EntryRefusal | undefined {
  if (!config.tenantIds.has(tenantId)) return 'tenant_not_listed';
  if (isGuest && !(ruleOf(tenantId, rules).guests ?? config.allowGuests)) return 'guest';
  return undefined;
}

/** The moment before which sessions of a tenant are over, in seconds. */
export function sessionsFromSeconds(
  { sessionEpochSeconds }: Pick<Config, 'sessionEpochSeconds'>,
  tenantId: string,
  rules?: TenantRules,
): number {
  const { sessionsFrom } = ruleOf(tenantId, rules);
  if (sessionsFrom === undefined) return sessionEpochSeconds;
  return Math.max(sessionEpochSeconds, Date.parse(sessionsFrom) / 1000);
}
