import { access, tenants } from './access';
import { policyInWords, tenantRuleInWords } from './policy-words';
import type { RoutePolicies } from './route-policy';
import { organisationName, type TenantRules } from './tenant-rules';

/** One line of the route policy, for people who read no code. */
export type AccessRow = {
  path: string;
  /** Who may open it, in words. */
  opens: string;
};

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The route policy in words, in the order of the table. */
export function accessRows(
  table: RoutePolicies = access,
  rules: TenantRules = tenants,
): AccessRow[] {
  const labelOf = (tenantId: string) => organisationName(tenantId, rules);
  return Object.entries(table).map(([path, policy]) => ({
    path,
    opens: capitalised(policyInWords(policy, labelOf)),
  }));
}

/** What is said of a tenant beyond its name, in words; empty where nothing is. */
export const ruleRow = (tenantId: string, rules: TenantRules = tenants): string =>
  capitalised(tenantRuleInWords(rules[tenantId] ?? {}));
