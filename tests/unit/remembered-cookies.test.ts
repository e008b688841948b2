import { expect, test } from '@playwright/test';
import { rememberOpened } from '../../lib/remembered-cookies';
import { createSealer, type Sealer } from '../../lib/sealer';
import { scope } from './id-token-builder';

const sealer = createSealer(['q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM='], 'session', scope);

/** A sealer that tells how often it was asked to open something. */
function counting() {
  const asked: string[] = [];
  const open: Sealer['open'] = (token) => {
    asked.push(token);
    return sealer.open(token);
  };
  return { asked, remembered: rememberOpened({ seal: sealer.seal, open }, 2) };
}

test('the same value is opened once', async () => {
  const { asked, remembered } = counting();
  const token = await remembered.seal({ a: 1 });
  for (let time = 0; time < 3; time += 1) {
    expect(await remembered.open(token)).toEqual({ ok: true, payload: { a: 1 }, isNewest: true });
  }
  expect(asked).toHaveLength(1);
});

test('a value that differs in one letter is another', async () => {
  const { remembered } = counting();
  const token = await remembered.seal({ a: 1 });
  expect((await remembered.open(token)).ok).toBe(true);
  for (const other of [`${token} `, token.toLowerCase(), token.slice(0, -1), ` ${token}`]) {
    expect((await remembered.open(other)).ok).toBe(false);
  }
});

test('the oldest is forgotten first, and forgeries take nobody’s place', async () => {
  const { asked, remembered } = counting();
  const [one, two, three] = await Promise.all([1, 2, 3].map((a) => remembered.seal({ a })));
  for (const token of [one, two] as string[]) await remembered.open(token);
  for (let time = 0; time < 50; time += 1)
    await remembered.open(`${one?.slice(0, -22)}${'A'.repeat(20)}${time + 10}`);
  asked.length = 0;
  for (const token of [one, two, one, two] as string[]) await remembered.open(token);
  expect(asked).toEqual([]);
  await remembered.open(`${three}`);
  await remembered.open(`${two}`);
  expect(asked).toEqual([three]);
  await remembered.open(`${one}`);
  expect(asked).toEqual([three, one]);
});
