import { expect, test } from '@playwright/test';
import { maxReturnToLength, parseReturnTo, signInPath } from '../../lib/return-to';

const refused: unknown[] = [
  undefined,
  null,
  42,
  ['/account'],
  { toString: () => '/account' },
  '',
  ' ',
  ' /account',
  'account',
  'account@evil.example',
  '?a=1',
  '#top',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'HTTPS://evil.example/account',
  'http://localhost:3000.evil.example',
  'https://app.invalid@evil.example/',
  'javascript:alert(1)',
  'data:text/html,hello',
  'blob:https://app.invalid/1',
  '//evil.example',
  '//evil.example/account',
  '///evil.example',
  '////evil.example',
  '//evil.example\\@app.invalid',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/account\\..\\evil',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '/\u0000/evil.example',
  '/account\r\nset-cookie: a=b',
  '/account\u007f',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/a/../..//evil.example',
  '/%2e//evil.example',
  '/%2E%2e//evil.example',
  '//[',
  '//',
];
for (const value of refused) {
  test(`the return path ${JSON.stringify(value)} leads to the front page`, () => {
    expect(parseReturnTo(value)).toBe('/');
  });
}

const loops = [
  '/auth',
  '/auth/',
  '/auth/sign-in',
  '/auth/start?x=1',
  '/auth/sign-out#x',
  '/account/../auth/sign-in',
  '/./auth/error',
  '/authorization-code/callback?code=c&state=s',
  '/authorization-code',
];
for (const value of loops) {
  test(`the return path ${value} would loop and leads to the front page`, () => {
    expect(parseReturnTo(value)).toBe('/');
  });
}

const kept: [value: string, path: string][] = [
  ['/', '/'],
  ['/account', '/account'],
  ['/account?tab=2&q=a%20b#top', '/account?tab=2&q=a%20b#top'],
  ['/account?next=https://evil.example//', '/account?next=https://evil.example//'],
  ['/search?q=ü', '/search?q=%C3%BC'],
  ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
  ['/@evil.example', '/@evil.example'],
  ['/:evil.example', '/:evil.example'],
  ['/a//b', '/a//b'],
  ['/a/../account', '/account'],
  ['/authors', '/authors'],
  ['/authorization-codes', '/authorization-codes'],
];
for (const [value, path] of kept) {
  test(`the return path ${value} is kept as ${path}`, () => {
    expect(parseReturnTo(value)).toBe(path);
  });
}

test('a return path longer than the limit is dropped, before and after encoding', () => {
  const longest = `/${'a'.repeat(maxReturnToLength - 1)}`;
  expect(parseReturnTo(longest)).toBe(longest);
  expect(parseReturnTo(`${longest}a`)).toBe('/');
  expect(parseReturnTo(`/${'ü'.repeat(1000)}`)).toBe('/');
  // Dot segments shorten a path, so the text itself is measured too.
  expect(parseReturnTo(`/${'./'.repeat(maxReturnToLength)}account`)).toBe('/');
});

test('the sign-in page carries a return path as one encoded parameter', () => {
  expect(signInPath('/')).toBe('/auth/sign-in');
  const path = '/account?a=1&b=2#x';
  const url = new URL(signInPath(path), 'https://app.example.com');
  expect([...url.searchParams]).toEqual([['returnTo', path]]);
  expect(url.hash).toBe('');
});

/** A small generator with a fixed seed (mulberry32), so that a failure can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('whatever is asked for, the result begins with one slash and stays on the origin', () => {
  const parts = [
    ...['/', '//', '\\', '.', '..', '/..', '/.', '%2e', '%2f', '%5c', '@', ':', '?', '#', '&', ';'],
    ...[
      '\t',
      '\n',
      '\r',
      '\u0000',
      ' ',
      '\u00a0',
      '\u2028',
      '\ufeff',
      '\uff0f',
      '\u3002',
      '\ud800',
    ],
    ...['https:', 'javascript:', 'data:', 'evil.example', 'app.invalid', 'localhost', '[::1]', 'a'],
    ...['auth', 'account', '%', '%zz', '%00', '%09', '\\\\', 'ü', '😀', '*', '{', '|', '^', '`'],
  ];
  const random = createRandom(4711);
  const origin = 'https://app.example.com';
  const broken: unknown[] = [];
  for (let round = 0; round < 20_000; round += 1) {
    const length = 1 + Math.floor(random() * 8);
    const text = Array.from({ length }, () => parts[Math.floor(random() * parts.length)]).join('');
    const value = random() < 0.6 ? `/${text}` : text;
    const path = parseReturnTo(value);
    const url = new URL(path, origin);
    const safe =
      /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(path) &&
      url.origin === origin &&
      new URL(origin + path).href === url.href &&
      !/^\/(auth|authorization-code)(\/|$)/.test(url.pathname) &&
      parseReturnTo(path) === path;
    if (!safe) broken.push({ value, path });
  }
  expect(broken).toEqual([]);
});
