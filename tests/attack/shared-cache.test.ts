import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { needsSession, policyOf, requirementOf } from '../../lib/route-policy';
import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { startCachingProxy } from './caching-proxy';
import { title } from './matrix';
import { expectGated } from './outcomes';
import { Robot } from './robot';
import { adasRoutes, asDocument, protectedBytes, routes } from './stranger';

const asksForRole = (path: string) => requirementOf(policyOf(path)).role !== undefined;
const cacheOf = (response: Response) => response.headers.get('x-cache');
const expectUncacheable = (response: Response, what: string) => {
  expect(response.headers.get('cache-control'), what).toMatch(/\bprivate\b.*\bno-store\b/);
  expect(cacheOf(response), what).toBe('MISS');
};

test(title('GB-13'), async ({ stack, entra }) => {
  test.setTimeout(180_000);
  const cache = await startCachingProxy();
  const app = await startApp({ ...stack.env, AUTH_URL: cache.url });
  const careless = createServer((_, response) => {
    const headers = { 'cache-control': 's-maxage=31536000', 'set-cookie': 'session=of-the-first' };
    response.writeHead(200, headers).end('page of the first');
  });
  const front = { entra, app: { ...app, url: cache.url } };
  try {
    // This cache does keep and tell: an app that says s-maxage beside a cookie loses both.
    await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve));
    cache.forwardTo(`http://127.0.0.1:${(careless.address() as AddressInfo).port}`);
    await fetch(`${cache.url}/careless`);
    const second = await fetch(`${cache.url}/careless`);
    expect([cacheOf(second), second.headers.get('set-cookie')]).toEqual([
      'HIT',
      'session=of-the-first',
    ]);
    cache.store.length = 0;

    cache.forwardTo(app.url);
    const asset = /\/_next\/static\/[^"]+\.css/.exec(await (await fetch(cache.url)).text())?.[0];
    const first = await fetch(cache.url + asset);
    const again = await fetch(cache.url + asset);
    expect([cacheOf(first), cacheOf(again)]).toEqual(['MISS', 'HIT']);
    expect(await again.text()).toBe(await first.text());

    const bytes = await protectedBytes(front);
    const ada = new Robot(front);
    const stranger = new Robot(front);
    const ben = new Robot(front);
    expectUncacheable(await ada.post('/auth/start', { returnTo: '/account' }), 'start');
    expectUncacheable(await ada.signIn(), 'callback');
    await ben.signIn('Ben Osei');
    const closed = adasRoutes.map(({ path }) => path);
    // Names that end like files, for caches that go by the name, and every way React asks.
    const deceptive = closed.flatMap((path) =>
      ['/x.css', '.css', ';x.js', '%2Fx.css', '?x.css', '/..%2f..%2f_next/static/x.css'].map(
        (suffix) => path + suffix,
      ),
    );
    const ways: Record<string, string>[] = [
      asDocument,
      { rsc: '1' }, // Next answers 307 with the address that stands for these headers
      { rsc: '1', 'next-router-prefetch': '1' },
    ];
    for (const path of [...closed, ...deceptive]) {
      for (const headers of ways) {
        const hers = await ada.fetch(path, { headers });
        if (closed.includes(path)) expect([200, 307], path).toContain(hers.status);
        if (hers.status < 300) expectUncacheable(hers, path);
        if (headers === asDocument && closed.includes(path)) expect(hers.status, path).toBe(200);

        const theirs = await stranger.fetch(path, { headers });
        const text = await theirs.clone().text();
        expect(bytes.filter((one) => text.includes(one))).toEqual([]);
        if (closed.includes(path)) {
          expectUncacheable(theirs, path);
          await expectGated(theirs, { origin: cache.url });
        }
        const his = await ben.fetch(path, { headers });
        // A route that asks for a role explains itself to him, and that is kept no more.
        const open = [200, 307, ...(asksForRole(path) ? [303, 403] : [])];
        if (closed.includes(path)) expect(open, path).toContain(his.status);
        if (closed.includes(path)) expectUncacheable(his, path);
        expect(await his.text()).not.toContain('Ada Berg');
      }
    }
    for (const { path, policy } of routes) {
      if (needsSession(policy)) continue;
      for (const robot of [ada, stranger, ben]) {
        const answer = await robot.open(path);
        const text = await answer.text();
        if (robot !== ada) expect(text, path).not.toContain('Ada Berg');
        if (/^\/(auth|authorization-code)\//.test(path)) expectUncacheable(answer, path);
        if (text.includes('Ada Berg') || answer.headers.has('set-cookie')) {
          expectUncacheable(answer, path);
        }
      }
    }
    expectUncacheable(await ada.post('/auth/sign-out'), 'sign out');
    await expectGated(await ada.open('/account'), { origin: cache.url });
    expect((await ben.me())?.name).toBe('Ben Osei');

    const kept = cache.store.map(({ url, headers, body }) => ({
      url,
      cookie: headers.some(([name]) => /^set-cookie$/i.test(name)),
      bytes: [...bytes, 'Ben Osei'].filter((one) => body.includes(one)),
    }));
    expect(kept.filter(({ cookie, bytes }) => cookie || bytes.length > 0)).toEqual([]);
    expect(kept.length, 'the cache has kept something').toBeGreaterThan(0);
  } finally {
    careless.close();
    await app.stop();
    await cache.close();
  }
});
