import { PassThrough } from 'node:stream';
import { expect, test } from '@playwright/test';
import { Left, terminalPrompt } from '../../../setup/prompt';

function createTerminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const output = new PassThrough();
  let screen = '';
  output.on('data', (chunk) => {
    screen += chunk;
  });
  return { input, screen: () => screen, ask: terminalPrompt({ input, output }) };
}

test('what is typed after a hidden question is not shown, before and after open ones', async () => {
  const { input, screen, ask } = createTerminal();
  const answers: string[] = [];
  for (const [typed, hidden] of [
    ['open', false],
    ['QQ', true],
    ['plain', false],
    ['ZZ', true],
  ] as const) {
    const answer = ask(`Number ${answers.length}: `, { hidden });
    for (const key of `${typed}\r`) input.write(key);
    answers.push(await answer);
  }
  expect(answers).toEqual(['open', 'QQ', 'plain', 'ZZ']);
  for (const shown of ['open', 'plain']) expect(screen().split(shown)).toHaveLength(2);
  expect(screen()).not.toMatch(/[QZ]/);
  for (const number of [0, 1, 2, 3]) expect(screen()).toContain(`Number ${number}: `);
});

for (const [name, key] of [
  ['Ctrl-C', '\x03'],
  ['Ctrl-D', '\x04'],
] as const) {
  test(`${name} leaves, in the middle of a secret, too`, async () => {
    const { input, ask, screen } = createTerminal();
    const answer = ask('Secret: ', { hidden: true });
    if (name === 'Ctrl-C') input.write('ZZ');
    input.write(key);
    await expect(answer).rejects.toThrow(Left);
    expect(screen()).not.toContain('Z');
  });
}
