import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { hold, holdSame } from '../hold';
import { title } from './matrix';
import { expectRejected } from './outcomes';
import { Robot } from './robot';

test(title('TC-08'), async ({ stack, entra }) => {
  const ada = new Robot(stack);
  await ada.signIn('Ada Berg');
  const farid = new Robot(stack);
  await farid.signIn('Farid Nasser');
  const cookie = ada.session();
  const { fabrikam, northwind } = entra.tenants;
  const app = await startApp({
    ...stack.env,
    AUTH_URL: stack.app.url,
    AZURE_VALID_TENANT_IDS: `${fabrikam},${northwind}`,
  });
  try {
    ada.reach = app.url;
    farid.reach = app.url;
    const code = await ada.fetch('/api/me');
    expect(code.status).toBe(401);
    expect(await code.json()).toEqual({ error: 'unauthenticated' });
    await expect
      .poll(() => app.events('session.invalid').at(-1))
      .toMatchObject({ reason: 'tenant_removed' });

    if (cookie) ada.cookies().set(cookie.name, cookie.value); // that answer has cleared it
    const page = await ada.open('/account?tab=details');
    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe(`${ada.origin}/auth/denied`);
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect(page.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(new RegExp(`^${cookie?.name}=;.*Max-Age=0`)),
    );
    expect(ada.session()).toBeUndefined();
    const { incidentId } = app.events('session.invalid').at(-1) ?? {};

    const denied = await ada.open('/auth/denied');
    expect(denied.status).toBe(403);
    const html = await denied.text();
    expect(html).toContain('Your organisation cannot use this app');
    expect(html).toContain('Use another account');
    expect(html).toContain('name="returnTo" value="/account?tab=details"');
    expect(html).toContain(String(incidentId));
    expect(html).not.toContain(fabrikam);

    // Nobody else is touched, and the way that was kept leads on with another account.
    expect(await farid.me()).toMatchObject({ name: 'Farid Nasser' });
    const next = await ada.start('/account?tab=details', { prompt: 'select_account' });
    const answer = await ada.fetch(await ada.answer(next, 'Noor de Vries'));
    expect(answer.headers.get('location')).toBe(`${ada.origin}/account?tab=details`);
    expect(await ada.me()).toMatchObject({ tenantId: northwind });
  } finally {
    await app.stop();
  }
  const same = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
  const kept = await fetch(`${same.url}/api/me`, {
    headers: { cookie: `${cookie?.name}=${cookie?.value}` },
  });
  expect(kept.status, 'the organisation is on the list again').toBe(200);
  await same.stop();
});

test(title('TC-10'), async ({ stack, entra }) => {
  test.setTimeout(120_000);
  const app = await startApp(stack.env);
  try {
    const refuseOne = async () => {
      const tid = randomUUID();
      const claims = { tid, iss: `https://entra-local.invalid/${tid}/v2.0` };
      const robot = new Robot({ entra, app });
      const request = await robot.start();
      const callback = await robot.answer(request);
      return { robot, callback, claims, tid };
    };
    // Everyone is at Microsoft first, so that the refusals come as fast as they can.
    const flood = 160;
    const waiting: Awaited<ReturnType<typeof refuseOne>>[] = [];
    for (let index = 0; index < flood; index += 1) waiting.push(await refuseOne());
    const requestsBefore = entra.control.requests.length;
    const startedAt = Date.now();
    for (const { claims } of waiting) entra.control.inject({ on: 'id_token', claims });
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          const answer = await next.robot.fetch(next.callback);
          holdSame(answer.headers.get('location'), `${app.url}/auth/denied`, 'it is refused');
          hold(next.robot.session() === undefined, 'no session');
        }
      }),
    );
    expect(Date.now() - startedAt, 'the flood was one window long').toBeLessThan(10_000);
    const caused = entra.control.requests.slice(requestsBefore);
    const endpoints = caused.map(({ endpoint }) => endpoint);
    expect(endpoints.filter((endpoint) => endpoint === 'token')).toHaveLength(flood);
    expect(endpoints.filter((endpoint) => endpoint !== 'token')).toEqual(['keys']);
    expect(app.events('sign_in')).toEqual([]);

    // What is left out is counted, and whoever may come in still does, with a line of their own.
    await wait(Math.max(0, startedAt + 10_500 - Date.now()));
    const ada = new Robot({ entra, app });
    await ada.signIn('Ada Berg');
    expect(await ada.me()).toMatchObject({ name: 'Ada Berg' });
    await expect.poll(() => app.events('sign_in').length).toBe(1);
    const lines = app.events('sign_in.denied');
    expect(lines.length).toBeLessThanOrEqual(200);
    expect(lines.length).toBeGreaterThanOrEqual(100);
    const left = app.events('log.suppressed').filter(({ of }) => of === 'sign_in.denied');
    const counted = left.reduce((sum, { count }) => sum + Number(count), 0);
    expect(counted).toBe(flood - lines.length);
    expect(counted).toBeGreaterThan(0);

    const one = new Robot({ entra, app });
    entra.control.inject({ on: 'id_token', claims: { tid: 'c4n4ry\n{"event":"sign_in"}' } });
    await expectRejected(one, app, await one.signIn(), { reason: 'claim_type:tid' });
    expect(app.output()).not.toContain('c4n4ry');
  } finally {
    await app.stop();
  }
});
