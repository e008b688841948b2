import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectDown } from './outcomes';
import { movableClock } from './preload';
import { Robot } from './robot';

const always = Number.POSITIVE_INFINITY;
const elsewhere = 'https://evil.example/oauth2/v2.0/token';

/** What the log says of an answer that both documents may fail by. */
const broken = [
  ['status_503', { status: 503 }],
  ['status_500', { status: 500, raw: '{}' }],
  ['status_429', { status: 429, headers: { 'retry-after': '120' } }],
  ['not_json', { status: 200, raw: '<html>proxy</html>', type: 'text/html' }],
  ['not_json', { raw: '{"issuer":"https://entra-lo' }],
  ['not_json', { raw: '' }],
  ['not_json', { raw: '[]' }],
  ['incomplete', { raw: '{}' }],
  ['network', { reset: true }],
] as const;

const brokenMetadata = [
  ['incomplete', { jwks_uri: null }],
  ['incomplete', { token_endpoint: 7 }],
  ['incomplete', { authorization_endpoint: 'not a URL' }],
  ['issuer', { issuer: 'https://evil.example/{tenantid}/v2.0' }],
  ['endpoint_host', { token_endpoint: elsewhere }],
  ['endpoint_host', { jwks_uri: elsewhere }],
  ['endpoint_host', { authorization_endpoint: elsewhere }],
  ['endpoint_host', { end_session_endpoint: elsewhere }],
] as const;

test(title('PO-01'), async ({ stack, entra }) => {
  // It has never seen a good answer, so that nothing can be answered from memory.
  const app = await startApp(stack.env);
  const asked = (endpoint: string) =>
    entra.control.requests.filter((request) => request.endpoint === endpoint).length;
  const returnTo = '/account?tab=details';
  try {
    const robot = new Robot({ entra, app });
    const expectMetadataDown = async (reason: string) => {
      const before = asked('discovery');
      const answer = await robot.post('/auth/start', { returnTo });
      await expectDown(robot, app, answer, { stage: 'metadata', reason, returnTo });
      expect(asked('discovery'), 'asked once, and sent nowhere else').toBe(before + 1);
    };
    // A redirect that was followed would lead to a good answer: the fault is there once.
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `${entra.url}/organizations/v2.0/.well-known/openid-configuration`;
      entra.control.inject({ on: 'discovery', status, headers: { location } });
      await expectMetadataDown(`status_${status}`);
    }
    for (const [reason, fault] of broken) {
      entra.control.inject({ on: 'discovery', ...fault });
      await expectMetadataDown(reason);
    }
    for (const [reason, json] of brokenMetadata) {
      entra.control.inject({ on: 'discovery', json });
      await expectMetadataDown(reason);
    }

    const location = `${entra.url}/organizations/discovery/v2.0/keys`;
    for (const [reason, fault] of [
      ...broken,
      ['status_302', { status: 302, headers: { location } }],
      ['incomplete', { raw: '{"keys":[]}' }],
    ] as const) {
      entra.control.inject({ on: 'keys', ...fault });
      const before = asked('keys');
      const answer = await robot.signIn('Ada Berg', returnTo);
      await expectDown(robot, app, answer, { stage: 'keys', reason, returnTo });
      expect(asked('keys')).toBe(before + 1);
    }

    const answer = await robot.signIn('Ada Berg', returnTo);
    expect(answer.headers.get('location')).toBe(app.url + returnTo);
    expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
  } finally {
    await app.stop();
  }
});

test(title('PO-10'), async ({ stack, entra }) => {
  const clock = movableClock();
  const app = await startApp({ ...stack.env, ...clock.env });
  const setHours = async (hours: number) => {
    await clock.moveTo(hours * 3600);
    entra.control.setClock(hours * 3600);
  };
  const asked = (endpoint: string) =>
    entra.control.requests.filter((request) => request.endpoint === endpoint).length;
  const expectSignIn = async () => {
    const robot = new Robot({ entra, app });
    expect((await robot.signIn()).headers.get('location')).toBe(`${app.url}/account`);
    expect(robot.session()).toBeTruthy();
  };
  const told = () =>
    app.events('provider.unavailable').map(({ stage, reason }) => `${stage} ${reason}`);
  const toldOnce = ['metadata renewal_failed', 'keys renewal_failed'];
  const breakDocuments = () => {
    for (const on of ['discovery', 'keys'] as const) {
      entra.control.inject({ on, status: 503, times: always });
    }
  };
  try {
    await expectSignIn();
    await expectSignIn();
    expect([asked('discovery'), asked('keys')]).toEqual([1, 1]);

    breakDocuments();
    for (const [index, hours] of [2, 12, 23.9].entries()) {
      await setHours(hours);
      for (let count = 0; count < 5; count += 1) await expectSignIn();
      // Renewals run in the background: one attempt for many sign-ins.
      await expect.poll(() => asked('discovery')).toBe(2 + index);
      await expect.poll(() => asked('keys')).toBe(2 + index);
      await expect.poll(told).toEqual(toldOnce);
    }

    await setHours(24.1);
    const robot = new Robot({ entra, app });
    const refused = await robot.post('/auth/start', { returnTo: '/account' });
    await expectDown(robot, app, refused, { stage: 'metadata', reason: 'status_503' });

    entra.control.reset();
    await setHours(24.1);
    await expectSignIn();
    breakDocuments();
    await setHours(26);
    await expectSignIn();
    // The next outage is told again, and the day of the good copy begins anew.
    await expect.poll(told).toEqual([...toldOnce, 'metadata status_503', ...toldOnce]);
    await setHours(47);
    await expectSignIn();
  } finally {
    await app.stop();
    clock.remove();
  }
});
