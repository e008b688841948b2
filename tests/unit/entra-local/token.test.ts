import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { EXPIRED_CLIENT_SECRET } from '../../../entra-local/registration.mjs';
import { CALLBACK, ORIGIN, startEntra, tokenRequest, Visitor } from './visitor';

const entra = startEntra();
const { clientId, secrets } = entra.entra.registration;
const secret = secrets[0]?.value ?? '';
type Overrides = Parameters<typeof tokenRequest>[2];
type Where = Parameters<typeof tokenRequest>[3];

async function freshCode(segment = 'common', on = entra) {
  const answer = await new Visitor(on).signIn('ada@contoso.example', {}, segment);
  return answer.get('code') ?? '';
}

async function redeem(code: string, overrides: Overrides = {}, where: Where = {}, on = entra) {
  const response = await on.handle(tokenRequest(on, code, overrides, where));
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const basic = (id: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`,
});

test('a code is redeemed with client_secret_post', async () => {
  const { status, body, headers } = await redeem(await freshCode());
  expect(status).toBe(200);
  expect(Object.keys(body).sort()).toEqual(
    ['access_token', 'expires_in', 'ext_expires_in', 'id_token', 'scope', 'token_type'].sort(),
  );
  expect(body.token_type).toBe('Bearer');
  expect(headers.get('cache-control')).toContain('no-store');
});

test('a code is redeemed with client_secret_basic', async () => {
  const overrides = { client_id: null, client_secret: null };
  const where = { headers: basic(encodeURIComponent(clientId), encodeURIComponent(secret)) };
  expect((await redeem(await freshCode(), overrides, where)).status).toBe(200);
});

const REFUSED: [string, number, string, number, Overrides, Where?][] = [
  ['a repeated parameter', 9000411, 'invalid_request', 400, { code_verifier: ['a', 'b'] }],
  [
    'a request with an Origin',
    9002326,
    'invalid_request',
    400,
    {},
    { headers: { origin: 'http://localhost:3000' } },
  ],
  ['no grant_type', 900144, 'invalid_request', 400, { grant_type: null }],
  [
    'grant_type refresh_token',
    70003,
    'unsupported_grant_type',
    400,
    { grant_type: 'refresh_token' },
  ],
  ['no client_id', 900144, 'invalid_request', 400, { client_id: null }],
  ['an unknown client', 700016, 'unauthorized_client', 400, { client_id: 'someone-else' }],
  [
    'two client authentications',
    9002313,
    'invalid_request',
    400,
    {},
    { headers: basic(clientId, secret) },
  ],
  [
    'two client ids',
    9002313,
    'invalid_request',
    400,
    { client_id: 'someone-else', client_secret: null },
    { headers: basic(clientId, secret) },
  ],
  [
    'a client assertion',
    700027,
    'invalid_client',
    401,
    {
      client_secret: null,
      client_assertion: 'e30.e30.e30',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    },
  ],
  ['no client secret', 7000218, 'invalid_client', 401, { client_secret: null }],
  ['an empty client secret', 7000218, 'invalid_client', 401, { client_secret: '' }],
  ['a wrong client secret', 7000215, 'invalid_client', 401, { client_secret: 'wrong' }],
  [
    'a wrong client secret by basic',
    7000215,
    'invalid_client',
    401,
    { client_id: null, client_secret: null },
    { headers: basic(clientId, 'wrong') },
  ],
  [
    'an expired client secret',
    7000222,
    'invalid_client',
    401,
    { client_secret: EXPIRED_CLIENT_SECRET },
  ],
  ['no code', 900144, 'invalid_request', 400, { code: null }],
  ['a code that nobody was given', 70000, 'invalid_grant', 400, { code: '1.made-up' }],
  ['a code at another authority', 700005, 'invalid_grant', 400, {}, { segment: 'organizations' }],
  [
    'a code at the tenant’s own authority',
    700005,
    'invalid_grant',
    400,
    {},
    { segment: TENANTS.contoso.id },
  ],
  [
    'another redirect_uri',
    500112,
    'invalid_grant',
    400,
    { redirect_uri: 'http://localhost:3001/authorization-code/callback' },
  ],
  [
    'a redirect_uri that differs by a slash',
    500112,
    'invalid_grant',
    400,
    { redirect_uri: `${CALLBACK}/` },
  ],
  ['no redirect_uri', 500112, 'invalid_grant', 400, { redirect_uri: null }],
  ['no code_verifier', 900144, 'invalid_request', 400, { code_verifier: null }],
  ['a wrong code_verifier', 501481, 'invalid_grant', 400, { code_verifier: 'x'.repeat(43) }],
];

for (const [what, aadsts, error, status, overrides, where] of REFUSED) {
  test(`${what} is refused with AADSTS${aadsts}`, async () => {
    const answer = await redeem(await freshCode(), overrides, where);
    expect(answer.body.error_codes).toEqual([aadsts]);
    expect(answer.body.error).toBe(error);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toHaveProperty('id_token');
  });
}

test('the plain challenge presented as its own verifier is refused', async () => {
  const challenge = 'c'.repeat(43);
  const answer = await new Visitor(entra).signIn('ada@contoso.example', {
    code_challenge: challenge,
  });
  const { body } = await redeem(answer.get('code') ?? '', { code_verifier: challenge });
  expect(body.error_codes).toEqual([501481]);
});

test('a verifier too short for RFC 7636 is refused though it matches', async () => {
  const challenge = createHash('sha256').update('short').digest('base64url');
  const answer = await new Visitor(entra).signIn('ada@contoso.example', {
    code_challenge: challenge,
  });
  const { body } = await redeem(answer.get('code') ?? '', { code_verifier: 'short' });
  expect(body.error_codes).toEqual([501481]);
});

test('credentials in the query are not read', async () => {
  const { url } = tokenRequest(entra, await freshCode());
  const query = new URLSearchParams(await tokenRequest(entra, await freshCode()).text());
  const body = new URLSearchParams({ grant_type: 'authorization_code' });
  const response = await entra.handle(new Request(`${url}?${query}`, { method: 'POST', body }));
  expect((await response.json()).error_codes).toEqual([900144]);
});

test('a JSON body is refused with AADSTS9002313', async () => {
  const request = new Request(`${ORIGIN}/common/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect((await (await entra.handle(request)).json()).error_codes).toEqual([9002313]);
});

test('GET is refused with AADSTS900561', async () => {
  const response = await entra.handle(new Request(`${ORIGIN}/common/oauth2/v2.0/token`));
  expect(response.status).toBe(405);
  expect((await response.json()).error_codes).toEqual([900561]);
});

test('a second use of an authorization code is refused with AADSTS54005', async () => {
  const code = await freshCode();
  expect((await redeem(code)).status).toBe(200);
  expect((await redeem(code)).body.error_codes).toEqual([54005]);
});

test('of eight parallel redemptions of one code, one wins', async () => {
  const code = await freshCode();
  const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(code)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const losers = answers.filter(({ status }) => status !== 200);
  expect(losers.map(({ body }) => body.error_codes)).toEqual(Array(7).fill([54005]));
});

test('a code allows one guess of the verifier', async () => {
  const code = await freshCode();
  await redeem(code, { code_verifier: 'x'.repeat(43) });
  expect((await redeem(code)).body.error_codes).toEqual([54005]);
});

test('a wrong secret does not use up the code', async () => {
  const code = await freshCode();
  await redeem(code, { client_secret: 'wrong' });
  expect((await redeem(code)).status).toBe(200);
});

test('a code is refused after ten minutes with AADSTS70008', async () => {
  let nowMs = Date.now();
  const clocked = startEntra({ now: () => nowMs });
  const inTime = await freshCode('common', clocked);
  const late = await freshCode('common', clocked);
  nowMs += 599_000;
  expect((await redeem(inTime, {}, {}, clocked)).status).toBe(200);
  nowMs += 1_000;
  expect((await redeem(late, {}, {}, clocked)).body.error_codes).toEqual([70008]);
});

test('a code is refused to another client with AADSTS70000', async () => {
  const renamed = startEntra();
  const code = await freshCode('common', renamed);
  renamed.control.patchRegistration({ clientId: 'another-application' });
  expect((await redeem(code, {}, {}, renamed)).body.error_codes).toEqual([70000]);
});

test('a code of a domain name’s authority is redeemed at its tenant id', async () => {
  const code = await freshCode('contoso.example');
  expect((await redeem(code, {}, { segment: TENANTS.contoso.id })).status).toBe(200);
});

test('an error has every member of Entra’s error body', async () => {
  const { body } = await redeem('1.made-up');
  const { trace_id, correlation_id, timestamp } = body;
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  expect(body.error_description.split('\r\n')).toEqual([
    expect.stringMatching(/^AADSTS70000: /),
    `Trace ID: ${trace_id}`,
    `Correlation ID: ${correlation_id}`,
    `Timestamp: ${timestamp}`,
  ]);
  expect(body.error_uri).toBe('https://entra-local.invalid/error?code=70000');
});
