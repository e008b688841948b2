import { randomUUID } from 'node:crypto';
import { createClient } from '@redis/client';
import { startApp } from '../app-server';
import { expect, type Stack, test } from '../e2e/fixtures';
import { mostRequests } from '../rate-limit';
import { type RedisServer, startRedis } from '../redis-server';
import { flood } from './flood';
import { listenAsStranger } from './foreign-site';
import { genuineTokens, partsOf } from './forged-token';
import { title } from './matrix';
import { growthWhile } from './memory';
import { Robot } from './robot';
import { send } from './wire';

const path = '/authorization-code/front-channel-logout';

/** A signed-in robot, and Microsoft's id of its session. */
async function signedIn(stack: Pick<Stack, 'app' | 'entra'>): Promise<{ ada: Robot; sid: string }> {
  const ada = new Robot(stack);
  await ada.signIn();
  const { id_token } = await genuineTokens(ada, randomUUID());
  return { ada, sid: String(partsOf(id_token).claims.sid) };
}

/** What Microsoft's frame asks for. */
const frame = (app: { url: string }, query: string, init: RequestInit = {}) =>
  fetch(`${app.url}${path}${query}`, { redirect: 'manual', ...init });

/** Every answer but its status is one and the same. */
async function answerOf(response: Response) {
  const shown = ['content-type', 'cache-control', 'content-security-policy', 'x-frame-options'];
  const headers = Object.fromEntries(shown.map((name) => [name, response.headers.get(name)]));
  const setCookies = response.headers.getSetCookie();
  return { ...headers, setCookies, body: await response.text() };
}

/** What the store holds, but for the app's own sign of life. */
async function keysOf({ url }: RedisServer): Promise<string[]> {
  const client = await createClient({ url }).connect();
  const keys = await client.keys('*');
  const stream = keys.find((key) => key.endsWith(':revocations'));
  const entries = stream ? await client.xLen(stream) : 0;
  client.destroy();
  return [`${entries} revocations`, ...keys.filter((key) => !key.endsWith(':probe')).sort()];
}

test(title('LO-06'), async ({ stack, entra, browser }) => {
  test.setTimeout(180_000);
  const redis = await startRedis();
  const env = { ...stack.env, REDIS_URL: redis.url };
  // Garbage is no growth: a small heap is swept often.
  const heap = { NODE_OPTIONS: '--max-semi-space-size=1 --max-old-space-size=160' };
  const app = await startApp({ ...env, ...heap });
  try {
    await expect.poll(async () => (await fetch(`${app.url}/readyz`)).status).toBe(200);
    const own = { app, entra };
    const { ada, sid } = await signedIn(own);
    const lines = () => app.events('front_channel_sign_out').length;
    const proper = await answerOf(await frame(app, `?sid=${randomUUID()}`));
    expect(proper).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': expect.stringContaining('no-store'),
      'content-security-policy': `default-src 'none'; frame-ancestors ${entra.url}`,
      'x-frame-options': null,
      setCookies: [],
      body: '<!doctype html><title>Signed out</title>',
    });

    await test.step('what is no id, or somebody else’s, changes nothing and answers the same', async () => {
      const queries = [
        ...['', '?', '?sid', '?sid=', '?SID=x', '?iss=x', '?sid[]=x', `?${sid}`, `#sid=${sid}`],
        ...[`?sid=${sid}&sid=${sid}`, `?sid=${sid}&sid=`, `?sid=%20${sid}`, `?sid=${sid}%00`],
        ...[`?sid=${sid}*`, '?sid=*', '?sid=%2a', `?sid=${sid.slice(0, -1)}`, `?sid=${sid}0`],
        ...[
          `?sid=${'x'.repeat(128)}`,
          `?sid=${'x'.repeat(8_000)}`,
          '?sid=%E0%A4%A',
          '?sid=a%0d%0ab',
        ],
        ...['?sid=__proto__', '?sid=undefined', '?sid=<script>', `?sid=session:${sid}`],
      ];
      for (const query of queries) {
        const answer = await frame(app, query);
        expect(answer.status, query).toBe(200);
        expect(await answerOf(answer), query).toEqual(proper);
      }
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await send(app.url, `${path}?sid=${sid}`, { method });
        expect([204, 405], method).toContain(answer.status);
      }
      const body = new URLSearchParams({ sid });
      expect((await frame(app, '', { method: 'POST', body })).status).toBe(405);
      expect(await ada.me()).toBeTruthy();
      expect(lines()).toBe(0);
    });

    await test.step('cookies that come along are neither read nor changed', async () => {
      const ben = new Robot(own);
      await ben.signIn('Ben Osei');
      const answer = await ben.fetch(`${path}?sid=${randomUUID()}`);
      expect(await answerOf(answer)).toEqual(proper);
      expect(await ben.me()).toBeTruthy();
      const { name = '' } = ben.session() ?? {};
      const junk = await frame(app, '?sid=x', { headers: { cookie: `${name}=junk` } });
      expect(await answerOf(junk)).toEqual(proper);
    });

    await test.step('a flood of ids that nobody has leaves nothing behind', async () => {
      /** From as many clients: each is remembered for a minute, by its address alone. */
      const shots = (network: number) =>
        Array.from({ length: 2_000 }, (_, index) => ({
          path: `${path}?sid=${randomUUID()}`,
          address: `10.${network}.${index >> 3}.${index & 7}`,
        }));
      await flood(app, shots(66));
      const keys = await keysOf(redis);
      const length = app.output().length;
      const grown = await growthWhile(app, async () => {
        const hits = await flood(app, shots(67));
        expect(new Set(hits.map(({ status }) => status))).toEqual(new Set([200]));
      });
      expect(grown).toBeLessThan(30);
      expect(await keysOf(redis), 'nothing in the store').toEqual(keys);
      expect(app.output().length, 'no line of the log').toBe(length);
      expect(await ada.me()).toBeTruthy();

      const address = '10.68.0.1';
      const one = await flood(
        app,
        Array.from({ length: mostRequests + 1 }, () => ({ path, address })),
      );
      expect(one.filter(({ status }) => status === 429)).toHaveLength(1);
      const limited = await frame(app, `?sid=${sid}`, {
        headers: { 'x-forwarded-for': address, 'content-security-policy': "'nonce-ofastranger'" },
      });
      expect([limited.status, Number(limited.headers.get('retry-after')) > 0]).toEqual([429, true]);
      expect(await answerOf(limited)).toEqual(proper);
      expect(await ada.me(), 'who asks too often ends nothing').toBeTruthy();
    });

    await test.step('the id of a session ends that session, and the answer does not tell', async () => {
      const again = new Robot(own); // in another browser, so another session at Microsoft
      await again.signIn();
      expect(await answerOf(await frame(app, `?sid=${sid}`))).toEqual(proper);
      expect(await ada.me()).toBeUndefined();
      expect(await again.me()).toBeTruthy();
      await expect.poll(lines).toBe(1);
    });

    await test.step('while the store cannot tell, an id counts here, and is no line of the log', async () => {
      const { ada: other, sid: known } = await signedIn(own);
      const elsewhere = await startApp({ ...env, AUTH_URL: app.url });
      await expect.poll(async () => (await fetch(`${elsewhere.url}/readyz`)).status).toBe(200);
      await redis.kill();
      await expect.poll(async () => (await fetch(`${elsewhere.url}/readyz`)).status).toBe(503);
      other.reach = elsewhere.url;
      await frame(elsewhere, `?sid=${randomUUID()}`);
      expect(await other.me()).toBeTruthy();
      await frame(elsewhere, `?sid=${known}`);
      expect(await other.me()).toBeUndefined();
      expect(elsewhere.events('front_channel_sign_out')).toEqual([]);
      await elsewhere.stop();
    });
  } finally {
    await app.stop();
    await redis.kill();
  }

  await test.step('Microsoft’s page alone can frame it', async () => {
    const page = await browser.newPage();
    const stranger = await listenAsStranger(
      `<iframe src="${stack.app.url}${path}?sid=x"></iframe><iframe src="data:text/html,<title>mine</title>"></iframe>`,
    );
    await page.goto(stranger.url, { waitUntil: 'networkidle' });
    const frames = page.frames().slice(1);
    expect(frames.map((one) => one.url().split(':')[0]).sort()).toEqual(['chrome-error', 'data']);
    stranger.close();
    await page.close();
  });
});

/** Where a back channel would be looked for, and every address of ours that takes a POST. */
const addresses = [
  ...['/authorization-code/back-channel-logout', '/authorization-code/backchannel-logout', path],
  ...['/auth/back-channel-logout', '/auth/backchannel-logout', '/backchannel-logout', '/logout'],
  ...[
    '/api/auth/backchannel-logout',
    '/api/auth/signout',
    '/api/logout',
    '/oidc/backchannel-logout',
  ],
  ...[
    '/auth/sign-out',
    '/auth/revoke',
    '/auth/session',
    '/auth/start',
    '/authorization-code/callback',
  ],
  ...['/csp-report', '/', '/account', '/api/me'],
];

test(title('LO-07'), async ({ stack, app, entra }) => {
  const metadata = await fetch(`${entra.url}/organizations/v2.0/.well-known/openid-configuration`);
  const members = (await metadata.json()) as Record<string, unknown>;
  expect(members).toMatchObject({ frontchannel_logout_supported: true });
  expect(Object.keys(members).filter((name) => name.includes('backchannel'))).toEqual([]);

  // Signed by the provider's own key, with all that OpenID Connect Back-Channel Logout 1.0 §2.4 asks.
  const { ada, sid } = await signedIn(stack);
  entra.control.inject({
    on: 'id_token',
    header: { typ: 'logout+jwt' },
    claims: {
      ...{ nonce: null, jti: randomUUID(), sid },
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    },
  });
  const { id_token: genuine } = await genuineTokens(ada, randomUUID());
  const { header, claims } = partsOf(genuine);
  expect([header.typ, claims.sid, claims.nonce]).toEqual(['logout+jwt', sid, undefined]);

  const [first = '', second = ''] = genuine.split('.');
  const tokens = [genuine, `${first}.${second}.`, `${first}.${second}.AAAA`, 'x'];
  const body = (token: string) => new URLSearchParams({ logout_token: token, sid });
  for (const address of addresses) {
    for (const token of tokens) {
      const stranger = new Robot(stack);
      for (const headers of [{}, { origin: entra.url }, { 'sec-fetch-site': 'cross-site' }]) {
        const init = {
          method: 'POST',
          headers: headers as Record<string, string>,
          body: body(token),
        };
        const { status } = await stranger.fetch(address, init);
        const isReport = address === '/csp-report';
        expect(isReport ? [204, 400, 415] : [303, 401, 403, 404, 405], address).toContain(status);
      }
    }
    const query = `?${body(genuine)}`;
    if (address !== path) await new Robot(stack).fetch(address + query);
    expect(await ada.me(), address).toBeTruthy();
  }
  for (const event of ['front_channel_sign_out', 'sessions.revoked', 'sign_out']) {
    expect(app.output(), event).not.toContain(genuine);
  }
});
