import { expect, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectDenied, expectDown, expectRejected } from './outcomes';
import { Robot } from './robot';

test(title('RD-05'), async ({ stack, app, entra }) => {
  const robot = new Robot(stack);
  // Each fails when the code is already spent: the token is there, and the profile is not.
  const faults: Record<string, () => Promise<void>> = {
    'no object id': async () => {
      entra.control.inject({ on: 'id_token', claims: { oid: null } });
      await check((answer) => expectRejected(robot, app, answer, {}));
    },
    'no name is no failure': async () => {
      entra.control.inject({ on: 'id_token', claims: { name: null } });
      await check(async (answer) => {
        expect(answer.headers.get('location')).toBe(`${stack.app.url}/account`);
        robot.cookies().clear();
      });
    },
    'a name that is no text': async () => {
      entra.control.inject({ on: 'id_token', claims: { name: 42, email: { a: 1 }, sub: 7 } });
      await check((answer) => expectRejected(robot, app, answer, {}));
    },
    'a bad signature': async () => {
      entra.control.inject({ on: 'id_token', sign: 'bad' });
      await check((answer) => expectRejected(robot, app, answer, { reason: 'bad_signature' }));
    },
    'no token at all': async () => {
      entra.control.inject({ on: 'token', json: { id_token: null } });
      await check((answer) => expectRejected(robot, app, answer, {}));
    },
    'another nonce': async () => {
      entra.control.inject({ on: 'id_token', claims: { nonce: 'other' } });
      await check((answer) => expectRejected(robot, app, answer, { reason: 'nonce' }));
    },
    'keys that are not there': async () => {
      await entra.control.rotateKeys({ keepOld: false });
      entra.control.inject({ on: 'keys', status: 503, json: {}, times: 3 });
      await check((answer) => expectDown(robot, app, answer));
    },
    'an organisation that is not listed': async () => {
      entra.control.reset();
      const tid = entra.tenants.northwind;
      await check((answer) => expectDenied(robot, app, answer, { tenantId: tid }), 'Noor de Vries');
    },
  };

  /** Signs in, and looks for the code in everything that the browser and the operator see. */
  async function check(judge: (answer: Response) => Promise<void>, name = 'Ada Berg') {
    const request = await robot.start('/account', { prompt: 'select_account' });
    const callback = await robot.answer(request, name);
    const redeemed = () => entra.control.requests.filter(({ endpoint }) => endpoint === 'token');
    const before = redeemed().length;
    const answer = await robot.fetch(callback);
    expect(redeemed().length, 'the code was redeemed').toBe(before + 1);
    const { searchParams } = new URL(callback);
    const values = ['code', 'state'].map((one) => searchParams.get(one) ?? '');
    expect(values.every((value) => value.length > 20)).toBe(true);
    const seen = [
      ...[...answer.headers].map(([, value]) => value),
      await answer.clone().text(),
      app.output(),
    ];
    await judge(answer);
    for (const page of ['/auth/error', '/auth/denied']) {
      seen.push(await (await robot.open(page)).text());
    }
    for (const value of values) expect(seen.join('\n').includes(value)).toBe(false);
    expect(seen.slice(0, -3).join('\n')).not.toMatch(/[?&]code=/);
  }
  for (const [name, run] of Object.entries(faults)) await test.step(name, run);
});

test(title('RD-06'), async ({ stack, app, entra }) => {
  expect(entra.url).toBeTruthy();
  /** A whole sign-in in a browser that loses its session before the next page. */
  const round = async (robot: Robot) => {
    const end = await robot.signIn('Ada Berg', '/account?tab=details');
    expect(end.headers.get('location')).toBe(`${stack.app.url}/account?tab=details`);
    const session = robot.session()?.name ?? '';
    expect(session).not.toBe('');
    robot.cookies().delete(session);
    const gate = await robot.open('/account?tab=details');
    expect(gate.headers.get('location')).toContain('/auth/sign-in');
  };
  const robot = new Robot(stack);
  await round(robot);
  await round(robot);
  const third = await robot.post('/auth/start', { returnTo: '/account?tab=details' });
  await expectRejected(robot, app, third, {
    code: 'session_not_kept',
    returnTo: '/account?tab=details',
  });
  expect(await (await robot.open('/auth/error')).text()).toMatch(/cookie/i);

  // Another browser meanwhile, one that keeps its session, and one that signs out: no loop.
  await round(new Robot(stack));
  const keeps = new Robot(stack);
  for (let rounds = 0; rounds < 4; rounds += 1) {
    const request = await keeps.start('/account', { prompt: 'select_account' });
    await keeps.fetch(await keeps.answer(request));
    expect((await keeps.me())?.name).toBe('Ada Berg');
  }
  const leaves = new Robot(stack);
  for (let rounds = 0; rounds < 4; rounds += 1) {
    await leaves.signIn();
    expect((await leaves.me())?.name).toBe('Ada Berg');
    expect((await leaves.post('/auth/sign-out')).status).toBe(303);
    expect(await leaves.me()).toBeUndefined();
  }
});
