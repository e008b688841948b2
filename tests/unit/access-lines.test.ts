import { expect, test } from '@playwright/test';
import { access } from '../../lib/access';
import { canonicalPath, faultOf, lineOf } from '../../scripts/access-lines';

test('every line of the app’s own table is well formed', () => {
  expect(Object.keys(access).filter((line) => faultOf(line) !== undefined)).toEqual([]);
});

const right = ['/', '/*', '/a', '/a/*', '/a-b_c.d~e', '/caf%C3%A9', '/a%20b', '/me@2x.png', '/A'];
for (const line of right) {
  test(`${line} is a line`, () => {
    expect(faultOf(line)).toBeUndefined();
  });
}

const wrong: [line: string, why: string][] = [
  ['', 'it has no slash'],
  ['account', 'it has no slash'],
  ['*', 'it has no slash'],
  ['https://app.example.com/account', 'it is a URL'],
  ['/account/', 'it ends in a slash'],
  ['/docs//*', 'it has an empty part'],
  ['//account', 'it has an empty part'],
  ['/docs*', 'the wildcard is part of a name'],
  ['/*/edit', 'the wildcard is not at the end'],
  ['/docs/**', 'there is one wildcard alone'],
  ['/*/*', 'there is one wildcard alone'],
  ['/docs/[id]', 'a parameter is a wildcard'],
  ['/account?tab=details', 'it has a query'],
  ['/account#top', 'it has a fragment'],
  ['/%61ccount', 'the escape is not needed'],
  ['/caf%c3%a9', 'the escape is in small letters'],
  ['/100%', 'it is no escape'],
  ['/café', 'browsers escape it'],
  ['/a b', 'browsers escape it'],
  ['/a/../b', 'browsers take dots out'],
  ['/./a', 'browsers take dots out'],
  ['/a\\b', 'browsers make it a slash'],
];
for (const [line, why] of wrong) {
  test(`${JSON.stringify(line)} is refused as a line: ${why}`, () => {
    expect(faultOf(line)).toBeTruthy();
  });
}

test('a line with a query is not told to escape it', () => {
  expect(faultOf('/account?tab=details')).toContain('query');
});

test('a path is spelled as browsers ask for it', () => {
  expect(canonicalPath('/café/a b?#')).toBe('/caf%C3%A9/a%20b%3F%23');
});

test('the line of a route with a parameter is a wildcard', () => {
  expect(['/a', '/a/[id]', '/a/[id]/b/[c]', '/[id]', '/a/[...rest]'].map(lineOf)).toEqual([
    ...['/a', '/a/*', '/a/*', '/*', '/a/*'],
  ]);
});
