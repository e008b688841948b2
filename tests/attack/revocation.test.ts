import { startApp } from '../app-server';
import { expect, type Stack, test } from '../e2e/fixtures';
import { startRedis } from '../redis-server';
import { forgeSession } from './forged-session';
import { title } from './matrix';
import { Robot } from './robot';
import { adasRoutes, asDocument, protectedBytes, routes } from './stranger';
import { send } from './wire';

const ways: Record<string, string>[] = [asDocument, { rsc: '1' }, { accept: 'application/json' }];
const action = routes.find(({ actions }) => actions.length > 0);

/** The cookie of a session that is over opens nothing, and the browser gets rid of it. */
async function expectDead(app: Stack['app'], cookie: string, bytes: string[]): Promise<void> {
  const ran = () => app.events('example.action').length;
  const before = ran();
  for (const { path } of adasRoutes) {
    for (const headers of ways) {
      for (const method of ['GET', 'POST', 'HEAD']) {
        const ask = { method, headers: { ...headers, cookie, origin: app.url } };
        const answer = await send(app.url, path, ask);
        const text = await answer.text();
        const leaks = bytes.filter((one) => text.includes(one));
        expect(leaks, `${method} ${path} ${JSON.stringify(headers)}`).toEqual([]);
        if ('rsc' in headers) expect(answer.status, path).not.toBe(200);
        else if (path.startsWith('/api/')) expect([401, 405]).toContain(answer.status);
        else if (method === 'GET') {
          expect(answer.status, path).toBe(307);
          const there = `/auth/session?returnTo=${encodeURIComponent(path)}`;
          expect(answer.headers.get('location')).toBe(there);
        }
      }
    }
  }
  const headers = { cookie, origin: app.url, 'next-action': action?.actions[0] ?? '' };
  await send(app.url, action?.path ?? '', { method: 'POST', headers, body: '[]' });
  expect(ran(), 'no Server Action runs').toBe(before);

  const answer = await send(app.url, '/auth/session?returnTo=%2Faccount', { headers: { cookie } });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`${app.url}/auth/sign-in?returnTo=%2Faccount`);
  const [dropped = ''] = answer.headers.getSetCookie();
  expect(dropped).toMatch(/\.session=; .*Max-Age=0/);
  await expect.poll(() => app.events('session.invalid').at(-1)?.reason).toBe('revoked');
}

const headerOf = (robot: Robot) => {
  const { name = '', value = '' } = robot.session() ?? {};
  return `${name}=${value}`;
};

test(title('LO-04'), async ({ stack, entra }) => {
  test.setTimeout(120_000);
  const redis = await startRedis();
  const env = { ...stack.env, REDIS_URL: redis.url };
  const one = await startApp(env);
  const other = await startApp({ ...env, AUTH_URL: one.url });
  const own = { ...stack, app: one, env, entra };
  try {
    const bytes = await protectedBytes(own);

    await test.step('signing out ends every copy of the cookie, and no other session', async () => {
      for (const scope of ['app', 'microsoft']) {
        const [robot, bystander] = [new Robot(own), new Robot(own)];
        await Promise.all([robot.signIn(), bystander.signIn()]);
        const copy = headerOf(robot);
        await robot.post('/auth/sign-out', { scope });
        await expectDead(one, copy, bytes);
        await expect
          .poll(
            async () => (await send(other.url, '/api/me', { headers: { cookie: copy } })).status,
            {
              timeout: 1_000,
              intervals: [20],
            },
          )
          .toBe(401);
        expect(await bystander.me()).toBeTruthy();
      }
    });

    await test.step('an answer under way cannot bring the session back', async () => {
      const robot = new Robot(own);
      await robot.signIn();
      const { name = '' } = robot.session() ?? {};
      const due = { tenantId: entra.tenants.contoso, signedIn: -900, renewed: -600 };
      const old = await forgeSession(env, due);
      const ask = () => send(one.url, '/api/me', { headers: { cookie: `${name}=${old}` } });
      robot.cookies().set(name, old);
      const underWay = ask();
      const [answer] = await Promise.all([underWay, robot.post('/auth/sign-out')]);
      const late = await ask(); // its request was sent before, and is answered after
      for (const { headers } of [answer, late]) {
        for (const line of headers.getSetCookie().filter((set) => set.startsWith(`${name}=ey`))) {
          const cookie = line.slice(0, line.indexOf(';'));
          expect((await send(one.url, '/api/me', { headers: { cookie } })).status).toBe(401);
        }
      }
      expect(late.status).toBe(401);
    });

    await test.step('everywhere ends all sessions of that person and of nobody else', async () => {
      const [here, there, colleague] = [new Robot(own), new Robot(own), new Robot(own)];
      await Promise.all([here.signIn(), there.signIn(), colleague.signIn('Ben Osei')]);
      const copies = [here, there].map(headerOf);
      const response = await here.post('/auth/sign-out', { scope: 'everywhere' });
      expect(response.headers.get('location')).toBe(`${one.url}/auth/signed-out?everywhere=yes`);
      for (const copy of copies) await expectDead(one, copy, bytes);
      there.reach = other.url;
      await expect.poll(() => there.me(), { timeout: 1_000, intervals: [20] }).toBeUndefined();
      expect((await colleague.me())?.name).toBe('Ben Osei');
      await here.signIn();
      expect((await here.me())?.name, 'whoever signs in again is in').toBe('Ada Berg');
    });

    await test.step('nobody can end a session of somebody else, or find out about one', async () => {
      const [victim, stranger] = [new Robot(own), new Robot(own)];
      await victim.signIn();
      const cookie = headerOf(victim);
      for (const headers of [{}, { cookie }] as Record<string, string>[]) {
        await send(one.url, '/auth/session?returnTo=%2Faccount', { headers });
      }
      await stranger.post('/auth/sign-out', { scope: 'everywhere' });
      expect(await victim.me()).toBeTruthy();
    });
  } finally {
    await Promise.all([one.stop(), other.stop()]);
    await redis.kill();
  }
});
