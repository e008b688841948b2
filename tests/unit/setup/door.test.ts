import { expect, test } from '@playwright/test';
import { isHere, isOpen, isOwnPost, openDoor } from '../../../setup/door';
import { draftStore, hintOf } from '../../../setup/draft';

const key = 'UMfVqIPqN8sK2FGESEY1mg';
const env = { NODE_ENV: 'development', SETUP_TOKEN: key } as const;
const from = (host: string, more: Record<string, string> = {}) => new Headers({ host, ...more });

test.beforeEach(() => {
  draftStore.keys.length = 0;
});

for (const host of ['localhost:3000', 'localhost', '127.0.0.1:3000', '[::1]:3000']) {
  test(`the door is there at ${host}`, () => {
    expect(isHere(from(host), env)).toBe(true);
  });
}

for (const host of [
  ...['', 'evil.example', 'localhost.evil.example', 'evil-localhost', 'localhost:3000.evil'],
  ...['127.0.0.1.evil.example:3000', '10.0.0.1:3000', '0.0.0.0:3000', 'LOCALHOST@evil.example'],
]) {
  test(`the door is not there at "${host}"`, () => {
    expect(isHere(from(host), env)).toBe(false);
  });
}

test('there is no door without a key, nor under CI', () => {
  expect(isHere(from('localhost'), { NODE_ENV: 'development' })).toBe(false);
  expect(isHere(from('localhost'), { ...env, SETUP_TOKEN: '' })).toBe(false);
  expect(isHere(from('localhost'), { ...env, CI: '1' })).toBe(false);
});

test('a key opens the door once, for the browser that brought it', () => {
  expect(openDoor(from('localhost:3000'), 'AAAA', env)).toEqual({ refused: 'wrong' });
  expect(openDoor(from('localhost:3000'), '', env)).toEqual({ refused: 'wrong' });
  const opened = openDoor(from('localhost:3000'), ` ${key} `, env);
  if (!('setCookie' in opened)) throw new Error('it did not open');
  expect(opened.setCookie).toMatch(/; Path=\/setup; HttpOnly; SameSite=Lax$/);
  expect(opened.setCookie, 'the key itself is not what opens it again').not.toContain(key);
  const [cookie = ''] = opened.setCookie.split(';');

  expect(isOpen(from('localhost:3000', { cookie }))).toBe(true);
  expect(isOpen(from('localhost:3000'))).toBe(false);
  expect(isOpen(from('localhost:3000', { cookie: `${cookie}x` }))).toBe(false);
  expect(isOpen(from('localhost:4000', { cookie })), 'another app on this machine').toBe(false);
  expect(openDoor(from('localhost:3000'), key, env)).toEqual({ refused: 'used' });
});

const posts: [headers: Record<string, string>, own: boolean][] = [
  [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }, true],
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ origin: 'http://localhost:3000' }, true],
  [{}, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' }, false],
  [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:4000' }, false],
  [{ origin: 'https://evil.example' }, false],
  [{ origin: 'null' }, false],
];
for (const [headers, own] of posts) {
  test(`a post with ${JSON.stringify(headers)} is ${own ? 'ours' : 'refused'}`, () => {
    expect(isOwnPost(from('localhost:3000', headers))).toBe(own);
  });
}

test('of a value only the end is told, and of a short one nothing', () => {
  expect(hintOf('kX~8Q~v1bR.nT4_sLw7')).toBe('set, ends in …Lw7');
  expect(hintOf('short')).toBe('set');
});
