import { setTimeout as wait } from 'node:timers/promises';
import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { forgetfulFork, late } from './fork';
import { title } from './matrix';
import { expectDown, expectRejected } from './outcomes';
import { Robot } from './robot';

test(title('TC-09'), async ({ stack, entra }) => {
  test.setTimeout(400_000);
  const { contoso, fabrikam, northwind, personal } = entra.tenants;
  const tenants = [fabrikam, northwind, personal];
  const list = [contoso, ...tenants].join(',');
  const app = await startApp({ ...stack.env, AZURE_VALID_TENANT_IDS: list }, forgetfulFork());
  try {
    const people = ['Farid Nasser', 'Noor de Vries', 'Mia Rossi'];
    const [thrown, silent, slow] = people.map(() => new Robot({ entra, app })) as [
      Robot,
      Robot,
      Robot,
    ];
    // Everybody is Ada before, so that there is a session to lose.
    for (const robot of [thrown, silent, slow]) {
      await robot.signIn('Ada Berg');
      robot.cookies(entra.url).clear();
    }
    const sessions = app.events('sign_in').length;
    const startedAt = Date.now();
    const tooLate = slow.signIn(people[2]);
    for (const [robot, name] of [
      [thrown, people[0]],
      [silent, people[1]],
    ] as const) {
      const answer = await robot.signIn(name);
      await expectRejected(robot, app, answer, { code: 'unknown', reason: 'AccessDenied' });
      expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
    }
    await expectDown(slow, app, await tooLate, { reason: 'timeout' });
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(await slow.me()).toMatchObject({ name: 'Ada Berg' });

    // Its late yes gives nobody anything.
    expect(app.output()).not.toContain(late.says);
    await expect.poll(() => app.output(), { timeout: 30_000 }).toContain(late.says);
    await wait(1_000);
    expect(app.events('sign_in')).toHaveLength(sessions);
    expect(await slow.me()).toMatchObject({ name: 'Ada Berg' });
    expect(app.output()).not.toContain('c4n4ry');
  } finally {
    await app.stop();
  }
});
