import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { startApp } from '../app-server';
import { expect, type Stack, test } from '../e2e/fixtures';
import { type Forgery, forgeSession, openCookie } from './forged-session';
import { title } from './matrix';
import { expectAnonymous, expectRefusedStart } from './outcomes';
import { movableClock } from './preload';
import { Robot } from './robot';

const minutes = 60;
const hours = 60 * minutes;

type Wire = { a: number; r: number; x: number; s: string };
const read = async (env: Stack['env'], value: string) =>
  JSON.parse(await openCookie(env, value)) as Wire;

/** The name of the session cookie, as a sign-in sets it. */
async function cookieName(stack: Stack): Promise<string> {
  const robot = new Robot(stack);
  await robot.signIn();
  return robot.session()?.name ?? '';
}

/** One request with a cookie of its own. @returns the status, and the cookie that came back */
async function ask(robot: Robot, name: string, value: string) {
  const response = await robot.fetch('/api/me', { headers: { cookie: `${name}=${value}` } });
  const line = response.headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
  robot.cookies().clear();
  return {
    status: response.status,
    renewed: line?.slice(name.length + 1, line.indexOf(';')),
    maxAge: Number(/Max-Age=(\d+)/.exec(line ?? '')?.[1] ?? Number.NaN),
  };
}

test(title('SC-05'), async ({ stack, app, entra }) => {
  test.setTimeout(180_000);
  const { contoso: tenantId } = entra.tenants;
  const name = await cookieName(stack);
  const robot = new Robot(stack);
  const forge = (forgery: Omit<Forgery, 'tenantId'>) =>
    forgeSession(stack.env, { tenantId, ...forgery });

  // A journey with the shortest limits runs beside the rest. Its sign-in is 45 seconds old at once.
  const clock = movableClock();
  const short = await startApp({
    ...stack.env,
    ...clock.env,
    SESSION_IDLE_MINUTES: '1',
    SESSION_LIFETIME_HOURS: '1',
  });
  const ada = new Robot({ entra, app: short });
  await clock.moveTo(-45);
  entra.control.setClock(-45);
  await ada.signIn();
  const signedInAt = Date.now() - 45_000;
  await clock.moveTo(0);
  entra.control.setClock(0);
  const copy = ada.session() ?? { name: '', value: '' };

  await test.step('the documented limits are the limits', async () => {
    const documented = readFileSync('docs/deploy.md', 'utf8').split('\n');
    const lineOf = (variable: string) =>
      documented.find((line) => line.includes(`\`${variable}\``));
    expect(lineOf('SESSION_IDLE_MINUTES')).toMatch(/\b60\b/);
    expect(lineOf('SESSION_LIFETIME_HOURS')).toMatch(/\b12\b/);
    const good = { signedIn: -12 * hours + 2 * minutes, renewed: -59 * minutes };
    expect(await ask(robot, name, await forge(good))).toMatchObject({ status: 200 });
    const refused: [Omit<Forgery, 'tenantId'>, string][] = [
      [{ signedIn: -3 * hours, renewed: -60 * minutes - 2 }, 'idle'],
      [{ signedIn: -12 * hours - 2, renewed: 0 }, 'expired'],
      // A cookie that promises itself more, from a time with longer limits, gets no more.
      [{ signedIn: -13 * hours, renewed: 0, ends: 11 * hours }, 'expired'],
      [{ signedIn: -1 * hours, renewed: 0, ends: -2 }, 'expired'],
    ];
    for (const [forgery, reason] of refused) {
      await expectAnonymous(robot, app, { name, value: await forge(forgery) }, reason);
      robot.cookies().clear();
    }
  });

  await test.step('use moves the idle end and never the absolute one', async () => {
    const old = await forge({ signedIn: -11.5 * hours, renewed: -6 * minutes });
    const { status, renewed = '', maxAge } = await ask(robot, name, old);
    expect(status).toBe(200);
    expect(maxAge).toBeLessThanOrEqual(0.5 * hours);
    expect(maxAge).toBeGreaterThan(0.5 * hours - 60);
    const [before, after] = [await read(stack.env, old), await read(stack.env, renewed)];
    expect(after).toEqual({ ...before, r: expect.any(Number) });
    expect(after.r - before.r).toBeGreaterThanOrEqual(6 * minutes);
    const fresh = await forge({ signedIn: -1 * hours, renewed: -4 * minutes });
    expect(await ask(robot, name, fresh)).toMatchObject({ status: 200, renewed: undefined });
  });

  await test.step('shorter limits bite at once, in sessions that began before them', async () => {
    const reach = new Robot({ entra, app: short });
    for (const [forgery, reason] of [
      [{ signedIn: -1 * hours - 2, renewed: 0 }, 'expired'],
      [{ signedIn: -30 * minutes, renewed: -62 }, 'idle'],
    ] as const) {
      const value = await forge(forgery);
      await expectAnonymous(reach, short, { name: copy.name, value }, reason);
      reach.cookies().clear();
    }
  });

  await test.step('limits that are no limits refuse to start', async () => {
    for (const variable of ['SESSION_IDLE_MINUTES', 'SESSION_LIFETIME_HOURS']) {
      for (const value of ['0', '-5', '1.5', 'never', '999999999']) {
        expectRefusedStart(await startApp({ ...stack.env, [variable]: value }), { variable });
      }
    }
  });

  await test.step('who is active stays, and a copy that lay idle is worth nothing', async () => {
    try {
      expect((await ada.open('/account')).status).toBe(200);
      expect(ada.session()?.value).not.toBe(copy.value);
      await wait(signedInAt + 61_500 - Date.now());
      await expectAnonymous(new Robot({ entra, app: short }), short, copy, 'idle');
      expect(await ada.me()).toMatchObject({ name: 'Ada Berg' });
    } finally {
      await short.stop();
      clock.remove();
    }
  });
});

test(title('SC-09'), async ({ stack, entra }) => {
  const fresh = 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA';
  const AUTH_URL = stack.app.url;
  const env: Stack['env'] = { ...stack.env, AUTH_URL };
  const ada = new Robot(stack);
  await ada.signIn();
  const old = ada.session() ?? { name: '', value: '' };
  const ben = new Robot(stack);
  const underWay = await ben.answer(await ben.start(), 'Ben Osei');

  const both = await startApp({ ...env, AUTH_SECRET: `${fresh},${env.AUTH_SECRET}` });
  ada.reach = both.url;
  ben.reach = both.url;
  expect((await ada.open('/account')).status).toBe(200);
  const reissued = ada.session() ?? { name: '', value: '' };
  expect(reissued.value).not.toBe(old.value);
  const [before, after] = [
    await read(env, old.value),
    await read({ ...env, AUTH_SECRET: fresh }, reissued.value),
  ];
  expect(after).toEqual({ ...before, r: expect.any(Number) });
  expect((await ada.open('/account')).headers.getSetCookie(), 'once is enough').toEqual([]);
  await ben.fetch(underWay); // a sign-in that began under the old secret
  expect(await ben.me()).toMatchObject({ name: 'Ben Osei' });
  await both.stop();

  const after1 = await startApp({ ...env, AUTH_SECRET: fresh });
  ada.reach = after1.url;
  ben.reach = after1.url;
  expect(await ada.me()).toMatchObject({ name: 'Ada Berg' });
  expect(await ben.me()).toMatchObject({ name: 'Ben Osei' });
  const late = new Robot({ entra, app: { url: AUTH_URL } });
  late.reach = after1.url;
  await expectAnonymous(late, after1, old, 'unknown_key');
  await after1.stop();
});

test(title('SC-13'), async ({ stack, entra }) => {
  const { contoso: tenantId } = entra.tenants;
  const name = await cookieName(stack);
  const twin = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
  const instances = [stack.app.url, twin.url].map((url) => {
    const robot = new Robot(stack);
    robot.reach = url;
    return robot;
  });
  const opensOnBoth = async (value: string) => {
    for (const robot of instances)
      expect(await ask(robot, name, value)).toMatchObject({ status: 200 });
  };
  try {
    await test.step('twenty requests at the moment of renewal', async () => {
      const due = await forgeSession(stack.env, {
        tenantId,
        signedIn: -1 * hours,
        renewed: -6 * minutes,
      });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => ask(instances[index % 2] as Robot, name, due)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      const renewed = answers.flatMap((answer) => answer.renewed ?? []);
      expect(renewed.length).toBeGreaterThan(0);
      for (const value of new Set([due, ...renewed])) await opensOnBoth(value);
    });

    await test.step('instances whose clocks are five minutes apart', async () => {
      for (const apart of [-5 * minutes, 5 * minutes]) {
        // As the other instance sealed it at sign-in, and as it renewed it an hour later.
        for (const signedIn of [apart, apart - 1 * hours]) {
          const value = await forgeSession(stack.env, { tenantId, signedIn, renewed: apart });
          const answers = await Promise.all(instances.map((robot) => ask(robot, name, value)));
          for (const { status, renewed, maxAge } of answers) {
            expect(status, `${apart} s apart`).toBe(200);
            if (renewed === undefined) continue;
            expect(maxAge).toBeGreaterThan(0);
            await opensOnBoth(renewed);
          }
        }
      }
      // No cookie goes back and forth: the one that renewed it is ahead, the other has no reason.
      const ahead = await forgeSession(stack.env, { tenantId, renewed: 5 * minutes });
      const [first] = instances as [Robot, Robot];
      expect((await ask(first, name, ahead)).renewed).toBeUndefined();
    });
  } finally {
    await twin.stop();
  }
});
