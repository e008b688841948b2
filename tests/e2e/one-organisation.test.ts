import { Robot } from '../attack/robot';
import { look } from './access/visitors';
import { expect, test } from './fixtures';

test.use({ listed: ['contoso'] });

test('its guests come in as members of it', async ({ stack, app }) => {
  const robot = new Robot(stack);
  const answer = await robot.signIn('Grace Lindqvist');
  expect(answer.headers.get('location')).toBe(`${app.url}/account`);
  const { html } = await look(robot, '/account');
  expect(html).toContain('Grace Lindqvist');
  expect(html).toContain('Contoso');
});

test('its own authority is used, and people of another one stay at the provider', async ({
  stack,
  entra,
}) => {
  const robot = new Robot(stack);
  const request = await robot.start();
  expect(request.pathname).toContain(`/${entra.tenants.contoso}/`);
  await expect(robot.answer(request, 'Farid Nasser')).rejects.toThrow(/AADSTS50020/);
  expect(robot.session()).toBeUndefined();
});
