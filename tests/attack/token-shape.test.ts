import { execFileSync } from 'node:child_process';
import type { AppServer } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { genuineTokens, signInWithToken } from './forged-token';
import { title } from './matrix';
import { expectDown, expectRejected } from './outcomes';
import { Robot } from './robot';

/** The resident memory of an app, in MiB. */
function memoryOf({ process: { pid } }: AppServer): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' })) / 1024;
}

test(title('TV-23'), async ({ stack, app, entra }) => {
  const robot = new Robot(stack);
  const raws = ['abc', 'a.b', 'a.b.c', '..', 'a.b.c.d.e', `${'e'.repeat(300)}.....`, '{}'];
  for (const raw of raws) {
    entra.control.inject({ on: 'id_token', raw });
    await expectRejected(robot, app, await robot.signIn(), { reason: 'id_token_shape' });
  }
  for (const id_token of [null, '', 7, {}, [], ['a.b.c']]) {
    entra.control.inject({ on: 'token', json: { id_token } });
    await expectRejected(robot, app, await robot.signIn(), { reason: 'id_token_shape' });
  }
  const jwe = await signInWithToken(robot, async (nonce) => {
    const [, ...parts] = (await genuineTokens(robot, nonce)).id_token.split('.');
    const header = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url');
    return [header, '', ...parts, 'tag'].join('.');
  });
  await expectRejected(robot, app, jwe, { reason: 'id_token_shape' });

  const huge = `eyJhbGciOiJSUzI1NiJ9.${'A'.repeat(1024 * 1024 - 16 * 1024)}.sig`;
  const oneHuge = async () => {
    const client = new Robot(stack);
    entra.control.inject({ on: 'id_token', raw: huge });
    return [client, await client.signIn()] as const;
  };
  const [client, answer] = await oneHuge();
  await expectRejected(client, app, answer, { reason: 'id_token_shape' });
  for (let round = 0; round < 30; round += 1) await oneHuge();
  const before = memoryOf(app);
  for (let round = 0; round < 150; round += 1) await oneHuge();
  // Keeping what was refused would cost 150 MiB and more.
  expect(memoryOf(app) - before).toBeLessThan(75);

  entra.control.inject({ on: 'id_token', raw: 'A'.repeat(1024 * 1024) });
  await expectDown(robot, app, await robot.signIn(), { stage: 'token', reason: 'too_large' });
});
