import { readFileSync } from 'node:fs';
import { startApp } from '../app-server';
import { expect, type Stack, type StandIn, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectDenied, expectRefusedStart } from './outcomes';
import { Robot } from './robot';

const issuer = (tenantId: string) => `https://entra-local.invalid/${tenantId}/v2.0`;
const accountOf = (entra: StandIn, name: string) => {
  const account = entra.accounts.find((one) => one.name === name);
  if (!account) throw new Error(`the stand-in has no ${name}`);
  return account;
};

/** An app of its own beside the stack's, with other variables. */
async function withApp<T>(
  stack: Stack,
  changes: Record<string, string>,
  use: (app: Stack['app']) => Promise<T>,
): Promise<T> {
  const app = await startApp({ ...stack.env, ...changes });
  try {
    return await use(app);
  } finally {
    await app.stop();
  }
}

test(title('TC-01'), async ({ stack, app, entra }) => {
  const { northwind: tenantId } = entra.tenants;
  const stranger = new Robot(stack);
  await expectDenied(stranger, app, await stranger.signIn('Noor de Vries'), { tenantId });
  expect(await stranger.me()).toBeUndefined();

  const ada = new Robot(stack);
  await ada.signIn('Ada Berg');
  const before = { session: ada.session(), person: await ada.me() };
  expect(before.person).toMatchObject({ name: 'Ada Berg' });
  ada.cookies(entra.url).clear(); // someone else sits down at Microsoft
  const denied = await ada.signIn('Noor de Vries', '/account?tab=details');
  await expectDenied(ada, app, denied, { tenantId, returnTo: '/account?tab=details' });
  expect({ session: ada.session(), person: await ada.me() }).toEqual(before);
  expect(await (await ada.open('/auth/denied')).text()).toContain('still signed in as');
});

test(title('TC-02'), async ({ stack }) => {
  const uri = (segment: string) => `https://login.microsoftonline.com/${segment}/v2.0`;
  const { AZURE_VALID_TENANT_IDS: _, ...unset } = stack.env;
  const lists: Stack['env'][] = [
    { AZURE_VALID_TENANT_IDS: '' },
    { AZURE_VALID_TENANT_IDS: ' , ,' },
    { AZURE_VALID_TENANT_IDS: '""', AZURE_ISSUER_URI: uri('organizations') },
    { AZURE_ISSUER_URI: uri('common') },
  ];
  for (const changes of lists) {
    const problem = { variable: 'AZURE_VALID_TENANT_IDS', code: 'missing' };
    expectRefusedStart(await startApp({ ...unset, ...changes }), problem);
  }
});

test(title('TC-03'), async ({ stack, entra }) => {
  const { contoso, fabrikam, northwind } = entra.tenants;
  const pasted = `\uFEFF "{${contoso.toUpperCase()}}" ,\n'${fabrikam}',\r\n${contoso} ,`;
  await withApp(stack, { AZURE_VALID_TENANT_IDS: pasted }, async (app) => {
    expect(app.events('app.started')).toEqual([expect.objectContaining({ tenants: 2 })]);
    for (const name of ['Ada Berg', 'Farid Nasser']) {
      const robot = new Robot({ entra, app });
      await robot.signIn(name);
      expect(await robot.me()).toMatchObject({ name });
    }
    const robot = new Robot({ entra, app });
    const denied = await robot.signIn('Noor de Vries');
    await expectDenied(robot, app, denied, { tenantId: northwind });
  });

  const bad = {
    not_a_guid: `${fabrikam.slice(0, -1)}z`,
    tenant_is_domain: 'c4n4ry.example.com',
    tenant_is_authority: 'common',
    placeholder: '<your tenant id>',
  };
  for (const [code, entry] of Object.entries(bad)) {
    const list = `${contoso},${entry},${fabrikam}`;
    const app = await startApp({ ...stack.env, AZURE_VALID_TENANT_IDS: list });
    const values = entry === 'common' ? [] : [entry];
    expectRefusedStart(app, { variable: 'AZURE_VALID_TENANT_IDS', code }, values);
    expect(app.events('config.error')).toHaveLength(1);
    expect(app.events('config.error')[0]?.problem).toContain('entry 2 ');
  }
});

test(title('TC-04'), async ({ stack, app, entra }) => {
  const { contoso, fabrikam, personal } = entra.tenants;
  const asPersonal = { on: 'id_token', ring: 'personal' } as const;
  const claims = { tid: personal, iss: issuer(personal) };

  // Several organisations are signed in at `organizations`, where no personal account belongs.
  const robot = new Robot(stack);
  entra.control.inject({ ...asPersonal, claims });
  await expectDenied(robot, app, await robot.signIn(), { tenantId: personal });

  const uri = (segment: string) => `https://login.microsoftonline.com/${segment}/v2.0`;
  await withApp(stack, { AZURE_ISSUER_URI: uri('common') }, async (common) => {
    const mia = new Robot({ entra, app: common });
    await expectDenied(mia, common, await mia.signIn('Mia Rossi'), { tenantId: personal });
    expect(await mia.me()).toBeUndefined();
  });
  await withApp(stack, { AZURE_VALID_TENANT_IDS: personal }, async (consumers) => {
    const mia = new Robot({ entra, app: consumers });
    const request = await mia.start();
    expect(request.pathname).toContain('/consumers/');
    await mia.fetch(await mia.answer(request, 'Mia Rossi'));
    expect(await mia.me()).toMatchObject({ tenantId: personal });

    const member = new Robot({ entra, app: consumers });
    const forged = { tid: contoso, iss: issuer(contoso) };
    entra.control.inject({ on: 'id_token', ring: 'organizations', claims: forged });
    const denied = await member.signIn('Mia Rossi');
    await expectDenied(member, consumers, denied, { tenantId: contoso });
  });
  await withApp(stack, { AZURE_VALID_TENANT_IDS: `${contoso},${personal}` }, async (both) => {
    const mia = new Robot({ entra, app: both });
    await mia.signIn('Mia Rossi');
    expect(await mia.me()).toMatchObject({ tenantId: personal });
    const farid = new Robot({ entra, app: both });
    const denied = await farid.signIn('Farid Nasser');
    await expectDenied(farid, both, denied, { tenantId: fabrikam });
  });
});

test(title('TC-05'), async ({ stack, app: several, entra }) => {
  const { contoso, northwind } = entra.tenants;
  // Where the authority names no tenant, Microsoft signs guests in at home; hers is not listed.
  const visitor = new Robot(stack);
  const answer = await visitor.signIn('Grace Lindqvist');
  await expectDenied(visitor, several, answer, { tenantId: northwind });

  const one = { AZURE_VALID_TENANT_IDS: contoso };
  // The same people, told apart by nothing but what Microsoft says about them.
  const guests = {
    'idp of another tenant': { acct: null, idp: issuer(northwind) },
    'acct = 1': { acct: 1, idp: null },
    both: { acct: 1, idp: issuer(northwind) },
    'a personal account as idp': { acct: null, idp: 'live.com' },
  };
  const members = {
    'no claim at all': { acct: null, idp: null },
    'acct = 0': { acct: 0, idp: null },
    'idp = iss': { acct: null, idp: issuer(contoso) },
    'a foreign mail domain': { acct: 0, idp: null, email: 'ada@northwind.example' },
  };

  for (const AZURE_ALLOW_GUESTS of ['', 'true', 'false']) {
    const allowed = AZURE_ALLOW_GUESTS !== 'false';
    await withApp(stack, { ...one, AZURE_ALLOW_GUESTS }, async (app) => {
      const needed = app.events('access.claims_needed').map(({ claims }) => claims);
      expect(needed, 'what the rule depends on').toEqual(allowed ? [] : ['acct']);
      for (const [isGuest, people] of [
        [true, guests],
        [false, members],
      ] as const) {
        for (const [kind, claims] of Object.entries(people)) {
          const robot = new Robot({ entra, app });
          entra.control.inject({ on: 'id_token', claims });
          const before = app.events('sign_in').length;
          const answer = await robot.signIn();
          if (isGuest && !allowed) {
            await expectDenied(robot, app, answer, { tenantId: contoso, reason: 'guest' });
            expect(await robot.me(), kind).toBeUndefined();
          } else {
            expect(await robot.me(), kind).toMatchObject({ tenantId: contoso });
            await expect.poll(() => app.events('sign_in').length).toBe(before + 1);
            expect(app.events('sign_in').at(-1)?.guest === true, kind).toBe(isGuest);
          }
        }
      }
      // At the tenant's own authority Microsoft signs a guest in as one, with an id of her own there.
      const grace = new Robot({ entra, app });
      const answer = await grace.signIn('Grace Lindqvist');
      if (!allowed) return expectDenied(grace, app, answer, { reason: 'guest' });
      expect(await grace.me()).toMatchObject({ tenantId: contoso });
      const { objectId } = (await grace.me()) ?? {};
      expect(objectId).toBe('f6027b9d-84ce-4135-8ea0-3b71d9c5e248');
      expect(objectId).not.toBe(accountOf(entra, 'Grace Lindqvist').oid);

      // The setting is asked at every request: her session ends where guests may not come in.
      const { name, value } = grace.session() ?? { name: '', value: '' };
      const closed = { ...one, AUTH_URL: app.url, AZURE_ALLOW_GUESTS: 'false' };
      await withApp(stack, closed, async (twin) => {
        const headers = { cookie: `${name}=${value}` };
        expect((await fetch(`${twin.url}/api/me`, { headers })).status).toBe(401);
        await expect
          .poll(() => twin.events('session.invalid').at(-1))
          .toMatchObject({ reason: 'guest' });
      });
    });
  }
  const documented = readFileSync('docs/deploy.md', 'utf8');
  expect(documented).toMatch(/\n\| `AZURE_ALLOW_GUESTS` [^\n]*unset, they come in/);
  const app = await startApp({ ...stack.env, AZURE_ALLOW_GUESTS: 'c4n4ry' });
  expectRefusedStart(app, { variable: 'AZURE_ALLOW_GUESTS' }, ['c4n4ry']);
});

test(title('TC-06'), async ({ stack, app, entra }) => {
  const victim = new Robot(stack);
  await victim.signIn('Ada Berg');
  const ada = await victim.me();
  const borrowed = { email: 'ada@contoso.example', preferred_username: 'ada@contoso.example' };
  const farid = accountOf(entra, 'Farid Nasser');
  for (const xms_edov of [0, '0', false, null, true, '1']) {
    const robot = new Robot(stack);
    entra.control.inject({ on: 'id_token', claims: { ...borrowed, name: 'Ada Berg', xms_edov } });
    await robot.signIn('Farid Nasser');
    const { tenantId, objectId } = (await robot.me()) ?? {};
    expect({ tenantId, objectId }).toEqual({ tenantId: farid.tenantId, objectId: farid.oid });
    expect({ tenantId, objectId }).not.toMatchObject({ objectId: ada?.objectId });

    const stranger = new Robot(stack);
    entra.control.inject({ on: 'id_token', claims: { ...borrowed, xms_edov } });
    const { northwind: tenant } = entra.tenants;
    const denied = await stranger.signIn('Noor de Vries');
    await expectDenied(stranger, app, denied, { tenantId: tenant });
  }
});

test(title('TC-07'), async ({ stack, app, entra }) => {
  const signIn = async (name: string, claims?: Record<string, unknown>) => {
    const robot = new Robot(stack);
    if (claims) entra.control.inject({ on: 'id_token', claims });
    const before = app.events('sign_in').length;
    await robot.signIn(name);
    await expect.poll(() => app.events('sign_in').length).toBe(before + 1);
    const { tenantId, objectId } = (await robot.me()) ?? {};
    return { tenantId, objectId, sessionId: app.events('sign_in').at(-1)?.sessionId };
  };
  const { oid, tenantId } = accountOf(entra, 'Ada Berg');
  const same = { oid, sub: 'the-same-subject-in-two-tenants' };
  const ada = await signIn('Ada Berg', same);
  const double = await signIn('Farid Nasser', same);
  expect(ada).toMatchObject({ tenantId, objectId: oid });
  expect(double).toMatchObject({ tenantId: entra.tenants.fabrikam, objectId: oid });

  // Neither the subject nor anything random has a part in who she is; only her session is new.
  const again = await signIn('Ada Berg', { sub: 'another-subject' });
  expect({ ...again, sessionId: '' }).toEqual({ ...ada, sessionId: '' });
  expect(again.sessionId).not.toBe(ada.sessionId);
  const shouting = await signIn('Ada Berg', { oid: oid.toUpperCase() });
  expect({ ...shouting, sessionId: '' }).toEqual({ ...ada, sessionId: '' });
});
