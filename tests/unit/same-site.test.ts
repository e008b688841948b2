import { expect, test } from '@playwright/test';
import { isFromThisSite, readForm, seeOther } from '../../lib/same-site';

const config = { origin: 'https://app.example.com' };
const post = (headers: Record<string, string>, body = 'scope=microsoft&returnTo=%2Faccount') =>
  new Request('https://app.example.com/auth/start', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': `${body.length}`,
      ...headers,
    },
    body,
  });

const rows: [what: string, headers: Record<string, string>, ours: boolean][] = [
  ['a page of this app', { 'sec-fetch-site': 'same-origin' }, true],
  ['an older browser on this app', { origin: 'https://app.example.com' }, true],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://app.example.com' }, false],
  ['a sibling domain', { 'sec-fetch-site': 'same-site' }, false],
  ['an address typed by hand', { 'sec-fetch-site': 'none' }, false],
  ['another origin', { origin: 'https://evil.example' }, false],
  ['the same host over http', { origin: 'http://app.example.com' }, false],
  ['a host that begins alike', { origin: 'https://app.example.com.evil.example' }, false],
  ['a sandboxed frame', { origin: 'null' }, false],
  ['a client that says nothing', {}, false],
];
for (const [what, headers, ours] of rows) {
  test(`a post by ${what} is ${ours ? 'ours' : 'refused'}`, () => {
    expect(isFromThisSite(post(headers), config)).toBe(ours);
  });
}

test('a redirect is a 303 that no cache keeps, with every cookie on a line of its own', () => {
  const response = seeOther('https://app.example.com/account', ['a=1; Path=/', 'b=2; Path=/']);
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe('https://app.example.com/account');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  expect(response.body).toBeNull();
});

test('the fields of a form post are read', async () => {
  const form = await readForm(post({}));
  expect([...form]).toEqual([
    ['scope', 'microsoft'],
    ['returnTo', '/account'],
  ]);
});

test('a body that is no form of ours has no fields', async () => {
  const bodies = [
    post({ 'content-type': 'application/json' }),
    post({ 'content-type': 'multipart/form-data; boundary=x' }),
    post({ 'content-type': '' }),
    post({}, `a=${'b'.repeat(16 * 1024)}`),
  ];
  for (const request of bodies) expect([...(await readForm(request))]).toEqual([]);
});

test('a form without a length is read, as proxies send it', async () => {
  const request = post({});
  request.headers.delete('content-length');
  expect((await readForm(request)).get('scope')).toBe('microsoft');
});
