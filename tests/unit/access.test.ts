import { expect, test } from '@playwright/test';
import { access } from '../../lib/access';
import { decidingLine, type Policy, policyOf } from '../../lib/route-policy';

const table: Record<string, Policy> = {
  '/': 'public',
  '/docs/*': 'public',
  '/docs/internal/*': 'signed-in',
  '/docs/internal/faq': 'public',
  '/account': 'signed-in',
};

const rows: [path: string, policy: Policy, why: string][] = [
  ['/', 'public', 'it is listed'],
  ['/docs/intro', 'public', 'a wildcard above it is open'],
  ['/docs/a/b/c', 'public', 'a wildcard covers every depth'],
  ['/docs/', 'public', 'it lies below the wildcard'],
  ['/docs', 'signed-in', 'a wildcard does not open the path that it hangs from'],
  ['/docs-secret', 'signed-in', 'a path that merely begins alike is another path'],
  ['/docs/internal/plans', 'signed-in', 'the most specific wildcard wins'],
  ['/docs/internal/faq', 'public', 'an exact entry wins over a wildcard'],
  ['/docs/internal/faq/more', 'signed-in', 'an exact entry opens nothing below it'],
  ['/account', 'signed-in', 'it is listed'],
  ['/new-page', 'signed-in', 'it is not listed'],
  ['/Docs/intro', 'signed-in', 'paths differ by case'],
  ['//', 'signed-in', 'it is not listed'],
  ['', 'signed-in', 'it is not listed'],
  ['/toString', 'signed-in', 'members of Object are no entries'],
  ['/__proto__', 'signed-in', 'members of Object are no entries'],
  ['constructor', 'signed-in', 'members of Object are no entries'],
];
for (const [path, policy, why] of rows) {
  test(`${JSON.stringify(path)} is ${policy}: ${why}`, () => {
    expect(policyOf(path, table)).toBe(policy);
  });
}

test('the line that decides about a path can be named', () => {
  const lines: [path: string, line: string | undefined][] = [
    ['/', '/'],
    ['/docs', undefined],
    ['/docs/', '/docs/*'],
    ['/docs/a/b', '/docs/*'],
    ['/docs/internal', '/docs/*'],
    ['/docs/internal/plans', '/docs/internal/*'],
    ['/docs/internal/faq', '/docs/internal/faq'],
    ['/docs/internal/faq/more', '/docs/internal/*'],
    ['/docs-secret', undefined],
    ['/toString', undefined],
    ['', undefined],
  ];
  for (const [path, line] of lines) expect(decidingLine(path, table), path).toBe(line);
  expect(decidingLine('/', { '/*': 'public' })).toBe('/*');
});

test('a wildcard at the root opens what nothing else closes', () => {
  const open: Record<string, Policy> = { '/*': 'public', '/account': 'signed-in' };
  expect(policyOf('/anything/at/all', open)).toBe('public');
  expect(policyOf('/', open)).toBe('public');
  expect(policyOf('/account', open)).toBe('signed-in');
});

test('the app’s own table opens the sign-in and closes everything that is not listed', () => {
  for (const path of ['/', '/auth/sign-in', '/authorization-code/callback', '/healthz']) {
    expect(policyOf(path), path).toBe('public');
  }
  for (const path of [
    '/account',
    '/account/',
    '/api/me',
    '/api/anything',
    '/auth/new-page',
    '/auth/sign-in/',
    '/auth%2Fsign-in',
    '/_next/image',
  ]) {
    expect(policyOf(path), path).toBe('signed-in');
  }
  // Auth.js's own paths do not exist in this app, and the set-up page in no build: they are not
  // found, whoever asks.
  const wildcards = Object.keys(access).filter((path) => path.includes('*'));
  expect(wildcards).toEqual(['/api/auth/*', '/setup/*']);
  for (const path of ['/setup', '/setup/connect', '/api/auth/session']) {
    expect(policyOf(path), path).toBe('absent');
  }
});
