import { access, roles, tenants } from './access';
import { isGuid, personalAccountsTenantId } from './authority';
import type { Config } from './config';
import type { ConfigProblem } from './config-problem';
import { isAhead, secondsFromInstant } from './instant';
import { parseReturnTo } from './return-to';
import { rolesThatCount } from './roles';
import { policyOf, type Requirement, type RoutePolicies, requirementOf } from './route-policy';
import { ruleOf, type TenantRule, type TenantRules } from './tenant-rules';

/** The tables of lib/access.ts, as a fork may have left them. */
export type AccessTables = {
  roles: Readonly<Record<string, string>>;
  tenants: TenantRules;
  access: RoutePolicies;
};

/** Each mapped group of a person travels in the cookie. */
const mostGroups = 30;
/** So does each role. */
const mostRoles = 20;
const longestMaxAgeSeconds = 7 * 24 * 60 * 60;
const requirementNames: readonly (keyof Requirement)[] = [
  ...(['role', 'tenants', 'guests', 'maxAgeSeconds', 'context', 'certain'] as const),
];
const ruleNames: readonly (keyof TenantRule)[] = [
  ...(['label', 'guests', 'requires', 'roles', 'groups', 'contexts', 'home'] as const),
  'sessionsFrom',
];
/** Lines that say nothing: a misspelt name, and a value that is not there. Both would leave a rule
 * out that somebody meant. */
function* emptyWords(object: object, known: readonly string[], what: string): Generator<string> {
  for (const [name, value] of Object.entries(object)) {
    if (!known.includes(name)) yield `${name} is no part of a ${what}`;
    if (value === undefined || value === null) yield `${name} has no value`;
  }
}

/** Microsoft refuses blanks in the value of an app role, too.
 * @see https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps */
const roleName = /^[\w.:-]{1,120}$/;
const contextId = /^c[1-9]\d?$/;

/** Why nobody can hold a role who comes from a tenant with this rule; undefined when they can. */
function cannotHold(role: string, tenantId: string, rule: TenantRule): string | undefined {
  if (tenantId === personalAccountsTenantId) return 'personal accounts hold no roles';
  if (rule.roles === undefined || (rule.roles as readonly string[]).includes(role))
    return undefined;
  if ((Object.values(rule.groups ?? {}) as string[]).includes(role)) return undefined;
  return `neither its roles nor its groups name ${role}`;
}

function* tenantProblems(id: string, rule: TenantRule, tables: AccessTables): Generator<string> {
  if (!isGuid(id)) yield 'the tenant id is not a GUID in lower case';
  yield* emptyWords(rule, ruleNames, 'rule');
  const { requires, groups = {}, contexts = {}, home, sessionsFrom } = rule;
  for (const role of [requires, ...(rule.roles ?? []), ...Object.values(groups)]) {
    if (role !== undefined && !Object.hasOwn(tables.roles, role))
      yield `${role} is no declared role`;
  }
  const why = requires && cannotHold(requires, id, rule);
  if (why) yield `it requires ${requires}, and ${why}: nobody could come in`;
  for (const group of Object.keys(groups)) {
    if (!isGuid(group)) yield 'a group id is not a GUID in lower case';
  }
  if (Object.keys(groups).length > mostGroups) yield `more than ${mostGroups} groups are mapped`;
  for (const [name, value] of Object.entries(contexts)) {
    if (!contextId.test(value)) yield `the context ${name} is not called c1 to c99`;
  }
  if (home !== undefined) {
    const policy = policyOf(home.split(/[?#]/)[0] ?? '', tables.access);
    const { role, tenants, guests } = requirementOf(policy);
    if (parseReturnTo(home) !== home || policy === 'absent') yield 'home is no path of this app';
    if (tenants && !tenants.includes(id)) yield 'home is closed to this tenant';
    if (guests === false && rule.guests !== false) yield 'home is closed to its guests';
    const lacks = role && cannotHold(role, id, rule);
    if (lacks) yield `home asks for ${role}, and ${lacks}`;
  }
  if (sessionsFrom !== undefined) {
    const seconds = secondsFromInstant(sessionsFrom);
    if (seconds === undefined) yield 'sessionsFrom is no moment such as 2026-01-31T09:00:00Z';
    else if (isAhead(seconds)) yield 'sessionsFrom is still to come: no session could begin';
  }
}

function* routeProblems(required: Requirement, tables: AccessTables): Generator<string> {
  yield* emptyWords(required, requirementNames, 'policy');
  if (Object.keys(required).length === 0) yield "nothing is asked for: write 'signed-in'";
  const { role, tenants, maxAgeSeconds, context, guests, certain } = required;
  if (role !== undefined && !Object.hasOwn(tables.roles, role)) yield `${role} is no declared role`;
  if (tenants?.length === 0)
    yield 'no tenant is named: nobody could open it. absent says so better';
  if (tenants?.some((id) => !isGuid(id))) yield 'a tenant id is not a GUID in lower case';
  const rules = (tenants ?? []).map((id) => [id, tables.tenants[id] ?? {}] as const);
  if (role && rules.length > 0 && rules.every(([id, rule]) => cannotHold(role, id, rule))) {
    yield `nobody of its tenants can hold ${role}`;
  }
  const isWhole = maxAgeSeconds === undefined || Number.isInteger(maxAgeSeconds);
  if (!isWhole || (maxAgeSeconds ?? 60) < 60 || (maxAgeSeconds ?? 60) > longestMaxAgeSeconds) {
    yield `maxAgeSeconds must be a whole number from 60 to ${longestMaxAgeSeconds}`;
  }
  const knows = ([, rule]: readonly [string, TenantRule]) =>
    context !== undefined && Object.hasOwn(rule.contexts ?? {}, context);
  if (context !== undefined && !(tenants ? rules : Object.entries(tables.tenants)).some(knows)) {
    yield `no tenant of it says what the context ${context} is called there`;
  }
  // A `true` would read as "guests welcome", and open nothing.
  if (guests !== undefined && guests !== false) yield 'guests can only be false';
  if (certain !== undefined && certain !== true) yield 'certain can only be true';
}

const words = ['public', 'absent', 'signed-in'];

function problems(tables: AccessTables): string[] {
  const { roles, tenants, access } = tables;
  const names = Object.keys(roles);
  return [
    ...(names.length > mostRoles ? [`roles: there are more than ${mostRoles}`] : []),
    ...names
      .filter((role) => !roleName.test(role))
      .map((role) => `roles: ${JSON.stringify(role)} has characters that no app role may have`),
    ...Object.entries(tenants).flatMap(([id, rule]) =>
      [...tenantProblems(id, rule, tables)].map((why) => `tenants, ${rule.label ?? id}: ${why}`),
    ),
    ...Object.entries(access).flatMap(([path, policy]) => {
      const found =
        typeof policy === 'object' && policy !== null
          ? [...routeProblems(policy, tables)]
          : words.includes(policy)
            ? []
            : ['there is no such policy'];
      return found.map((why) => `access, ${path}: ${why}`);
    }),
  ];
}

/** What is wrong with the tables, all at once: rules that name what there is not, that contradict
 * each other, or that nobody could ever fulfil. The app does not start with any of it. */
export function accessProblems(tables: AccessTables = { roles, tenants, access }): ConfigProblem[] {
  return problems(tables).map((problem) => ({
    variable: 'lib/access.ts',
    code: 'access_rule',
    problem: `is not right. ${problem}.`,
  }));
}

/** The optional claims that the rules in force depend on; without them they can only refuse.
 * @see https://learn.microsoft.com/entra/identity-platform/optional-claims-reference */
export function claimsNeeded(
  allowGuests: boolean,
  { tenants, access }: Pick<AccessTables, 'tenants' | 'access'>,
): string[] {
  const required = Object.values(access).map(requirementOf);
  const rules = Object.values(tenants);
  const guests =
    !allowGuests ||
    rules.some((rule) => rule.guests === false) ||
    required.some((one) => one.guests === false);
  return [
    ...(guests ? ['acct'] : []),
    ...(required.some((one) => one.maxAgeSeconds !== undefined) ? ['auth_time'] : []),
    ...(required.some((one) => one.context !== undefined) ? ['acrs'] : []),
    ...(rules.some((rule) => rule.groups) ? ['groups'] : []),
  ];
}

/** The roles that a rule asks for and that nobody of the listed tenants can hold: what asks for them
 * is closed to all. */
export function rolesNobodyHolds(
  config: Pick<Config, 'tenantIds'>,
  { tenants, access }: Pick<AccessTables, 'tenants' | 'access'>,
): string[] {
  const asked = [
    ...Object.values(access).map((policy) => requirementOf(policy).role),
    ...Object.values(tenants).map(({ requires }) => requires),
  ];
  const given = new Set(
    [...config.tenantIds].flatMap((id) =>
      id === personalAccountsTenantId
        ? []
        : [
            ...rolesThatCount(id, config, tenants),
            ...Object.values(ruleOf(id, tenants).groups ?? {}),
          ],
    ),
  );
  return [...new Set(asked)].filter((role) => role !== undefined && !given.has(role)) as string[];
}
