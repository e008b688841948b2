import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from '@playwright/test';
import { listen } from '../../entra-local/serve.mjs';
import { site } from '../../lib/site';
import { gatherCrowd, startArriving, startReading } from '../../scripts/crowd.mjs';
import { howToInstall, missingServers } from '../../scripts/debian.mjs';
import { freePort } from '../../scripts/free-port.mjs';
import { statusOf } from '../../scripts/instance.mjs';
import { type Cluster, startCluster } from '../../scripts/servers.mjs';
import { createVisitor, type Visitor } from '../../scripts/visitor.mjs';
import { movableClock } from '../attack/preload';
import { choose, environmentFor, startSignIn } from './fixtures';

const missing = missingServers();
// `npm test` and `npm run attack` install them. In CI nothing is skipped: what is missing fails.
if (missing.length > 0) console.error(`\n!! SKIPPED: ${howToInstall(missing)}\n`);
test.skip(missing.length > 0 && !process.env.CI, howToInstall(missing));

const peopleCount = 40;
const firstPort = 33_000 + (process.pid % 100) * 100;
let cluster: Cluster;
let people: Visitor[];
/** What each server printed, by its name. */
const printed = new Map<string, string[]>();
let close = async () => {};

test.beforeAll(async () => {
  const entra = await listen({ port: 0 });
  cluster = await startCluster({
    env: environmentFor(entra),
    port: firstPort,
    shutdownDelaySeconds: 1,
    onLine: (who, line) => printed.set(who, [...(printed.get(who) ?? []), line]),
  });
  close = async () => {
    await cluster.close();
    await entra.close();
  };
  people = await gatherCrowd(cluster.origin, peopleCount, 10);
});
test.afterAll(() => close());

/** The events in the log of one instance. */
const eventsOf = (url: string, name: string) =>
  (printed.get(url) ?? []).filter((line) => line.includes(`"event":"${name}"`)).length;

const both = () => {
  const [first, second] = cluster.places;
  if (!first || !second) throw new Error('there are two instances');
  return [first, second] as const;
};

/** Lets everybody work on and new people arrive while something happens, and counts. */
async function whileBusy(run: () => Promise<void>) {
  const reading = startReading(people, { pauseMs: 400, paths: ['/api/me', '/api/me', '/account'] });
  const arriving = startArriving(cluster.origin, 1);
  await run();
  const [{ failed, signedOut, answered, resealed }, { arrived, refused }] = await Promise.all([
    reading.stop(),
    arriving.stop(),
  ]);
  expect({ failed, signedOut, refused: [...refused] }).toEqual({
    ...{ failed: [], signedOut: 0, refused: [] },
  });
  return { answered, resealed, arrived };
}

test('a sign-in starts on one instance and finishes on the other', async () => {
  for (const [here, there] of [both(), both().toReversed()] as const) {
    const ada = createVisitor(cluster.origin);
    const before = [here, there].map(({ url }) => eventsOf(url, 'sign_in'));
    await ada.finishSignIn(await ada.beginSignIn(here.url), there.url);
    await expect.poll(() => eventsOf(there.url, 'sign_in')).toBe((before[1] ?? 0) + 1);
    expect(eventsOf(here.url, 'sign_in')).toBe(before[0]);
    for (const { url } of [here, there]) {
      expect(await ada.open('/api/me', url)).toMatchObject({ status: 200 });
    }
  }
});

test('a browser comes back from Microsoft although the instance it started on is gone', async ({
  page,
}) => {
  const [first, second] = both();
  await second.stop();
  await page.goto(cluster.origin);
  await startSignIn(page);
  await Promise.all([second.start(), first.stop()]);
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL(cluster.origin + site.homePath);
  await first.start();
  await page.goto(`${cluster.origin}/account`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account');
});

test('a rolling restart loses no request and signs nobody out', async () => {
  const starts = () => both().map(({ url }) => eventsOf(url, 'app.started'));
  const before = starts();
  const { answered, arrived } = await whileBusy(() => cluster.restartInTurn());
  expect(answered).toBeGreaterThan(peopleCount);
  expect(arrived).toBeGreaterThan(0);
  expect(starts()).toEqual(before.map((count) => count + 1));
});

test('AUTH_SECRET is replaced under load: who is active stays, and dropping the old one ends the rest', async () => {
  test.setTimeout(120_000);
  const old = cluster.env.AUTH_SECRET ?? '';
  const fresh = 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA';
  const away = createVisitor(cluster.origin);
  await away.signIn();
  const sealedBefore = people.map((one) => one.session()?.value);
  const restartWith = (AUTH_SECRET: string) =>
    cluster.restartInTurn({ AUTH_SECRET, SHUTDOWN_DELAY_SECONDS: '0' });

  const { resealed } = await whileBusy(async () => {
    await restartWith(`${old},${fresh}`); // now every instance opens what any other will seal
    await restartWith(`${fresh},${old}`);
    for (const one of people) await one.open('/api/me');
    await restartWith(fresh);
  });
  expect(resealed).toBeGreaterThan(0);
  expect(people.filter((one, index) => one.session()?.value === sealedBefore[index])).toEqual([]);
  for (const { url } of cluster.places) {
    expect(await away.open('/api/me', url)).toMatchObject({ status: 401 });
  }
});

test('two instances with clocks five minutes apart sign nobody out', async () => {
  const [, second] = both();
  const clock = movableClock();
  const newest = { AUTH_SECRET: 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA' };
  try {
    await second.restart({ ...newest, ...clock.env });
    for (const apart of [300, -300]) {
      const { answered, arrived } = await whileBusy(async () => {
        await clock.moveTo(apart);
        const twice = [...people, ...people];
        await Promise.all(twice.map((one) => one.open('/account')));
      });
      expect(answered).toBeGreaterThan(0);
      expect(arrived).toBeGreaterThan(0);
    }
  } finally {
    clock.remove();
  }
});

test('npm run cluster says where everything is, and Ctrl-C leaves nothing behind', async () => {
  const folders = () => readdirSync(tmpdir()).filter((name) => /^azure-auth-cluster-/.test(name));
  const before = new Set(folders());
  const port = await freePort(firstPort + 50);
  const { PATH, HOME } = process.env;
  const child = spawn('node', ['scripts/cluster.mjs'], {
    env: { PATH, HOME, NODE_ENV: 'production', PORT: `${port}` },
    detached: true,
  });
  const closed = once(child, 'close');
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await expect.poll(() => said, { timeout: 30_000 }).toContain('Ctrl-C');
  const urls = [...said.matchAll(/http:\/\/(?:localhost|127\.0\.0\.1):\d+/g)].map(([url]) => url);
  expect(urls).toContain(`http://localhost:${port}`);
  const own = folders().filter((name) => !before.has(name));
  expect(own.length).toBeGreaterThan(0);
  expect(await statusOf(`http://localhost:${port}/readyz`)).toBe(200);

  process.kill(-(child.pid ?? 0), 'SIGINT');
  expect(await closed).toEqual([0, null]);
  for (const url of new Set(urls)) expect(await statusOf(url), url).toBe(0);
  expect(own.filter((name) => existsSync(`${tmpdir()}/${name}`))).toEqual([]);
});
