import { test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectRejected } from './outcomes';
import { Robot } from './robot';

test(title('TV-01'), async ({ stack, app, entra }) => {
  for (const sign of ['foreign', 'bad'] as const) {
    const robot = new Robot(stack);
    entra.control.inject({ on: 'id_token', sign });
    await expectRejected(robot, app, await robot.signIn(), { reason: 'bad_signature' });
  }
});
