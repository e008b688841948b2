import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { generate } from 'selfsigned';
import { freePort } from '../../scripts/free-port.mjs';
import { type AppServer, startApp } from '../app-server';
import { Robot } from '../attack/robot';
import { type RedisServer, startRedis } from '../redis-server';
import { expect, sessionCookie, signIn, test } from './fixtures';

let redis: RedisServer;
let apps: AppServer[] = [];
test.afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
  await redis.kill();
});

const readiness = async (app: AppServer) => {
  const answer = await fetch(`${app.url}/readyz`);
  return { ...((await answer.json()) as Record<string, unknown>), status: answer.status };
};
const soon = { timeout: 8_000, intervals: [50] };

test('while Redis is away nobody is signed out, readiness is red, and nothing that was ended comes back', async ({
  stack,
  entra,
}) => {
  test.setTimeout(90_000);
  redis = await startRedis();
  const env = { ...stack.env, REDIS_URL: redis.url };
  const one = await startApp(env);
  const other = await startApp({ ...env, AUTH_URL: one.url });
  apps = [one, other];
  await expect
    .poll(() => readiness(one), soon)
    .toMatchObject({ status: 200, revocations: 'redis' });
  const own = { ...stack, entra, app: one, env };
  const [stays, leavesBefore, leavesMeanwhile] = [new Robot(own), new Robot(own), new Robot(own)];
  for (const robot of [stays, leavesBefore, leavesMeanwhile]) await robot.signIn();
  const copyOf = (robot: Robot) => {
    const { name = '', value = '' } = robot.session() ?? {};
    return { cookie: `${name}=${value}` };
  };
  const [before, meanwhile] = [copyOf(leavesBefore), copyOf(leavesMeanwhile)];
  const statusAt = async (app: AppServer, headers: Record<string, string>) =>
    (await fetch(`${app.url}/api/me`, { headers })).status;
  await leavesBefore.post('/auth/sign-out');
  await expect.poll(() => statusAt(other, before), soon).toBe(401);

  await redis.kill();
  for (const app of apps) {
    await expect
      .poll(() => readiness(app), soon)
      .toMatchObject({ status: 503, revocations: 'unavailable' });
  }
  expect(await stays.me()).toBeTruthy();
  const response = await leavesMeanwhile.post('/auth/sign-out', { scope: 'everywhere' });
  expect(response.headers.get('location')).toBe(`${one.url}/auth/signed-out?everywhere=later`);
  expect(await statusAt(one, meanwhile)).toBe(401);
  expect(await statusAt(one, before)).toBe(401);
  expect(await statusAt(other, before)).toBe(401);
  await stays.signIn(); // a sign-in needs no Redis either
  expect(await stays.me()).toBeTruthy();

  redis = await startRedis({}, redis.port); // and it has forgotten everything
  for (const app of apps) {
    await expect.poll(() => readiness(app), soon).toMatchObject({ status: 200 });
    await expect.poll(() => statusAt(app, meanwhile), soon).toBe(401);
    await expect.poll(() => statusAt(app, before), soon).toBe(401);
    expect(app.events('revocation.unavailable')).toHaveLength(1);
    await expect.poll(() => app.events('revocation.recovered'), soon).toHaveLength(1);
  }
  const direct = createClient({ url: redis.url });
  await direct.connect();
  const keys = await direct.keys('*');
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.join(), 'keys name no person').not.toContain('ada');
  direct.destroy();
});

test('an app that starts while Redis is away serves, says so, and is ready once it is there', async ({
  stack,
  entra,
}) => {
  redis = await startRedis();
  await redis.kill();
  const app = await startApp({ ...stack.env, REDIS_URL: redis.url });
  apps = [app];
  const robot = new Robot({ ...stack, entra, app });
  await robot.signIn();
  expect(await robot.me()).toBeTruthy();
  expect(await readiness(app)).toMatchObject({ status: 503, revocations: 'unavailable' });
  expect(app.events('revocation.unavailable')).toMatchObject([{ reason: 'unreachable' }]);
  redis = await startRedis({}, redis.port);
  await expect.poll(() => readiness(app), soon).toMatchObject({ status: 200 });
});

test('the log says where ended sessions are kept, and no log says how Redis is reached', async ({
  stack,
  app,
}) => {
  redis = await startRedis({ requirepass: 'a-password-of-redis' });
  const withRedis = await startApp({
    ...stack.env,
    REDIS_URL: redis.url.replace('//', '//:not-the-password@'),
  });
  apps = [withRedis];
  expect(app.events('app.started')[0]).toMatchObject({ revocations: 'memory' });
  expect(app.events('revocation.local')).toHaveLength(1);
  expect(withRedis.events('app.started')[0]).toMatchObject({ revocations: 'redis' });
  expect(withRedis.events('revocation.local')).toEqual([]);
  await expect
    .poll(() => withRedis.events('revocation.unavailable'), soon)
    .toMatchObject([{ reason: 'credentials' }]);
  expect(withRedis.output()).not.toMatch(/password|redis:\/\/|127\.0\.0\.1/);
});

test('a page whose session was ended elsewhere leads to sign in and back', async ({
  page,
  stack,
  entra,
}) => {
  redis = await startRedis();
  const elsewhere = new Robot({ ...stack, entra });
  await elsewhere.signIn();
  for (const next of ['a reload', 'a link', 'a link', 'a link', 'a button'] as const) {
    await page.goto('/account?tab=details');
    await signIn(page, 'Ada Berg');
    await expect(page).toHaveURL('/account?tab=details');
    await elsewhere.signIn();
    await elsewhere.post('/auth/sign-out', { scope: 'everywhere' });
    if (next === 'a button') await page.getByRole('button', { name: 'Check my session' }).click();
    if (next === 'a link') await page.getByRole('link', { name: 'Overview' }).click();
    if (next === 'a reload') await page.reload();
    await expect(page).toHaveURL(/\/auth\/sign-in\?returnTo=%2Faccount/);
    // A Server Action cannot send a browser there; its cookie is worth nothing and goes later.
    if (next !== 'a button') expect(await sessionCookie(page)).toBeUndefined();
    await page.context().clearCookies({ domain: '127.0.0.1' }); // Microsoft asks again
  }
});

test('Redis is reached by TLS, and not where its certificate is not trusted', async ({ stack }) => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(cert, made.cert);
  writeFileSync(key, made.private);
  const port = await freePort(41_000);
  redis = await startRedis({
    ...{ 'tls-port': `${port}`, 'tls-cert-file': cert, 'tls-key-file': key },
    'tls-auth-clients': 'no',
  });
  const env = { ...stack.env, REDIS_URL: `rediss://localhost:${port}` };
  const trusting = await startApp({ ...env, NODE_EXTRA_CA_CERTS: cert });
  const wary = await startApp(env);
  apps = [trusting, wary];
  await expect.poll(() => readiness(trusting), soon).toMatchObject({ status: 200 });
  await expect
    .poll(() => wary.events('revocation.unavailable'), soon)
    .toMatchObject([{ reason: 'tls' }]);
  expect(await readiness(wary)).toMatchObject({ status: 503 });
  rmSync(folder, { recursive: true });
});
