import { roles, tenants } from './access';
import type { Config } from './config';
import type { Identity } from './identity';
import { ruleOf, type TenantRules } from './tenant-rules';

/** A role that this app declares. */
export type Role = keyof typeof roles;

export const isRole = (value: unknown): value is Role =>
  typeof value === 'string' && Object.hasOwn(roles, value);

/** The roles of a person, by the rules of this moment. */
export type Holding = {
  roles: ReadonlySet<Role>;
  /** What groups may give that the token did not list: nobody knows before Microsoft was asked. */
  perhaps: ReadonlySet<Role>;
};

/** The roles that count when they come in the tokens of a tenant. A tenant's administrators give
 * app roles to whom they like: of several tenants, only the one that may make somebody an
 * administrator of this app is asked. */
export function rolesThatCount(
  tenantId: string,
  { tenantIds }: Pick<Config, 'tenantIds'>,
  rules: TenantRules = tenants,
): readonly Role[] {
  const { roles: said } = ruleOf(tenantId, rules);
  return said ?? (tenantIds.size === 1 ? (Object.keys(roles) as Role[]) : []);
}

/** What a person holds: app roles that count, and what the groups are worth.
 * @param groupIds all groups of the person, once Microsoft was asked for them */
export function holdingOf(
  identity: Pick<Identity, 'tenantId' | 'appRoles' | 'groupIds' | 'hasMoreGroups'>,
  config: Pick<Config, 'tenantIds'>,
  { rules = tenants, groupIds }: { rules?: TenantRules; groupIds?: ReadonlySet<string> } = {},
): Holding {
  const counting = rolesThatCount(identity.tenantId, config, rules);
  const held = new Set<Role>(counting.filter((role) => identity.appRoles.includes(role)));
  const perhaps = new Set<Role>();
  for (const [id, role] of Object.entries(ruleOf(identity.tenantId, rules).groups ?? {})) {
    if (groupIds ? groupIds.has(id) : identity.groupIds.includes(id)) held.add(role);
    else if (!groupIds && identity.hasMoreGroups) perhaps.add(role);
  }
  for (const role of held) perhaps.delete(role);
  return { roles: held, perhaps };
}

/** Roles of a token that count for nothing here, and why; the log tells of them, without names. */
export function ignoredRoles(
  claim: unknown,
  tenantId: string,
  config: Pick<Config, 'tenantIds'>,
  rules: TenantRules = tenants,
): { reason: 'not_a_list' | 'not_declared' | 'not_from_this_tenant'; count: number }[] {
  if (claim === undefined) return [];
  if (!Array.isArray(claim)) return [{ reason: 'not_a_list', count: 1 }];
  const counting = rolesThatCount(tenantId, config, rules);
  const undeclared = claim.filter((value) => !isRole(value)).length;
  const foreign = claim.filter((value) => isRole(value) && !counting.includes(value)).length;
  return [
    ...(undeclared > 0 ? [{ reason: 'not_declared' as const, count: undeclared }] : []),
    ...(foreign > 0 ? [{ reason: 'not_from_this_tenant' as const, count: foreign }] : []),
  ];
}
