import { stripVTControlCharacters } from 'node:util';
import { site } from '../../lib/site';
import type { Stack, StandIn } from '../e2e/fixtures';
import { expect, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectDown, expectRejected } from './outcomes';
import { Robot } from './robot';

const tokenRequests = (entra: StandIn) =>
  entra.control.requests.filter(({ endpoint }) => endpoint === 'token').length;

/** The address of an error answer to this request, as anyone could write it. */
const errorAnswer = (request: URL, parameters: Record<string, string>) => {
  const url = new URL(request.searchParams.get('redirect_uri') ?? '');
  const state = request.searchParams.get('state') ?? '';
  url.search = new URLSearchParams({ state, ...parameters }).toString();
  return url.href;
};

test(title('AR-07'), async ({ stack, app, entra }) => {
  const robot = new Robot(stack);
  const cancelled = await robot.fetch(
    await robot.answer(await robot.start('/account?tab=details'), 'Cancel'),
  );
  await expectRejected(robot, app, cancelled, {
    code: 'access_denied',
    reason: 'access_denied',
    returnTo: '/account?tab=details',
  });
  await expect.poll(() => app.events('sign_in.failed').at(-1)).toMatchObject({ aadsts: 65004 });
  expect(await (await robot.open('/auth/error')).text()).toContain('You cancelled the sign-in');

  const victim = new Robot(stack);
  const request = await victim.start();
  const forged = { error: 'access_denied', error_description: 'AADSTS65004: x', state: 'forged' };
  await expectRejected(victim, app, await victim.fetch(errorAnswer(request, forged)), {
    code: 'flow_missing',
    reason: 'state',
  });
  const posted = await victim.post('/authorization-code/callback', {
    ...forged,
    state: request.searchParams.get('state') ?? '',
  });
  expect([posted.status, posted.headers.getSetCookie()]).toEqual([405, []]);
  expect(tokenRequests(entra)).toBe(0);
  await victim.fetch(await victim.answer(request));
  expect(await victim.me()).toMatchObject({ name: 'Ada Berg' });

  const before = victim.session();
  const home = await victim.fetch(errorAnswer(request, forged));
  expect(home.headers.get('location')).toBe(app.url + site.homePath);
  expect(victim.session()).toEqual(before);
});

/** What a visitor reads by the class of error, and which button stands first. */
const pages: Record<string, [status: number, heading: string, button: string]> = {
  access_denied: [400, 'You cancelled the sign-in', 'Try again'],
  consent_required: [
    403,
    'Your organisation has not approved this app yet',
    'Ask your administrator to approve this app',
  ],
  interaction_required: [400, 'Microsoft needs something more from you', 'Try again'],
  account_not_here: [403, 'This account cannot be used here', 'Use another account'],
  not_assigned: [403, 'You do not have access to this app yet', 'Use another account'],
  blocked_by_policy: [403, 'Your organisation has blocked this sign-in', 'Try again'],
  server_error: [503, 'Microsoft could not sign you in', 'Try again'],
  provider_unavailable: [503, 'Microsoft sign-in is not answering', 'Try again'],
  code_rejected: [400, 'This sign-in was already used or is too old', 'Try again'],
  app_credentials: [500, 'This app is not set up correctly', 'Tell the people who run this app'],
};

async function expectPageOf(
  { app }: Stack,
  robot: Robot,
  answer: Response,
  code: string,
  aadsts?: number,
): Promise<void> {
  const [status, heading, button] = pages[code] as (typeof pages)[string];
  if (code === 'provider_unavailable') await expectDown(robot, app, answer);
  else await expectRejected(robot, app, answer, { code, status });
  const event = code === 'provider_unavailable' ? 'provider.unavailable' : 'sign_in.failed';
  expect(app.events(event).at(-1)?.aadsts, `${code} ${aadsts}`).toBe(aadsts);
  const html = await (await robot.open('/auth/error')).text();
  expect(/<h1>([^<]*)/.exec(html)?.[1]).toBe(heading);
  const main = /class="button button-primary"[^>]*>(.*?)<\/(?:button|a)>/.exec(html)?.[1];
  expect(main?.replaceAll('<!-- -->', ''), code).toBe(button);
  const toAdministrator = ['consent_required', 'not_assigned', 'blocked_by_policy'].includes(code);
  expect(/Ask your administrator/.test(html), code).toBe(toAdministrator);
}

test(title('AR-08'), async ({ stack, entra }) => {
  const redirected: Record<string, number[]> = {
    access_denied: [65004],
    consent_required: [65001, 90094],
    interaction_required: [50055, 50058, 50072, 50074, 50076, 50078, 50079],
    account_not_here: [16000],
    not_assigned: [50105],
    blocked_by_policy: [53000, 53003],
    server_error: [50000],
    provider_unavailable: [90006, 90033, 90055],
    app_credentials: [700016],
  };
  const atTokenEndpoint: Record<string, number[]> = {
    consent_required: [65001],
    interaction_required: [50055, 50072, 50074, 50076, 50078, 50079],
    blocked_by_policy: [53000, 53003],
    code_rejected: [54005, 70008],
    app_credentials: [7000215, 7000222],
  };
  for (const [code, numbers] of Object.entries(redirected)) {
    for (const aadsts of numbers) {
      const robot = new Robot(stack);
      entra.control.inject({ on: 'authorize', aadsts, deliver: 'redirect' });
      await expectPageOf(stack, robot, await robot.signIn(), code, aadsts);
    }
  }
  for (const [code, numbers] of Object.entries(atTokenEndpoint)) {
    for (const aadsts of numbers) {
      const robot = new Robot(stack);
      entra.control.inject({ on: 'token', aadsts });
      await expectPageOf(stack, robot, await robot.signIn(), code, aadsts);
    }
  }
  const bare = {
    access_denied: 'access_denied',
    consent_required: 'consent_required',
    interaction_required: 'interaction_required',
    login_required: 'interaction_required',
    server_error: 'server_error',
    temporarily_unavailable: 'provider_unavailable',
  };
  for (const [error, code] of Object.entries(bare)) {
    const robot = new Robot(stack);
    const answer = await robot.fetch(errorAnswer(await robot.start(), { error }));
    await expectPageOf(stack, robot, answer, code);
  }
});

const hostile = [
  '<script>alert("canary")</script><img src=x onerror=canary>',
  'AADSTS65004: canary\r\n{"event":"sign_in","canary":true}\nSet-Cookie: canary=1',
  'canary \u001b[31m\u001b]0;canary\u0007\u009b31m \u202e \u2028 \u0000',
  `canary ${'A'.repeat(4096)}`,
  '{{canary}} %0d%0a %s $(canary) canary',
];

test(title('AR-09'), async ({ stack, app, entra }) => {
  const expectQuiet = async (robot: Robot, code: string, attack: () => Promise<Response>) => {
    const before = app.output().length;
    await expectRejected(robot, app, await attack(), { code });
    const added = app.output().slice(before).trimEnd().split('\n');
    expect(added).toHaveLength(1);
    expect(Object.keys(JSON.parse(added[0] ?? ''))).toContain('incidentId');
    expect(added[0]).toBe(stripVTControlCharacters(added[0] ?? ''));
    expect(added[0]).not.toMatch(/canary|[^\x20-\x7e]/);
    const html = await (await robot.open('/auth/error')).text();
    expect(html).not.toMatch(/canary|AAAA/);
  };
  for (const text of hostile) {
    const numbered = text.startsWith('AADSTS65004'); // which is read, and nothing after it
    for (const name of ['error', 'error_description', 'error_uri', 'error_subcode']) {
      const robot = new Robot(stack);
      const request = await robot.start();
      const parameters = { error: 'invalid_request', [name]: text };
      const code = numbered && name === 'error_description' ? 'access_denied' : 'unknown';
      await expectQuiet(robot, code, () => robot.fetch(errorAnswer(request, parameters)));
    }
    const robot = new Robot(stack);
    const body = { error: text, error_description: text, error_codes: [text], trace_id: text };
    entra.control.inject({ on: 'token', status: 400, raw: JSON.stringify(body) });
    const code = numbered ? 'access_denied' : 'unknown';
    await expectQuiet(robot, code, () => robot.signIn());
  }
});
