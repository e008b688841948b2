import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import {
  aadstsOf,
  answerOf,
  authorizationParameters,
  CALLBACK,
  ORIGIN,
  startEntra,
  Visitor,
} from './visitor';

const entra = startEntra();
type Overrides = Parameters<Visitor['authorize']>[0];

async function expectPage(aadsts: number, overrides: Overrides, on = entra, segment = 'common') {
  const response = await new Visitor(on).authorize(overrides, segment);
  expect(response.headers.get('location')).toBeNull();
  expect(await response.text()).toContain(`AADSTS${aadsts}:`);
}

test('no client_id is refused on the page with AADSTS900144', () =>
  expectPage(900144, { client_id: null }));
test('two client_ids are refused on the page as repeated, with AADSTS9000411', () =>
  expectPage(9000411, { client_id: [entra.entra.registration.clientId, 'other'] }));
test('an unknown client_id is refused on the page with AADSTS700016', () =>
  expectPage(700016, { client_id: '00000000-0000-4000-8000-000000000000' }));
test('no redirect_uri is refused on the page with AADSTS900971', () =>
  expectPage(900971, { redirect_uri: null }));
test('two redirect_uris are refused on the page as repeated, with AADSTS9000411', () =>
  expectPage(9000411, { redirect_uri: [CALLBACK, CALLBACK] }));

for (const redirectUri of [
  'http://localhost:3000/Authorization-Code/callback',
  'http://localhost:3000/authorization-code/callback/',
  'http://localhost:3000/authorization-code/callback?next=1',
  'http://localhost:3000/authorization-code/callback#x',
  'http://localhost:3000/x/../authorization-code/callback',
  'http://localhost:3000/authorization-code/%63allback',
  'http://LOCALHOST:3000/authorization-code/callback',
  'http://localhost:999999/authorization-code/callback',
  'http://localhost:99999/authorization-code/callback',
  'http://localhost:3000@evil.example/authorization-code/callback',
  'http://localhost.evil.example/authorization-code/callback',
  'http://127.0.0.1:3000/authorization-code/callback',
  'http://[::1]:3000/authorization-code/callback',
  'https://localhost:3000/authorization-code/callback',
  'https://evil.example/authorization-code/callback',
  'javascript:alert(1)',
  '',
]) {
  test(`the redirect URI "${redirectUri}" is refused on the page with AADSTS50011`, () =>
    expectPage(50011, { redirect_uri: redirectUri }));
}

for (const port of ['', ':80', ':3000', ':3001', ':65535']) {
  test(`the registered redirect URI is accepted with port "${port}"`, async () => {
    const redirectUri = `http://localhost${port}/authorization-code/callback`;
    const response = await new Visitor(entra).authorize({ redirect_uri: redirectUri });
    expect(await response.text()).toContain('Choose an account');
  });
}

test('the port of a name other than localhost counts', async () => {
  const other = startEntra({ registration: { redirectUris: ['https://app.example/cb'] } });
  await expectPage(50011, { redirect_uri: 'https://app.example:8443/cb' }, other);
});

test('what is refused is not read as markup', async () => {
  const response = await new Visitor(entra).authorize({
    redirect_uri: '"><script>alert(1)</script>',
  });
  expect(await response.text()).not.toContain('<script');
});

for (const [signInAudience, segment, aadsts] of [
  ['AzureADMyOrg', 'common', 50194],
  ['AzureADMyOrg', 'organizations', 50194],
  ['AzureADMyOrg', 'consumers', 9002332],
  ['AzureADMyOrg', TENANTS.personal.id, 9002332],
  ['AzureADMyOrg', TENANTS.fabrikam.id, 700016],
  ['AzureADMyOrg', 'fabrikam.example', 700016],
  ['AzureADMultipleOrgs', 'consumers', 9002332],
  ['PersonalMicrosoftAccount', 'common', 9002346],
] as const) {
  test(`an application for ${signInAudience} is refused at ${segment} with AADSTS${aadsts}`, () =>
    expectPage(aadsts, {}, startEntra({ registration: { signInAudience } }), segment));
}

test('an application for AzureADMyOrg is served at the authority of its home tenant', async () => {
  const registration = {
    signInAudience: 'AzureADMyOrg',
    homeTenantId: TENANTS.fabrikam.id,
  } as const;
  const other = startEntra({ registration });
  const answer = await new Visitor(other).signIn('farid@fabrikam.example', {}, TENANTS.fabrikam.id);
  expect(answer.get('code')).toBeTruthy();
  await expectPage(700016, {}, other, TENANTS.contoso.id);
});

for (const segment of ['common', 'organizations']) {
  test(`AADSTS50194 names the authority ${segment}, as it was used`, async () => {
    const other = startEntra({ registration: { signInAudience: 'AzureADMyOrg' } });
    const html = await (await new Visitor(other).authorize({}, segment)).text();
    expect(html).toContain(`Usage of the /${segment} endpoint is not supported`);
  });
}

test('AADSTS700016 names the directory that was asked', async () => {
  const page = await new Visitor(entra).authorize({ client_id: 'x' }, TENANTS.contoso.id);
  expect(await page.text()).toContain('was not found in the directory &#39;Contoso&#39;');
});

for (const [what, aadsts, overrides] of [
  ['an unknown client_id', 700016, { client_id: 'x' }],
  ['a redirect URI that is not registered', 50011, { redirect_uri: `${CALLBACK}/` }],
] as const) {
  test(`${what} stays on the page with prompt=none too`, () =>
    expectPage(aadsts, { ...overrides, prompt: 'none' }));
}

test('an unknown tenant is refused on a page with AADSTS90002', () =>
  expectPage(90002, {}, entra, 'nowhere.example'));

const REJECTED: [string, number, string, Overrides][] = [
  ['a repeated parameter', 9000411, 'invalid_request', { nonce: ['a', 'b'] }],
  ['a request object', 9002313, 'invalid_request', { request: 'e30.e30.' }],
  ['a request_uri', 9002313, 'invalid_request', { request_uri: 'https://app.example/r' }],
  ['a resource', 901002, 'invalid_request', { resource: 'https://graph.example' }],
  ['no response_type', 900144, 'invalid_request', { response_type: null }],
  [
    'response_type id_token',
    700054,
    'unsupported_response_type',
    { response_type: 'code id_token' },
  ],
  ['response_type token', 70005, 'unsupported_response_type', { response_type: 'token' }],
  ['an unknown response_mode', 70007, 'invalid_request', { response_mode: 'web_message' }],
  ['no scope', 900144, 'invalid_request', { scope: null }],
  ['a scope without openid', 70011, 'invalid_scope', { scope: 'profile email' }],
  ['a scope of another resource', 70011, 'invalid_scope', { scope: 'openid User.Read' }],
  ['an unknown prompt', 90023, 'invalid_request', { prompt: 'create' }],
  ['two prompts in one', 90023, 'invalid_request', { prompt: 'login consent' }],
  ['no code_challenge', 50147, 'invalid_request', { code_challenge: null }],
  ['code_challenge_method plain', 9002313, 'invalid_request', { code_challenge_method: 'plain' }],
  ['no code_challenge_method', 9002313, 'invalid_request', { code_challenge_method: null }],
  ['a short code_challenge', 501491, 'invalid_request', { code_challenge: 'short' }],
  [
    'a code_challenge of foreign letters',
    501491,
    'invalid_request',
    { code_challenge: '='.repeat(43) },
  ],
];

for (const [what, aadsts, error, overrides] of REJECTED) {
  test(`${what} is sent back as ${error} with AADSTS${aadsts}`, async () => {
    const response = await new Visitor(entra).authorize(overrides);
    expect(response.headers.get('location')).toContain(`${CALLBACK}?`);
    const answer = answerOf(response);
    expect(aadstsOf(answer)).toBe(aadsts);
    expect(answer.get('error')).toBe(error);
    expect(answer.get('state')).toBe('st/ate +&=é');
    expect(answer.has('code')).toBe(false);
  });
}

test('a repeated state is not echoed', async () => {
  const answer = answerOf(await new Visitor(entra).authorize({ state: ['a', 'b'] }));
  expect(aadstsOf(answer)).toBe(9000411);
  expect(answer.has('state')).toBe(false);
});

test('response_mode query brings the code in the query, with state and session_state and no iss', async () => {
  const answer = await new Visitor(entra).signIn('ada@contoso.example', { response_mode: 'query' });
  expect([...answer.keys()].sort()).toEqual(['code', 'session_state', 'state']);
  expect(answer.get('state')).toBe('st/ate +&=é');
  expect(answer.get('code')?.length).toBeGreaterThan(1000);
});

test('response_mode fragment brings the code in the fragment only', async () => {
  const response = await new Visitor(entra).choose('ada@contoso.example', {
    response_mode: 'fragment',
  });
  const url = new URL(response.headers.get('location') ?? '');
  expect(url.search).toBe('');
  expect(new URLSearchParams(url.hash.slice(1)).get('state')).toBe('st/ate +&=é');
  expect(new URLSearchParams(url.hash.slice(1)).get('code')).toBeTruthy();
});

test('response_mode form_post brings the code in a form that posts itself, with a button without script', async () => {
  const response = await new Visitor(entra).choose('ada@contoso.example', {
    response_mode: 'form_post',
  });
  const html = await response.text();
  expect(html).toContain(`action="${CALLBACK}"`);
  expect(html).toMatch(/name="code" value="1\.[\w-]{1000,}"/);
  expect(html).toMatch(/<noscript>[\s\S]*<button type="submit">Continue<\/button>/);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(/<script nonce="([^"]+)">/.exec(html)?.[1]).toBe(/'nonce-([^']+)'/.exec(policy)?.[1]);
  expect(policy).toContain("form-action 'self' http://localhost:3000");
});

test('no state asked, no state answered', async () => {
  const answer = await new Visitor(entra).signIn('ada@contoso.example', { state: null });
  expect(answer.has('state')).toBe(false);
});

test('an authorization request may be posted', async () => {
  const response = await entra.handle(
    new Request(`${ORIGIN}/${TENANTS.contoso.id}/oauth2/v2.0/authorize`, {
      method: 'POST',
      body: authorizationParameters(entra),
    }),
  );
  expect(await response.text()).toContain('Choose an account');
});

test('every page forbids script, framing, foreign forms and caching', async () => {
  const page = await new Visitor(entra).authorize();
  const { headers } = page;
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).toContain("form-action 'self' http://localhost:3000;");
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
});
