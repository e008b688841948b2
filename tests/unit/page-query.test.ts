import { expect, test } from '@playwright/test';
import { cleanQuery } from '../../lib/page-query';

const at = (path: string) => new URL(path, 'https://app.example.com');

const redirected: [path: string, query: string][] = [
  ['/?code=canary&a=1', ''],
  ['/auth/approve?x=canary', ''],
  ['/auth/approve?tenant=canary', ''],
  ['/auth/approve?tenant=9188040d-6c67-4c5b-b112-36a304b66dad', ''],
  [
    '/auth/approve?tenant=3F8E5C1A-92B7-4D06-A1C4-7E5D0B9F2A61&x=canary',
    '?tenant=3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61',
  ],
  ['/auth/approve/result?admin_consent=True&tenant=canary', ''],
  ['/auth/confirm?returnTo=%2Fpay&form=canary', '?returnTo=%2Fpay'],
  ['/auth/confirm?returnTo=%2F%2Fevil.example', '?returnTo=%2F'],
  ['/auth/denied?error=canary', ''],
  ['/auth/error?error=canary&error_description=canary', ''],
  ['/auth/sign-in?error=canary', ''],
  ['/auth/sign-in?returnTo=%2Faccount%3Fa%3D1&x=canary', '?returnTo=%2Faccount%3Fa%3D1'],
  ['/auth/sign-in?returnTo=https%3A%2F%2Fevil.example', ''],
  ['/auth/sign-in?returnTo=%2Faccount&returnTo=%2F%2Fevil.example', '?returnTo=%2Faccount'],
  ['/auth/signed-out?microsoft=unreachable&x=canary', '?microsoft=unreachable'],
  ['/auth/signed-out?microsoft=canary', ''],
];
for (const [path, query] of redirected) {
  test(`${path} is sent on to "${query}"`, () => {
    expect(cleanQuery(at(path))).toBe(query);
  });
}

const untouched = [
  '/',
  '/auth/sign-in',
  '/auth/sign-in?returnTo=%2Faccount%3Fa%3D1',
  '/auth/sign-in?returnTo=/account',
  '/auth/signed-out?microsoft=unreachable',
  '/auth/approve',
  '/auth/confirm?returnTo=%2Fpay&form=lost',
  '/auth/approve?tenant=3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61',
  '/account?tab=2',
  '/__proto__?a=1',
  '/constructor?a=1',
];
for (const path of untouched) {
  test(`${path} is left as it is`, () => {
    expect(cleanQuery(at(path))).toBeUndefined();
  });
}

test('a visitor is sent on at most once, whatever the return path holds', () => {
  const characters = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~aü王😀%20%2B';
  for (const character of ['', ...characters]) {
    const returnTo = encodeURIComponent(`/account/${character}?q=${character}#${character}`);
    const asked = at(`/auth/sign-in?returnTo=${returnTo}`);
    const query = cleanQuery(asked);
    const sentOn = query === undefined ? asked : new URL(asked.pathname + query, asked);
    expect(cleanQuery(sentOn), character).toBeUndefined();
  }
});
