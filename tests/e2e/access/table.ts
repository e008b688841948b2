import { Robot } from '../../attack/robot';
import { expect, type Fork, test } from './fork';
import { type Ask, actionIds, everyAsk, type Outcome, outcomesOf } from './outcomes';
import { acted, pathOf, type RouteName, routeNames } from './table-routes';

// Who may open what, said a second time and in other words: nothing below asks lib/.

type TenantKind = {
  account: string;
  listed?: boolean;
  guestsComeIn?: boolean;
  /** Nobody comes in without it. */
  entryRole?: string;
  /** The roles that its administrators can give here. */
  gives: string[];
  personal?: boolean;
};

const tenantKinds = {
  contoso: { account: 'Ada Berg', listed: true, guestsComeIn: true, gives: ['Admin'] },
  fabrikam: {
    account: 'Farid Nasser',
    listed: true,
    guestsComeIn: true,
    entryRole: 'Partner',
    gives: ['Partner'],
  },
  northwind: { account: 'Noor de Vries', listed: true, guestsComeIn: false, gives: ['Admin'] },
  woodgrove: { account: 'Wei Zhang', gives: [] },
  personal: { account: 'Mia Rossi', listed: true, personal: true, gives: [] },
} satisfies Record<string, TenantKind>;
type TenantName = keyof typeof tenantKinds;

type Person = {
  claims: Record<string, unknown>;
  /** What the claims come to, where anybody may give any role. */
  roles?: string[];
  guest?: boolean;
  inGroup?: boolean;
  /** In too many groups for a token. */
  groupsUnknown?: boolean;
  /** Signed in at Microsoft within the last minutes, unless it says otherwise. */
  old?: boolean;
  strong?: boolean;
};

const group = '5ad0c0de-0000-4000-8000-000000000001';
const both = ['Admin', 'Partner'];
const many = Array.from({ length: 298 }, (_, at) => `Role.${at}`);
const elsewhere = { groups: null, _claim_names: { groups: 'src1' } };
const seconds = (ago: number) => Math.floor(Date.now() / 1000) - ago;

const people: Record<string, Person> = {
  'a member without a role': { claims: {} },
  'a member with Admin': { claims: { roles: ['Admin'] }, roles: ['Admin'] },
  'a member with Partner': { claims: { roles: ['Partner'] }, roles: ['Partner'] },
  'a member with both roles': { claims: { roles: both }, roles: both },
  'a member with a role that is not declared': { claims: { roles: ['Auditor', 'admin'] } },
  'a member whose roles claim is a text': { claims: { roles: 'Admin' } },
  'a member whose roles have spaces': {
    claims: { roles: ['Admin ', ' Partner', 'Admin Partner'] },
  },
  'a member with 300 roles': { claims: { roles: [...many, ...both] }, roles: both },
  'a guest': { claims: { acct: 1 }, guest: true },
  'a guest with both roles': { claims: { acct: 1, roles: both }, roles: both, guest: true },
  'a guest by idp alone': { claims: { acct: null, idp: 'live.com' }, guest: true },
  'a member of the mapped group': {
    claims: { groups: [group], roles: ['Partner'] },
    roles: ['Partner'],
    inGroup: true,
  },
  'a member of other groups': {
    claims: { groups: [group.replace(/1$/, '2')], roles: both },
    roles: both,
  },
  'a member in too many groups': { claims: elsewhere, groupsUnknown: true },
  'a member in too many groups with both roles': {
    claims: { ...elsewhere, roles: both },
    roles: both,
    groupsUnknown: true,
  },
  'a member who signed in long ago': {
    claims: { roles: both, auth_time: seconds(3600) },
    roles: both,
    old: true,
  },
  'a member without auth_time': {
    claims: { roles: both, auth_time: null },
    roles: both,
    old: true,
  },
  'a member with a stronger sign-in': {
    claims: { roles: ['Partner'], acrs: ['c1'] },
    roles: ['Partner'],
    strong: true,
  },
};

const isGuest = (tenant: TenantKind, person: Person) => person.guest && !tenant.personal;
const holds = (tenant: TenantKind, person: Person, role: string) =>
  tenant.gives.includes(role) && person.roles?.includes(role);

/** Whether they get a session, and what they read where they do not. */
function entry(tenant: TenantKind, person: Person): 'in' | string {
  if (!tenant.listed) return 'Your organisation cannot use this app';
  if (isGuest(tenant, person) && tenant.guestsComeIn === false) return 'Guests cannot use this app';
  if (tenant.entryRole && !holds(tenant, person, tenant.entryRole)) {
    return 'You do not have access to this app yet';
  }
  return 'in';
}

const from = (...names: TenantName[]) => names as string[];
const demands: Record<RouteName, (name: string, tenant: TenantKind, person: Person) => Outcome> = {
  'signed-in': () => 'open',
  role: (_, tenant, person) => (holds(tenant, person, 'Admin') ? 'open' : 'closed'),
  'role-by-lock': (_, tenant, person) => (holds(tenant, person, 'Admin') ? 'open' : 'closed'),
  'role-by-group': (name, _, { inGroup }) => (name === 'contoso' && inGroup ? 'open' : 'closed'),
  tenants: (name) => (from('contoso', 'northwind').includes(name) ? 'open' : 'closed'),
  'no-guests': (_, tenant, person) => (isGuest(tenant, person) ? 'closed' : 'open'),
  'role-and-tenants': (name, tenant, person) =>
    name === 'northwind' && holds(tenant, person, 'Admin') ? 'open' : 'closed',
  recent: (_, __, { old }) => (old ? 'confirm' : 'open'),
  'recent-and-role': (_, tenant, person) => {
    if (!holds(tenant, person, 'Admin')) return 'closed';
    return person.old ? 'confirm' : 'open';
  },
  context: (name, _, { strong }) => {
    if (name !== 'contoso') return 'closed';
    return strong ? 'open' : 'confirm';
  },
  'wing/room': (_, tenant, person) => (holds(tenant, person, 'Admin') ? 'open' : 'closed'),
  'wing/hall': () => 'open',
  'wing/annex/door': (name) => (name === 'fabrikam' ? 'open' : 'closed'),
};

/** How many actions have run, by the lines that they write. */
const actionsRun = ({ app }: Fork) => app.output().split(acted('')).length - 1;

function expectedOutcomes(
  asks: readonly Ask[],
  judge: (route: RouteName) => Outcome,
): Record<string, string> {
  return {
    ...Object.fromEntries(asks.map(({ name, way }) => [`${way} ${name}`, judge(name)])),
    'action role, through an open page': judge('role'),
    'public page': 'open',
  };
}

type Visit = {
  name: string;
  kind: string;
  person: Person;
  says: string;
  asks: Ask[];
  expected: Record<string, string>;
};

/** Everybody of every organisation, and what they find. Each of them asks for every route, by one of
 * its ways in turn: the same policy is behind all of them. Whoever is the first to get an answer at a
 * route asks by the others too, so that every way has given every answer that there is. */
const visits: Visit[] = [];
const given = new Set<string>();
for (const [row, [name, tenant]] of Object.entries(tenantKinds).entries()) {
  for (const [column, [kind, person]] of Object.entries(people).entries()) {
    const says = entry(tenant, person);
    const judge = (route: RouteName) => demands[route](name, tenant, person);
    const asks = everyAsk.filter((ask) => {
      const ways = everyAsk.filter((other) => other.name === ask.name);
      const isItsTurn =
        ways.indexOf(ask) === (row + column + routeNames.indexOf(ask.name)) % ways.length;
      return (
        isItsTurn || (says === 'in' && !given.has(`${ask.way} ${ask.name} ${judge(ask.name)}`))
      );
    });
    if (says === 'in')
      for (const ask of asks) given.add(`${ask.way} ${ask.name} ${judge(ask.name)}`);
    visits.push({ name, kind, person, says, asks, expected: expectedOutcomes(asks, judge) });
  }
}

test('a stranger opens the public pages and nothing else', async ({ fork }) => {
  const robot = new Robot(fork);
  const found = await outcomesOf(robot, actionIds(fork.standalone), everyAsk);
  expect(found).toEqual(expectedOutcomes(everyAsk, () => 'stranger'));
});

for (const [name, tenant] of Object.entries(tenantKinds) as [TenantName, TenantKind][]) {
  const count = Object.keys(people).length * (routeNames.length + 1);
  test(`people from ${name} open what the rules say: ${count} combinations`, async ({
    fork,
    entra,
  }) => {
    test.setTimeout(240_000);
    const { tenants } = entra;
    entra.control.patchRegistration({ installedIn: Object.values(tenants) });
    const ids = actionIds(fork.standalone);
    for (const visit of visits.filter((one) => one.name === name)) {
      const { kind, person, says, asks, expected } = visit;
      const robot = new Robot(fork);
      const usual = { acct: 0, roles: null, groups: null, auth_time: seconds(0) };
      entra.control.inject({ on: 'id_token', claims: { ...usual, ...person.claims } });
      const answer = await robot.signIn(tenant.account, pathOf('signed-in'));
      if (says !== 'in') {
        expect(answer.headers.get('location'), kind).toMatch(/\/auth\/(denied|error)$/);
        const page = await robot.open(answer.headers.get('location') ?? '');
        expect(page.status, kind).toBe(403);
        expect(await page.text(), kind).toContain(says);
        expect(await robot.me(), kind).toBeUndefined();
        continue;
      }
      expect(answer.headers.get('location'), kind).toBe(fork.app.url + pathOf('signed-in'));
      const before = actionsRun(fork);
      expect(await outcomesOf(robot, ids, asks), `${name}: ${kind}`).toEqual(expected);
      const acts = Object.entries(expected).filter(([way]) => way.startsWith('action'));
      const allowed = acts.filter(([, outcome]) => outcome === 'open').length;
      await expect.poll(() => actionsRun(fork) - before, kind).toBe(allowed);
    }
  });
}
