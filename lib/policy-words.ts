import type { Policy, Requirement } from './route-policy';
import type { TenantRule } from './tenant-rules';

const units = [
  { seconds: 86_400, unit: 'day' },
  { seconds: 3600, unit: 'hour' },
  { seconds: 60, unit: 'minute' },
];

/** A time in the largest unit that leaves no rest: 300 is `5 minutes`. */
function durationInWords(total: number): string {
  const { seconds, unit } = units.find(
    ({ seconds }) => total >= seconds && total % seconds === 0,
  ) ?? { seconds: 1, unit: 'second' };
  const count = total / seconds;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `Ada`, `Ada or Ben`, `Ada, Ben or Cem`. */
const listInWords = (names: readonly string[], word: 'or' | 'and') =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(` ${word} `);

/** To whom a route is open: the end of "it is open to …".
 * @param labelOf the name of a tenant; its id where nothing is known */
export function policyInWords(
  policy: Policy,
  labelOf: (tenantId: string) => string = (tenantId) => tenantId,
): string {
  if (policy === 'public') return 'everyone';
  if (policy === 'absent') return 'nobody: there is nothing';
  if (policy === 'signed-in') return 'people who are signed in';
  const { role, tenants, guests, maxAgeSeconds, context, certain }: Requirement = policy;
  return [
    maxAgeSeconds === undefined
      ? 'people who are signed in'
      : `people who signed in within the last ${durationInWords(maxAgeSeconds)}`,
    ...(tenants ? [`from ${listInWords(tenants.map(labelOf), 'or') || 'no organisation'}`] : []),
    ...(guests === false ? ['no guests'] : []),
    ...(role === undefined ? [] : [`with the role ${role}`]),
    ...(context === undefined ? [] : [`with the authentication context ${context}`]),
    ...(certain ? ['closed while nobody can tell which sessions were ended'] : []),
  ].join(', ');
}

const pairsInWords = (pairs: Readonly<Record<string, string>>) =>
  listInWords(
    Object.entries(pairs).map(([from, to]) => `${from} is ${to}`),
    'and',
  );

/** The rule of a tenant without its label; empty where nothing is said. */
export function tenantRuleInWords(rule: TenantRule): string {
  const { guests, requires, roles, groups, contexts, home, sessionsFrom } = rule;
  return [
    ...(guests === undefined ? [] : [guests ? 'guests come in' : 'no guests']),
    ...(requires === undefined ? [] : [`nobody without the role ${requires}`]),
    ...(roles ? [`roles that count: ${listInWords(roles, 'and') || 'none'}`] : []),
    ...(groups ? [`groups: ${pairsInWords(groups) || 'none'}`] : []),
    ...(contexts ? [`authentication contexts: ${pairsInWords(contexts) || 'none'}`] : []),
    ...(home === undefined ? [] : [`lands on ${home}`]),
    ...(sessionsFrom === undefined ? [] : [`sessions that began before ${sessionsFrom} are over`]),
  ].join('; ');
}
