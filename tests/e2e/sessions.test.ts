import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openCommand, sealCommand } from '../../lib/command';
import type { RevocablePeople } from '../../lib/revoke';
import { createSealer } from '../../lib/sealer';
import { type AppServer, startApp } from '../app-server';
import { flood } from '../attack/flood';
import { withApp } from '../attack/own-app';
import { Robot } from '../attack/robot';
import { mostRequests } from '../rate-limit';
import { startRedis } from '../redis-server';
import { expect, type Stack, test } from './fixtures';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run sessions -- revoke …`, as an operator runs it beside the app. */
async function sessions({ app, env }: Pick<Stack, 'app' | 'env'>, ...args: string[]) {
  const command = ['node_modules/jiti/lib/jiti-cli.mjs', 'setup/sessions.ts', 'revoke', ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', AUTH_URL: app.url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      told += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, told };
}

async function signedIn(stack: Pick<Stack, 'app' | 'entra'>, name: string) {
  const robot = new Robot(stack);
  await robot.signIn(name);
  return robot;
}

async function idsOf(robot: Robot) {
  const { tenantId = '', objectId = '' } = (await robot.me()) ?? {};
  return { tenantId, objectId };
}

/** Ends Ada's sessions, then those of her organisation, then all, and looks at who is still in.
 * @param reaches the instances that must agree */
async function expectEnded(stack: Stack, reaches: string[]): Promise<void> {
  const [ada, twice, ben, farid] = await Promise.all(
    ['Ada Berg', 'Ada Berg', 'Ben Osei', 'Farid Nasser'].map((name) => signedIn(stack, name)),
  );
  if (!ada || !twice || !ben || !farid) throw new Error('nobody');
  const people = { ada, twice, ben, farid };
  const whoIsIn = async () => {
    const names = new Set<string>();
    for (const [name, robot] of Object.entries(people)) {
      for (const reach of reaches) {
        robot.reach = reach;
        if ((await robot.fetch('/api/me')).status === 200) names.add(name);
      }
    }
    return [...names];
  };
  const { tenantId, objectId } = await idsOf(ada);
  expect(await whoIsIn()).toEqual(['ada', 'twice', 'ben', 'farid']);

  const person = await sessions(stack, '--tenant', tenantId, '--oid', objectId);
  expect(person.told).toContain('✓');
  expect(person.code).toBe(0);
  await expect.poll(whoIsIn, { timeout: 1_000, intervals: [50] }).toEqual(['ben', 'farid']);
  await people.ada.signIn(); // nobody is kept from coming back
  expect(await whoIsIn()).toEqual(['ada', 'ben', 'farid']);

  const tenant = await sessions(stack, '--tenant', tenantId, '--json');
  expect(JSON.parse(tenant.told)).toMatchObject({ ok: true, target: 'tenant' });
  await expect.poll(whoIsIn, { timeout: 1_000, intervals: [50] }).toEqual(['farid']);

  expect((await sessions(stack, '--all')).code, 'nobody can be asked here').toBe(2);
  expect(await whoIsIn()).toEqual(['farid']);
  expect((await sessions(stack, '--all', '--yes')).code).toBe(0);
  await expect.poll(whoIsIn, { timeout: 1_000, intervals: [50] }).toEqual([]);
}

test('one instance alone is told by a sealed command, which its log repeats without a person', async ({
  stack,
  entra,
}) => {
  await withApp({ ...stack, entra }, {}, async (own) => {
    await expectEnded(own, [own.app.url]);
    const { contoso } = entra.tenants;
    await expect
      .poll(() => own.app.events('sessions.revoked'))
      .toMatchObject([
        { event: 'sessions.revoked', target: 'person', tenantId: contoso },
        { event: 'sessions.revoked', target: 'tenant', tenantId: contoso },
        { event: 'sessions.revoked', target: 'all' },
      ]);
    const ids = entra.accounts.map(({ oid }) => oid);
    expect(ids.filter((oid) => own.app.output().includes(oid))).toEqual([]);
  });
});

test('all instances are told through Redis, and take no commands themselves', async ({
  stack,
  entra,
}) => {
  const redis = await startRedis();
  const apps: AppServer[] = [];
  try {
    const env = { ...stack.env, REDIS_URL: redis.url };
    const app = await startApp(env);
    apps.push(app, await startApp({ ...env, AUTH_URL: app.url }));
    for (const one of apps) {
      await expect.poll(async () => (await fetch(`${one.url}/readyz`)).status).toBe(200);
    }
    const shared = { entra, app, env };
    await expectEnded(
      shared,
      apps.map(({ url }) => url),
    );
    const ada = await signedIn(shared, 'Ada Berg');
    const { tenantId } = await idsOf(ada);
    const unaware = { app, env: { ...env, REDIS_URL: '' } };
    const refused = await sessions(unaware, '--tenant', tenantId);
    expect(refused.told).toContain('Set REDIS_URL here');
    expect(refused.code).toBe(1);

    await redis.kill();
    const away = await sessions(shared, '--tenant', tenantId, '--json');
    expect(JSON.parse(away.told)).toMatchObject({ ok: false, store: 'redis' });
    expect(away.told).toContain('unreachable');
    expect(away.code).toBe(1);
    expect(await ada.me()).toBeTruthy();
  } finally {
    await redis.kill();
    for (const one of apps) await one.stop();
  }
});

test('wrong settings, a wrong secret and an app that is away end nothing and say so', async ({
  stack,
  entra,
}) => {
  const ada = await signedIn({ ...stack, entra }, 'Ada Berg');
  const { tenantId, objectId } = await idsOf(ada);
  const args = ['--tenant', tenantId, '--oid', objectId];
  const secret = 'Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo=';
  const faults: [env: Record<string, string>, code: number, told: string][] = [
    [{ AUTH_SECRET: secret }, 1, 'does not take this command'],
    [{ AUTH_URL: 'http://localhost:9' }, 1, 'does not answer'],
    [{ AUTH_SECRET: '' }, 2, 'AUTH_SECRET'],
    [{ AZURE_VALID_TENANT_IDS: entra.tenants.fabrikam }, 2, 'not in AZURE_VALID_TENANT_IDS'],
  ];
  for (const [env, code, told] of faults) {
    const { app } = stack;
    const answer = await sessions(
      { app, env: { ...stack.env, AUTH_URL: app.url, ...env } },
      ...args,
    );
    expect([answer.code, answer.told], told).toEqual([code, expect.stringContaining(told)]);
    expect(answer.told).not.toContain(secret);
    expect(await ada.me(), told).toBeTruthy();
  }
});

test('only a sealed command of this minute ends anything, and again it ends nothing new', async ({
  stack,
  entra,
  app,
}) => {
  const ada = await signedIn({ ...stack, entra }, 'Ada Berg');
  const ids = await idsOf(ada);
  const target: RevocablePeople = { kind: 'person', ...ids };
  const scope = {
    clientId: stack.env.AZURE_CLIENT_ID ?? '',
    authority: { origin: 'https://entra-local.invalid' },
  };
  const secrets = [stack.env.AUTH_SECRET ?? ''];
  const sealer = createSealer(secrets, 'command', scope);
  const post = async (body: string) => {
    const answer = await ada.fetch('/auth/revoke', { method: 'POST', body });
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.getSetCookie()).toEqual([]);
    return answer.status;
  };
  const lines = app.events('sessions.revoked').length;
  const good = { target, issuedAtMs: Date.now() };
  const forged = createSealer(['Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo='], 'command', scope);
  const refused = [
    '',
    'x',
    JSON.stringify(good),
    'x'.repeat(100_000),
    ada.session()?.value ?? '',
    await sealCommand(forged, good),
    await sealCommand(createSealer(secrets, 'session', scope), good),
    await sealCommand(sealer, { target, issuedAtMs: Date.now() - 61_000 }),
    await sealCommand(sealer, { target, issuedAtMs: Date.now() + 90_000 }),
    await sealer.seal({ target: { kind: 'session', sessionId: 'x' }, issuedAtMs: Date.now() }),
  ];
  for (const body of refused) expect(await post(body), body.slice(0, 20)).toBe(401);
  expect(await ada.me()).toBeTruthy();

  // Guessing is slow, and costs nobody else anything.
  const shot = { method: 'POST', path: '/auth/revoke', address: '10.69.0.1' } as const;
  const hits = await flood(app, Array<typeof shot>(mostRequests + 1).fill(shot));
  expect(hits.filter(({ status }) => status === 429)).toHaveLength(1);

  const token = await sealCommand(sealer, good);
  expect(await openCommand(sealer, token, Date.now())).toEqual(good);
  expect(await post(token)).toBe(204);
  expect(await ada.me()).toBeUndefined();
  await ada.signIn();
  expect(await post(token)).toBe(204);
  expect(await ada.me()).toBeTruthy();
  // Nor does one by a clock that is ahead.
  const early = await sealCommand(sealer, { target, issuedAtMs: Date.now() + 30_000 });
  expect(await post(early)).toBe(204);
  expect(await ada.me()).toBeUndefined();
  const again = await signedIn({ ...stack, entra }, 'Ada Berg');
  expect(await again.me()).toBeTruthy();
  await expect.poll(() => app.events('sessions.revoked')).toHaveLength(lines + 3);
});
