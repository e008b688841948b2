import { ruleOf } from '../lib/tenant-rules';

/** A tenant of the list, and what findings call it. */
export type NamedTenant = { id: string; name: string };

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** Names every tenant without showing its id: by `lib/access.ts`, otherwise by its place. */
export const nameTenants = (tenantIds: readonly string[]): NamedTenant[] =>
  [...new Set(tenantIds)].map((id, index) => ({
    id,
    name: ruleOf(id).label ?? `tenant ${index + 1}`,
  }));

/** `Contoso, tenant 2 and tenant 5` */
export const enumerate = (names: readonly string[]): string => list.format(names);

/** Verdicts that are the same, once each, with the names of their tenants. */
export function groupByVerdict<V>(
  verdicts: readonly { tenant: NamedTenant; verdict: V }[],
): { verdict: V; names: string[] }[] {
  const groups = new Map<string, { verdict: V; names: string[] }>();
  for (const { tenant, verdict } of verdicts) {
    const key = JSON.stringify(verdict);
    const group = groups.get(key) ?? { verdict, names: [] };
    groups.set(key, { verdict, names: [...group.names, tenant.name] });
  }
  return [...groups.values()];
}
