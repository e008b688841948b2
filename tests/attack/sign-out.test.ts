import { loginHintOf } from '../../entra-local/id-token.mjs';
import { startApp } from '../app-server';
import { expect, type StandIn, sessionCookie, signIn, test } from '../e2e/fixtures';
import { listenAsStranger } from './foreign-site';
import { title } from './matrix';
import { expectGated } from './outcomes';
import { Robot } from './robot';

const always = Number.POSITIVE_INFINITY;

/** The answer ends the session in this browser, and keeps no copy of its pages. */
function expectSessionEnded(robot: Robot, response: Response): void {
  expect(response.status).toBe(303);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('clear-site-data')).toContain('"cache"');
  const cleared = response.headers.getSetCookie().filter((line) => /\.session=;/.test(line));
  expect(cleared).toEqual([expect.stringContaining('Max-Age=0')]);
  expect(robot.session()).toBeUndefined();
}

test(title('LO-01'), async ({ stack, app, page }) => {
  const robot = new Robot(stack);
  await robot.signIn();
  const signOuts = () => app.events('sign_out').length;
  const before = signOuts();
  const attempts: RequestInit[] = [
    { method: 'GET' },
    { method: 'HEAD' },
    { method: 'GET', headers: { 'sec-fetch-site': 'same-origin' } }, // a link on our own page
    { method: 'POST' },
    { method: 'POST', headers: { origin: 'https://evil.example' } },
    { method: 'POST', headers: { origin: `${app.url}.evil.example` } },
    { method: 'POST', headers: { origin: app.url, 'sec-fetch-site': 'cross-site' } },
    { method: 'POST', headers: { origin: app.url, 'sec-fetch-site': 'same-site' } },
    { method: 'POST', headers: { origin: app.url, 'sec-fetch-site': 'none' } },
    { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } },
    { method: 'POST', headers: { origin: 'null' } },
    { method: 'POST', headers: { referer: `${app.url}/account` } },
  ];
  for (const attempt of attempts) {
    for (const scope of ['app', 'microsoft']) {
      const body = attempt.method === 'POST' ? new URLSearchParams({ scope }) : null;
      const response = await robot.fetch('/auth/sign-out', { ...attempt, body });
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).toBe(`${app.url}/`);
      expect(response.headers.getSetCookie(), JSON.stringify(attempt)).toEqual([]);
      expect(response.headers.get('clear-site-data')).toBeNull();
      expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
    }
  }

  // The same in a browser, which decides by itself what it sends along.
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  const target = `${app.url}/auth/sign-out`;
  const stranger = await listenAsStranger(
    `<img src="${target}"><iframe name="frame"></iframe>
     <form method="post" action="${target}" target="frame"></form>
     <form method="post" action="${target}"></form>
     <script>
       document.forms[0].submit();
       fetch('${target}', { method: 'POST', mode: 'no-cors', credentials: 'include' })
         .finally(() => setTimeout(() => document.forms[1].submit(), 300));
     </script>`,
  );
  const lured = await page.context().newPage();
  await lured.goto(stranger.url);
  await expect(lured).toHaveURL(`${app.url}/`);
  await page.reload();
  await expect(page.getByRole('main')).toContainText('Ada Berg');
  expect(await sessionCookie(page)).toBeTruthy();
  expect(signOuts()).toBe(before);
  stranger.close();
});

/** Signs a robot out at Microsoft too. @returns where it is sent */
async function leaveMicrosoft(robot: Robot): Promise<URL> {
  const response = await robot.post('/auth/sign-out', { scope: 'microsoft' });
  expectSessionEnded(robot, response);
  return new URL(response.headers.get('location') ?? '');
}

const hintOf = (entra: StandIn, name: string) =>
  entra.accounts.filter((account) => account.name === name).map(loginHintOf)[0];

test(title('LO-02'), async ({ stack, app, entra }) => {
  const asked = (endpoint: string) =>
    entra.control.requests.filter((request) => request.endpoint === endpoint);

  await test.step('of the app alone', async () => {
    const robot = new Robot(stack);
    await robot.signIn();
    const response = await robot.post('/auth/sign-out', { scope: 'app' });
    expectSessionEnded(robot, response);
    expect(response.headers.get('location')).toBe(`${app.url}/auth/signed-out`);
    await expect.poll(() => app.events('sign_out').at(-1)).toMatchObject({ scope: 'app' });
    expect(asked('logout')).toEqual([]);
    expect(await robot.me()).toBeUndefined();
    await expectGated(await robot.open('/account'), { origin: app.url, returnTo: '/account' });
  });

  await test.step('of Microsoft too, with the opaque claim as the hint', async () => {
    const straightBack = { frontChannelLogoutUrl: null };
    entra.control.patchRegistration({ optionalClaims: ['login_hint'], ...straightBack });
    const robot = new Robot(stack);
    await robot.signIn();
    const url = await leaveMicrosoft(robot);
    expect(url.origin + url.pathname).toBe(`${entra.url}/organizations/oauth2/v2.0/logout`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      post_logout_redirect_uri: `${app.url}/auth/signed-out`,
      logout_hint: hintOf(entra, 'Ada Berg'),
    });
    await expect.poll(() => app.events('sign_out').at(-1)).toMatchObject({ scope: 'microsoft' });

    const there = await robot.fetch(url.href);
    expect(there.headers.get('location')).toBe(`${app.url}/auth/signed-out`);
    expect((await robot.open('/auth/signed-out')).status).toBe(200);
    const again = await robot.fetch((await robot.start()).href);
    expect(again.status, 'Microsoft asks for an account again').toBe(200);
  });

  await test.step('without that claim there is no hint, and never a user name', async () => {
    entra.control.patchRegistration({ optionalClaims: [] });
    const robot = new Robot(stack);
    await robot.signIn();
    const url = await leaveMicrosoft(robot);
    expect([...url.searchParams.keys()]).toEqual(['post_logout_redirect_uri']);
    expect(await (await robot.fetch(url.href)).text()).toContain('Ada Berg'); // it asks which one
  });

  await test.step('whoever has no session any more can still leave Microsoft', async () => {
    const url = await leaveMicrosoft(new Robot(stack));
    expect([...url.searchParams.keys()]).toEqual(['post_logout_redirect_uri']);
  });

  await test.step('the way back is open with any state or none', async () => {
    const robot = new Robot(stack);
    await robot.signIn();
    for (const query of ['', '?state=', '?state=of-somebody-else', '?sid=x']) {
      // A query that says nothing is taken away first; then the page itself answers.
      for (const [visitor, status] of [
        [robot, 307], // has signed in again since, and is sent on
        [new Robot(stack), 200],
      ] as const) {
        let page = await visitor.open(`/auth/signed-out${query}`);
        if (query) expect(page.headers.get('location')).toBe('/auth/signed-out');
        if (query) page = await visitor.open('/auth/signed-out');
        expect(page.status, query).toBe(status);
      }
      expect(await robot.me(), 'the page signs nobody out').toBeTruthy();
    }
  });
});

test(title('LO-03'), async ({ stack, entra }) => {
  test.setTimeout(120_000);
  const outages: Record<string, () => void> = {
    'metadata hangs': () => entra.control.inject({ on: 'discovery', delayMs: 30_000 }),
    'metadata drips': () => entra.control.inject({ on: 'discovery', dripMs: 500 }),
    'metadata is 503': () => entra.control.inject({ on: 'discovery', status: 503 }),
    'metadata is HTML': () => entra.control.inject({ on: 'discovery', raw: '<html>' }),
    'everything is down': () => entra.control.goOffline(),
  };
  for (const [what, begin] of Object.entries(outages)) {
    await test.step(what, async () => {
      // An instance that has just started knows no metadata yet, so it has to ask.
      const fresh = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
      const robot = new Robot(stack);
      await robot.signIn();
      robot.reach = fresh.url;
      begin();
      const started = performance.now();
      const response = await robot.post('/auth/sign-out', { scope: 'microsoft' });
      expect(performance.now() - started).toBeLessThan(5_000);
      expectSessionEnded(robot, response);
      const location = '/auth/signed-out?microsoft=unreachable';
      expect(response.headers.get('location')).toBe(stack.app.url + location);
      await expect
        .poll(() => fresh.events('provider.unavailable').at(-1))
        .toMatchObject({ reason: 'sign_out' });
      expect(fresh.events('sign_out')).toHaveLength(1);
      expect(await (await robot.open(location)).text()).toContain('could not reach Microsoft');
      expect(await robot.me()).toBeUndefined();
      entra.control.reset();
      await fresh.stop();
    });
  }

  await test.step('only the sign-out page of Microsoft is down', async () => {
    const robot = new Robot(stack);
    await robot.signIn();
    entra.control.inject({ on: 'discovery', status: 503, times: always });
    entra.control.goOffline();
    const url = await leaveMicrosoft(robot);
    await expect(fetch(url)).rejects.toThrow(); // there the browser stands, signed out of the app
    expect(await robot.me()).toBeUndefined();
    entra.control.goOnline();
  });
});
