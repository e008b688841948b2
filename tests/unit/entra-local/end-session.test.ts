import { expect, test } from '@playwright/test';
import { loginHintOf } from '../../../entra-local/id-token.mjs';
import {
  claimsOf,
  ORIGIN,
  partsOf,
  startEntra,
  tokenRequest,
  usernamesOn,
  Visitor,
} from './visitor';

const ADA = 'ada@contoso.example';
const FARID = 'farid@fabrikam.example';
const SIGNED_OUT = 'http://localhost:3000/auth/signed-out';
const FRONT_CHANNEL = 'http://localhost:3000/auth/front-channel';

/** Tells no application, so that people go straight back. */
const entra = startEntra({ registration: { frontChannelLogoutUrl: null } });
const ada = entra.entra.directory.byUsername(ADA);
const adaHint = ada ? loginHintOf(ada) : '';
const logoutUrl = (query: Record<string, string>) =>
  `${ORIGIN}/common/oauth2/v2.0/logout?${new URLSearchParams(query)}`;

async function signedIn(...usernames: string[]) {
  const visitor = new Visitor(entra);
  for (const username of usernames) await visitor.signIn(username, { prompt: 'select_account' });
  return visitor;
}
const isSignedIn = async (visitor: Visitor) => {
  const response = await visitor.authorize({ prompt: 'none' });
  return response.headers.get('location')?.includes('code=') ?? false;
};

test('logout_hint signs that account out without a question and goes back', async () => {
  const visitor = await signedIn(ADA);
  const url = logoutUrl({
    logout_hint: adaHint,
    post_logout_redirect_uri: SIGNED_OUT,
    state: 's &1',
  });
  const response = await visitor.fetch(url);
  expect(response.headers.get('location')).toBe(`${SIGNED_OUT}?state=s+%261`);
  expect(await isSignedIn(visitor)).toBe(false);
});

test('the login_hint claim is the value that logout_hint takes', async () => {
  const { claims } = await claimsOf(entra, ADA);
  expect(claims.login_hint).toBe(adaHint);
});

test('logout_hint leaves the other account signed in', async () => {
  const visitor = await signedIn(ADA, FARID);
  await visitor.fetch(logoutUrl({ logout_hint: adaHint }));
  expect(await isSignedIn(visitor)).toBe(true);
});

for (const [what, query] of [
  ['no logout_hint', {}],
  ['a user name as logout_hint', { logout_hint: ADA }],
  ['the hint of somebody else', { logout_hint: 'O.unknown' }],
] as const) {
  test(`${what} asks which account to sign out of`, async () => {
    const visitor = await signedIn(ADA, FARID);
    const page = await visitor.fetch(logoutUrl({ ...query, post_logout_redirect_uri: SIGNED_OUT }));
    const html = await page.text();
    expect(usernamesOn(html)).toEqual([ADA, FARID]);
    const response = await visitor.press(html, 'account', FARID);
    expect(response.headers.get('location')).toBe(SIGNED_OUT);
    expect(await isSignedIn(visitor)).toBe(true);
  });
}

test('the sign-out page’s ticket is refused in another browser', async () => {
  const html = await (await (await signedIn(ADA)).fetch(logoutUrl({}))).text();
  expect((await (await signedIn(ADA)).press(html, 'account', ADA)).status).toBe(400);
});

test('nobody signed in goes back at once', async () => {
  const response = await new Visitor(entra).fetch(
    logoutUrl({ post_logout_redirect_uri: SIGNED_OUT }),
  );
  expect(response.headers.get('location')).toBe(SIGNED_OUT);
});

for (const target of [
  'https://evil.example/',
  'http://localhost:3000/',
  'http://localhost:3000/auth/signed-out/',
  'http://localhost.evil.example/auth/signed-out',
  'javascript:alert(1)',
]) {
  test(`post_logout_redirect_uri ${target} is not followed`, async () => {
    const visitor = await signedIn(ADA);
    const query = { logout_hint: adaHint, post_logout_redirect_uri: target };
    const response = await visitor.fetch(logoutUrl(query));
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('refresh')).toBeNull();
    const html = await response.text();
    expect(html).toContain('You signed out of your account');
    expect(html).not.toContain(target);
    expect(await isSignedIn(visitor)).toBe(false);
  });
}

test('two post_logout_redirect_uris are not followed', async () => {
  const query = `post_logout_redirect_uri=${SIGNED_OUT}`;
  const response = await new Visitor(entra).fetch(`${logoutUrl({})}${query}&${query}`);
  expect(response.headers.get('location')).toBeNull();
});

test('sign-out may be posted', async () => {
  const visitor = await signedIn(ADA);
  await visitor.post('/common/oauth2/v2.0/logout', { logout_hint: adaHint });
  expect(await isSignedIn(visitor)).toBe(false);
});

test('the front-channel logout URL is framed with the sid of the token, and nothing else', async () => {
  const other = startEntra({ registration: { frontChannelLogoutUrl: FRONT_CHANNEL } });
  const visitor = new Visitor(other);
  const code = (await visitor.signIn(ADA)).get('code') ?? '';
  const { id_token } = await (await other.handle(tokenRequest(other, code))).json();
  const query = { logout_hint: adaHint, post_logout_redirect_uri: SIGNED_OUT };
  const response = await visitor.fetch(logoutUrl(query));
  const src = /<iframe title="[^"]+" src="([^"]+)"/.exec(await response.text())?.[1];
  expect(src).toBe(`${FRONT_CHANNEL}?sid=${partsOf(id_token).claims.sid}`);
  expect(response.headers.get('content-security-policy')).toContain(
    'frame-src http://localhost:3000;',
  );
  expect(response.headers.get('refresh')).toBe(`2; url=${SIGNED_OUT}`);
});

test('no front-channel call for an account that never reached the application', async () => {
  const other = startEntra({ registration: { frontChannelLogoutUrl: FRONT_CHANNEL } });
  const visitor = new Visitor(other);
  await visitor.choose('uma@contoso.example');
  const page = await visitor.fetch(logoutUrl({}));
  const response = await visitor.press(await page.text(), 'account', 'uma@contoso.example');
  expect(await response.text()).not.toContain('<iframe');
});

for (const [registered, framed] of [
  ['http://localhost/out', 'http://localhost:3000/out'],
  ['http://localhost:3999/out', 'http://localhost:3999/out'],
  ['https://app.example/out', 'https://app.example/out'],
  ['https://localhost.example/out', 'https://localhost.example/out'],
] as const) {
  test(`registered as ${registered}, ${framed} is framed`, async () => {
    const other = startEntra({ registration: { frontChannelLogoutUrl: registered } });
    const visitor = new Visitor(other);
    await visitor.signIn(ADA);
    const html = await (await visitor.fetch(logoutUrl({ logout_hint: adaHint }))).text();
    const frames = [...html.matchAll(/<iframe title="[^"]+" src="([^"?]+)\?/g)];
    expect(frames.map(([, src]) => src)).toEqual([framed]);
  });
}

test('at localhost each port where the person signed in is told', async () => {
  const other = startEntra();
  const visitor = new Visitor(other);
  for (const port of [3000, 3001, 3000]) {
    const redirect_uri = `http://localhost:${port}/authorization-code/callback`;
    await visitor.signIn(ADA, { redirect_uri, prompt: 'select_account' });
  }
  const html = await (await visitor.fetch(logoutUrl({ logout_hint: adaHint }))).text();
  const frames = [...html.matchAll(/<iframe title="[^"]+" src="([^"?]+)\?/g)];
  expect(frames.map(([, src]) => new URL(src ?? '').port)).toEqual(['3000', '3001']);
});
