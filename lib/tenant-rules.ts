import { tenants } from './access';
import type { Role } from './roles';

/** What a fork can say about one tenant; every line narrows or names, none lets a tenant in. */
export type TenantRule = {
  /** Shown to people in the place of the tenant id. */
  label?: string;
  /** Whether its guests may come in; AZURE_ALLOW_GUESTS where nothing is said. */
  guests?: boolean;
  /** Nobody of this tenant comes in without this role. */
  requires?: Role;
  /** The roles that count when this tenant's administrators give them. They give what they like to
   * their own people, so where several tenants are listed, none counts unless it is said here. */
  roles?: readonly Role[];
  /** Group id -> the role that its members hold. */
  groups?: Readonly<Record<string, Role>>;
  /** What an authentication context is called in this tenant: name in a route's policy -> `c1`. */
  contexts?: Readonly<Record<string, string>>;
  /** Where its people land who did not come for a certain page. */
  home?: string;
  /** Sessions that began before this moment (ISO 8601) are over. */
  sessionsFrom?: string;
};

export type TenantRules = Readonly<Record<string, TenantRule>>;

const none: TenantRule = {};

/** The rule of a tenant; an empty one where nothing is said. */
export function ruleOf(tenantId: string, rules: TenantRules = tenants): TenantRule {
  return Object.hasOwn(rules, tenantId) ? (rules[tenantId] as TenantRule) : none;
}

/** The name of an organisation, or its tenant id where nobody gave it one. */
export const organisationName = (tenantId: string, rules?: TenantRules): string =>
  ruleOf(tenantId, rules).label ?? tenantId;
