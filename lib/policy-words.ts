/** Who may open a route, beyond being signed in; all of it must hold. */
export type PolicyObject = {
  /** The app role that the person holds. */
  role?: string;
  /** The ids of the tenants whose people may come in. */
  tenants?: readonly string[];
  /** `false`: no guests. */
  guests?: false;
  /** How long ago the person may have signed in at Microsoft, in seconds. */
  maxAgeSeconds?: number;
  /** The authentication context that the person has fulfilled. */
  context?: string;
  /** Closed to all while the store of revocations is away. */
  certain?: true;
};

/** What stands in a line of the route policy. */
export type RoutePolicy = 'public' | 'absent' | 'signed-in' | 'signed-in-certain' | PolicyObject;

/** What is said of a tenant beyond its being listed. */
export type TenantRuleObject = {
  label?: string;
  guests?: boolean;
  requires?: string;
  roles?: readonly string[];
  groups?: Readonly<Record<string, string>>;
  contexts?: Readonly<Record<string, string>>;
  home?: string;
  sessionsFrom?: string;
};

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
  policy: RoutePolicy,
  labelOf: (tenantId: string) => string = (tenantId) => tenantId,
): string {
  if (policy === 'public') return 'everyone';
  if (policy === 'absent') return 'nobody: there is nothing';
  if (policy === 'signed-in') return 'people who are signed in';
  const { role, tenants, guests, maxAgeSeconds, context, certain }: PolicyObject =
    policy === 'signed-in-certain' ? { certain: true } : policy;
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
export function tenantRuleInWords(rule: TenantRuleObject): string {
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
