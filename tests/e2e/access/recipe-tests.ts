import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { access as ownAccess } from '../../../lib/access';
import { site } from '../../../lib/site';
import { inEnglish } from '../../../lib/words';
import { inventoryProblems } from '../../attack/inventory';
import { Robot } from '../../attack/robot';
import { expect, test, withTwin } from './fork';
import { envOf, recipes, tablesWith } from './recipes';
import { additions } from './table-routes';
import { arrive, look, press, withSession } from './visitors';

const closed = { at: '/auth/denied', status: 403, heading: 'Your account cannot open this page' };

test('a developer who copies the ten recipes gets a build without a complaint', ({ fork }) => {
  expect(recipes.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const { access } = tablesWith(additions);
  expect(inventoryProblems(fork.standalone, access as typeof ownAccess)).toEqual([]);
  const folder = join(fork.standalone, '../..');
  const tsc = 'node_modules/typescript/lib/tsc.js';
  // The generated tables use less of lib/access.ts than the lines of a developer do.
  const flags = ['--noEmit', '--noUnusedLocals', 'false'];
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('recipes 1 and 2: two organisations alone, and of the guests those of one', async ({
  fork,
  entra,
}) => {
  entra.control.patchAccount('farid@fabrikam.example', { roles: ['Partner'] });
  const noor = await arrive(fork, 'Noor de Vries');
  const ada = await arrive(fork, 'Ada Berg');
  expect([await noor.robot.me(), await ada.robot.me()]).toEqual([
    expect.objectContaining({ name: 'Noor de Vries' }),
    expect.objectContaining({ name: 'Ada Berg' }),
  ]);
  await withTwin(fork, { ...envOf(1), ...envOf(2) }, async (app) => {
    // Who was in before the list was made shorter is out at the next click, and nobody else.
    for (const { robot } of [noor, ada]) robot.reach = app.url;
    const out = 'Your organisation cannot use this app';
    expect(await look(noor.robot, '/account')).toMatchObject({ at: '/auth/denied', heading: out });
    expect(await ada.robot.me()).toMatchObject({ name: 'Ada Berg' });

    const rows = [
      ['Ada Berg', 0, '/projects'],
      ['Ada Berg', 1, '/projects'], // as a guest: recipe 2 lets Contoso's in
      ['Farid Nasser', 0, site.homePath],
      ['Farid Nasser', 1, '/auth/denied'],
      ['Noor de Vries', 0, '/auth/denied'],
    ] as const;
    for (const [name, acct, to] of rows) {
      const came = await arrive(fork, name, { claims: { acct }, reach: app.url });
      expect(came.to, `${name}, acct ${acct}`).toBe(to);
      if (acct === 1 && name === 'Farid Nasser') {
        expect((await look(came.robot, to)).heading).toBe('Guests cannot use this app');
      }
    }
  });
});

test('recipe 3: a guest of Contoso opens /projects alone, a member everything', async ({
  fork,
  entra,
}) => {
  const listed = { AZURE_VALID_TENANT_IDS: entra.tenants.contoso };
  await withTwin(fork, { ...listed, ...envOf(2) }, async ({ url: reach }) => {
    const grace = await arrive(fork, 'Grace Lindqvist', { reach });
    expect(grace.to).toBe('/projects');
    expect(await look(grace.robot, '/projects')).toMatchObject({
      status: 200,
      heading: 'Projects',
    });
    expect(await look(grace.robot, '/prices')).toMatchObject(closed);
    expect(await look(grace.robot, '/account')).toMatchObject({ status: 200 });
    const ben = await arrive(fork, 'Ben Osei', { reach });
    for (const [path, heading] of [
      ['/projects', 'Projects'],
      ['/prices', 'Prices'],
    ] as const) {
      expect(await look(ben.robot, path)).toMatchObject({ at: path, status: 200, heading });
    }
  });
});

test('recipe 4: administrators see the page and the link to it, others neither', async ({
  fork,
  entra,
}) => {
  const { robot: ada } = await arrive(fork, 'Ada Berg');
  const link = 'href="/office/invoices"';
  expect((await look(ada, '/office')).html).toContain(link);
  expect((await look(ada, '/office')).html).toContain('You are an administrator here.');
  expect(await look(ada, '/office/invoices')).toMatchObject({ status: 200, heading: 'Invoices' });
  const { robot: ben } = await arrive(fork, 'Ben Osei');
  const office = await look(ben, '/office');
  expect(office).toMatchObject({ status: 200, heading: 'Office' });
  expect(office.html).not.toMatch(/office\/invoices|You are an administrator/);
  expect(await look(ben, '/office/invoices')).toMatchObject(closed);
  // Given the role just now: a new sign-in tells, and leads back to the page.
  entra.control.patchAccount('ben@contoso.example', { roles: ['Admin'] });
  const { html } = await look(ben, '/office/invoices');
  await ben.fetch(await ben.answer(await press(ben, html, 'Sign in again'), 'Ben Osei'));
  expect(await look(ben, '/office/invoices')).toMatchObject({ status: 200, heading: 'Invoices' });
  // The same role from an organisation whose rule does not name it.
  const claims = { roles: ['Admin', 'Partner'] };
  const { robot: farid } = await arrive(fork, 'Farid Nasser', { claims });
  expect(await look(farid, '/office/invoices')).toMatchObject(closed);
  const reasons = () => fork.app.events('roles.ignored').map(({ reason }) => reason);
  await expect.poll(reasons).toContain('not_from_this_tenant');
});

test('recipe 5: who is in the group opens the page, also one of too many groups', async ({
  fork,
  entra,
}) => {
  const { robot: ada } = await arrive(fork, 'Ada Berg'); // is in it
  expect(await look(ada, '/plan')).toMatchObject({ status: 200, heading: 'Plan' });
  const { robot: ben } = await arrive(fork, 'Ben Osei'); // is in none
  expect(await look(ben, '/plan')).toMatchObject(closed);
  const { robot: omar } = await arrive(fork, 'Omar Haddad'); // is in 250, and this is one
  expect(await look(omar, '/plan')).toMatchObject(closed);
  const denials = () => fork.app.events('gate.deny').map(({ reason }) => reason);
  await expect.poll(denials).toContain('groups_unread');

  await withTwin(fork, envOf(5), async (app) => {
    for (const robot of [ada, ben, omar]) robot.reach = app.url;
    expect(await look(ada, '/plan')).toMatchObject({ status: 200, heading: 'Plan' });
    expect(await look(ben, '/plan')).toMatchObject(closed);
    expect(await look(omar, '/plan')).toMatchObject({ status: 200, heading: 'Plan' });
    // In as many groups, and not in this one.
    const others = Array.from(
      { length: 250 },
      (_, at) => `5ad0c0de-0000-4000-9000-${10 ** 11 + at}`,
    );
    entra.control.patchAccount('ben@contoso.example', { groups: others });
    await ben.fetch(await ben.answer(await ben.start('/projects'), 'Ben Osei'));
    expect(await look(ben, '/plan')).toMatchObject(closed);
    expect(await look(ben, '/projects')).toMatchObject({ status: 200 });
  });
});

test('recipe 6: of Fabrikam nobody comes in without the role, of Contoso everybody', async ({
  fork,
  entra,
}) => {
  const without = await arrive(fork, 'Farid Nasser');
  expect(await without.robot.me()).toBeUndefined();
  expect((await look(without.robot, without.to)).heading).toBe(
    'You do not have access to this app yet',
  );
  entra.control.patchAccount('farid@fabrikam.example', { roles: ['Partner'] });
  const { robot: farid } = await arrive(fork, 'Farid Nasser');
  expect(await farid.me()).toMatchObject({ name: 'Farid Nasser' });
  const { robot: ben } = await arrive(fork, 'Ben Osei');
  expect(await ben.me()).toMatchObject({ name: 'Ben Osei' });

  // Whoever was in before the rule came is held to it as well.
  const robot = new Robot(fork);
  await withSession(fork, robot, { tenantId: entra.tenants.fabrikam, signedIn: 1 });
  expect((await look(robot, '/account')).heading).toBe('You do not have access to this app yet');
});

test('recipe 9: one organisation has a page, a landing place and a name of its own', async ({
  fork,
  entra,
}) => {
  const noor = await arrive(fork, 'Noor de Vries');
  expect(noor.to).toBe('/northwind');
  expect(await look(noor.robot, '/northwind')).toMatchObject({
    status: 200,
    heading: 'Welcome, Northwind Traders',
  });
  expect((await look(noor.robot, '/account')).html).toContain('Northwind Traders');
  const wanted = await arrive(fork, 'Noor de Vries', { returnTo: '/prices' });
  expect(wanted.to, 'who came for a page gets there').toBe('/prices');
  const { robot: ada } = await arrive(fork, 'Ada Berg');
  const denied = await look(ada, '/northwind');
  expect(denied).toMatchObject(closed);
  expect(denied.html).not.toContain(entra.tenants.northwind);
});

test('recipe 9: who comes by the start page lands where their organisation says', async ({
  fork,
}) => {
  const robot = new Robot(fork);
  const arriveBy = async (path: string, words: string, name: string) => {
    const request = await press(robot, (await look(robot, path)).html, words);
    const answer = await robot.fetch(await robot.answer(request, name));
    return answer.headers.get('location')?.replace(robot.origin, '');
  };
  const button = 'Sign in with Microsoft';
  const another = 'Use another account';
  expect(await arriveBy('/', button, 'Noor de Vries')).toBe('/northwind');
  expect((await look(robot, '/')).html).toContain('href="/northwind"');
  expect((await look(robot, '/auth/signed-out')).at, 'she is signed in').toBe('/northwind');
  expect(await arriveBy('/', another, 'Ada Berg'), 'at the home of Contoso').toBe('/projects');
  expect(await arriveBy('/account', another, 'Noor de Vries')).toBe('/northwind');
  await robot.post('/auth/sign-out');
  expect(await arriveBy('/auth/signed-out', button, 'Noor de Vries')).toBe('/northwind');
});

test('recipe 10: sessions from before a moment are over, of all or of one organisation', async ({
  fork,
  entra,
}) => {
  const { contoso, fabrikam } = entra.tenants;
  const appRoles = ['Admin', 'Partner'];
  const rows = [
    [contoso, -1, 'in', 'out'],
    [contoso, 1, 'in', 'in'],
    [fabrikam, -1, 'out', 'out'],
    [fabrikam, 1, 'in', 'in'],
  ] as const;
  const whoIsIn = async (url: string) => {
    const seen: string[] = [];
    for (const [tenantId, signedIn] of rows) {
      const robot = new Robot(fork);
      robot.reach = url;
      await withSession(fork, robot, { tenantId, signedIn, appRoles });
      seen.push((await robot.me()) ? 'in' : 'out');
    }
    return seen;
  };
  expect(await whoIsIn(fork.app.url)).toEqual(rows.map(([, , one]) => one));
  await withTwin(fork, envOf(10), async (app) => {
    expect(await whoIsIn(app.url)).toEqual(rows.map(([, , , all]) => all));
    const robot = new Robot(fork);
    robot.reach = app.url;
    await withSession(fork, robot, { tenantId: contoso, signedIn: -1 });
    const { heading } = inEnglish.words.signIn;
    expect(await look(robot, '/office')).toMatchObject({ heading });
    expect(app.events('session.invalid').at(-1)).toMatchObject({ reason: 'epoch' });
    const answer = await robot.signIn('Ada Berg', '/office');
    expect(answer.headers.get('location')).toBe(`${robot.origin}/office`);
  });
});
