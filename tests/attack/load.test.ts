import { loadGate } from '../../bench/gate-load.mjs';
import { type AppServer, startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { isInFull } from '../in-full';
import { mostRequests } from '../rate-limit';
import { flood, type Hit, type Shot } from './flood';
import { title } from './matrix';
import { growthWhile } from './memory';
import { movableClock } from './preload';
import { Robot } from './robot';

const always = Number.POSITIVE_INFINITY;
/** What is being measured on a machine that also runs the other side is told, not judged. */
const tell = (line: string) => console.log(line);

const percentile = (sorted: number[], share: number) =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

const crowds = isInFull ? [200, 1000] : [200];
test(title('LD-01'), async ({ stack, entra }) => {
  test.setTimeout(180_000);
  for (const on of ['discovery', 'keys', 'token'] as const) {
    entra.control.inject({ on, delayMs: 100, times: always });
  }
  const app = await startApp(stack.env);
  try {
    for (const people of crowds) {
      const robots = Array.from({ length: people }, () => new Robot({ entra, app }));
      const lost: (string | null)[] = [];
      const milliseconds = await Promise.all(
        robots.map(async (robot) => {
          const started = performance.now();
          const answer = await robot.signIn();
          lost.push(...(robot.session() ? [] : [answer.headers.get('location')]));
          return performance.now() - started;
        }),
      );
      expect(lost, 'who ended elsewhere').toEqual([]);
      milliseconds.sort((a, b) => a - b);
      const [p50, p95] = [percentile(milliseconds, 0.5), percentile(milliseconds, 0.95)];
      tell(`LD-01 ${people} people at once: p50 ${p50} ms, p95 ${p95} ms`);
    }
    const asked = (endpoint: string) =>
      entra.control.requests.filter((one) => one.endpoint === endpoint).length;
    expect({ discovery: asked('discovery'), keys: asked('keys') }).toEqual({
      discovery: 1,
      keys: 1,
    });
    const everybody = crowds.reduce((sum, people) => sum + people, 0);
    expect(asked('token')).toBe(everybody);
    expect(app.events('sign_in')).toHaveLength(everybody);
  } finally {
    await app.stop();
  }
});

const fromHere = (app: AppServer) => ({ origin: app.url, 'sec-fetch-site': 'same-origin' });
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));

/** Of each kind. Beyond the limits by far, also by hand. */
const shots = isInFull ? 5_000 : 2_000;
test(title('LD-02'), async ({ stack, entra }) => {
  test.setTimeout(420_000);
  const heap = { NODE_OPTIONS: '--max-semi-space-size=1' }; // garbage is no growth
  const app = await startApp({ ...stack.env, ...heap });
  const names = `azure-auth-${new URL(app.url).port}`;
  const junk = 'j'.repeat(8_000);
  const few = ['198.51.100.1', '198.51.100.2', '::ffff:198.51.100.3'];
  /** One household that changes its address with every request. */
  const household = (index: number) =>
    `2001:db8:1:1:${(index % 65_535).toString(16)}::${index + 1}`;
  const start = (address: string): Shot => ({
    ...{ method: 'POST', path: '/auth/start', address },
    headers: fromHere(app),
  });
  const callback = (address: string, index: number): Shot => ({
    path: `/authorization-code/callback?code=forged${index}&state=forged${index}`,
    address,
    headers: index % 4 === 0 ? { cookie: `${names}.flow.AAAAAAAA=${junk}` } : {},
  });
  const withJunk = (address: string, index: number): Shot => ({
    path: '/account',
    address,
    headers: { cookie: `${names}.${index % 2 ? 'session' : 'notice'}=${junk}` },
  });
  const volley = (count: number) => [
    ...many(count / 2, (index) => start(few[index % few.length] as string)),
    ...many(count / 2, (index) => start(household(index))),
    ...many(count / 2, (index) => callback(few[index % few.length] as string, index)),
    ...many(count / 2, (index) => callback(household(index), index)),
    ...many(count / 5, (index) => withJunk(household(index), index)),
  ];
  /** The limit's key: what counts as one client. */
  const clientOf = (address: string) =>
    address.startsWith('2001:db8:1:1:') ? 'household' : address;
  try {
    // The same from others first, so that what any load needs is there.
    const others = (shot: Shot) => ({ ...shot, address: `203.0.113.${shot.path.length % 250}` });
    const warmUp = await flood(app, volley(1_000).map(others));
    const ada = new Robot({ entra, app });
    await ada.signIn();

    const logged = () =>
      app
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { event: string; of?: string; count?: number });
    const started = performance.now();
    const hits: Hit[] = [];
    let arrived = 0;
    const lost: string[] = [];
    const attack = async () => {
      let flooding = true;
      const fired = flood(app, volley(shots)).finally(() => {
        flooding = false;
      });
      // Meanwhile people come in, and whoever is in works on.
      do {
        const ben = new Robot({ entra, app });
        const answer = await ben.signIn('Ben Osei');
        const page = await ada.open('/account');
        if (ben.session() === undefined || page.status !== 200) {
          const where = `${answer.headers.get('location')} and ${page.status}`;
          lost.push(`${where}: ${JSON.stringify(app.events('provider.unavailable').at(-1))}`);
        }
        arrived += 1;
      } while (flooding);
      hits.push(...(await fired));
    };
    const first = await growthWhile(app, attack);
    const growth = await growthWhile(app, attack); // what still grows now would grow for ever
    const seconds = (performance.now() - started) / 1000;
    tell(
      `LD-02 ${hits.length} requests in ${seconds.toFixed(1)} s, memory grew by ${first.toFixed(1)} MB and then ${growth.toFixed(1)} MB, ${arrived} others came in`,
    );
    expect(lost, 'others who did not come in').toEqual([]);
    expect(growth).toBeLessThan(30);
    expect(arrived).toBeGreaterThan(1);

    const refused = hits.filter(({ status }) => status === 429);
    expect(new Set(hits.map(({ status }) => status))).toEqual(new Set([303, 429]));
    const isProper = ({ headers }: Hit) =>
      Number(headers['retry-after']) > 0 &&
      Number(headers['retry-after']) <= 60 &&
      headers['cache-control'] === 'private, no-store' &&
      headers['set-cookie'] === undefined;
    expect(refused.filter((hit) => !isProper(hit)).slice(0, 3)).toEqual([]);
    // Two endpoints are limited, each by the minute that began with a client's first request. The
    // gate has no limit: it answers from the cookie alone.
    const minutes = Math.floor(seconds / 60) + 1;
    const isLimited = ({ headers }: Hit) => !headers.location?.startsWith('/auth/sign-in');
    const allowed: Record<string, number> = {};
    for (const hit of hits.filter((one) => one.status === 303 && isLimited(one))) {
      const client = clientOf(hit.address);
      allowed[client] = (allowed[client] ?? 0) + 1;
    }
    expect(Object.keys(allowed).sort()).toEqual([...few, 'household'].sort());
    for (const [client, count] of Object.entries(allowed)) {
      expect(count, client).toBeGreaterThanOrEqual(2 * mostRequests);
      expect(count, client).toBeLessThanOrEqual(2 * mostRequests * minutes);
    }

    // Of each event a hundred lines in ten seconds, and the rest is counted.
    const linesOf = (event: string) => logged().filter((line) => line.event === event).length;
    const windows = Math.ceil(seconds / 10) + 3; // and those of the warming up
    for (const event of ['rate_limited', 'sign_in.failed', 'gate.deny', 'session.invalid']) {
      expect(linesOf(event), event).toBeGreaterThan(0);
      expect(linesOf(event), event).toBeLessThanOrEqual(100 * windows);
    }
    const counted = () =>
      logged()
        .filter(({ event, of }) => event === 'log.suppressed' && of === 'rate_limited')
        .reduce((sum, { count = 0 }) => sum + count, 0);
    await expect
      .poll(
        async () => {
          await ada.post('/auth/sign-out'); // any line brings the count along
          await ada.signIn();
          return linesOf('rate_limited') + counted();
        },
        { timeout: 20_000, intervals: [1_000] },
      )
      .toBe([...warmUp, ...hits].filter(({ status }) => status === 429).length);

    // Each network of its own is a client of its own.
    const networks = many(400, (index) => start(`2001:db8:2:${index.toString(16)}::1`));
    const welcome = await flood(app, networks);
    expect(new Set(welcome.map(({ status }) => status))).toEqual(new Set([303]));
  } finally {
    await app.stop();
  }
});

test(title('LD-04'), async ({ stack, app, entra }) => {
  const sign = async (env: Record<string, string>) => {
    const other = await startApp({ ...stack.env, AUTH_URL: app.url, ...env });
    const robot = new Robot(stack);
    robot.reach = other.url;
    await robot.signIn();
    await other.stop();
    return robot.session()?.value ?? '';
  };
  const robot = new Robot(stack);
  await robot.signIn();
  const { name = '', value = '' } = robot.session() ?? {};
  const foreign = await sign({ AUTH_SECRET: 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA' });
  // Signed in thirteen hours ago, where twelve are the most.
  const clock = movableClock();
  await clock.moveTo(-13 * 3600);
  entra.control.setClock(-13 * 3600);
  const expired = await sign(clock.env);
  clock.remove();

  const report = await loadGate({
    ...{ origin: app.url, cookie: name, valid: value, foreign, expired },
    ...{ seconds: 5, perSecond: 1000, atATime: 32 },
  });
  tell(
    `LD-04 ${report.requests} requests: gate p50 ${report.gate.p50} ms, p99 ${report.gate.p99} ms; healthz p50 ${report.health.p50} ms, p99 ${report.health.p99} ms`,
  );
  expect(report.wrong).toEqual([]);
  for (const kind of ['valid', 'absent', 'tampered', 'cut', 'junk', 'foreign', 'expired']) {
    expect(report.counts[kind], kind).toBeGreaterThan(5);
  }
  expect(report.renewals).toBe(0);
});
