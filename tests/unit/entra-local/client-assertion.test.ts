import { createHash, X509Certificate } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { createCertificate, type TestCertificate } from '../../certificate';
import { assertionOf, type Changes, ENDPOINT, NOW, redeem } from './client-assertion-builder';
import { type Entra, startEntra } from './visitor';

let first: TestCertificate;
let second: TestCertificate;
let entra: Entra;
test.beforeAll(async () => {
  [first, second] = await Promise.all([createCertificate(), createCertificate()]);
});
test.beforeEach(() => {
  entra = startEntra({ now: () => NOW * 1000 });
  entra.control.patchRegistration({ certificates: [first.certificate] });
});

const assertion = ({ by = first, ...changes }: Changes & { by?: TestCertificate } = {}) =>
  assertionOf(entra, by, changes);
const verdictOf = async (changes: Parameters<typeof assertion>[0]) =>
  (await redeem(entra, assertion(changes))).aadsts ?? 200;

test('an assertion as Microsoft documents it redeems a code', async () => {
  expect((await redeem(entra, assertion())).status).toBe(200);
});

test('RS256 is accepted too, and so is the older thumbprint by SHA-1', async () => {
  expect(await verdictOf({ as: 'RS256' })).toBe(200);
  const { raw } = new X509Certificate(first.certificate);
  const x5t = createHash('sha1').update(raw).digest('base64url');
  expect(await verdictOf({ header: { 'x5t#S256': undefined, x5t } })).toBe(200);
  expect(await verdictOf({ header: { x5t } })).toBe(200);
});

test('of two registered certificates either is accepted, so that one can follow the other', async () => {
  entra.control.patchRegistration({ certificates: [second.certificate, first.certificate] });
  expect(await verdictOf({ by: first })).toBe(200);
  expect(await verdictOf({ by: second })).toBe(200);
  entra.control.patchRegistration({ certificates: [second.certificate] });
  expect(await verdictOf({ by: first })).toBe(700027);
});

test('the audience is the token endpoint of the very authority that is asked', async () => {
  const where = { segment: TENANTS.contoso.id };
  expect((await redeem(entra, assertion(), {}, where)).aadsts).toBe(700023);
  const aud = ENDPOINT.replace('common', where.segment);
  expect((await redeem(entra, assertion({ claims: { aud } }), {}, where)).status).toBe(200);
  expect(await verdictOf({ claims: { aud } })).toBe(700023);
});

const canary = 'someone-else';
const REFUSED: [what: string, aadsts: number, changes: Changes][] = [
  ['another type of token', 5002727, { header: { typ: 'at+jwt' } }],
  ['no type', 5002727, { header: { typ: undefined } }],
  ['a critical member', 50027, { header: { crit: ['b64'], b64: true } }],
  ['alg none', 5002738, { header: { alg: 'none' } }],
  ['alg RS512', 5002738, { header: { alg: 'RS512' } }],
  ['no thumbprint', 700027, { header: { 'x5t#S256': undefined } }],
  ['an empty thumbprint', 700027, { header: { 'x5t#S256': '' } }],
  ['a thumbprint of nobody', 700027, { header: { 'x5t#S256': canary } }],
  ['a thumbprint that is a list', 700027, { header: { 'x5t#S256': [canary] } }],
  ['a right thumbprint beside a wrong one', 700027, { header: { x5t: canary } }],
  ['RS256 over a signature of PS256', 700027, { header: { alg: 'RS256' } }],
  ['PS256 over a signature of RS256', 700027, { as: 'RS256', header: { alg: 'PS256' } }],
  ['a shorter salt than PS256 has', 700027, { saltLength: 20 }],
  ['another issuer', 700021, { claims: { iss: canary } }],
  ['another subject', 700021, { claims: { sub: canary } }],
  ['no issuer', 700021, { claims: { iss: undefined } }],
  ['no subject', 700021, { claims: { sub: undefined } }],
  ['no audience', 700023, { claims: { aud: undefined } }],
  [
    'the issuer as its audience',
    700023,
    { claims: { aud: 'https://entra-local.invalid/common/v2.0' } },
  ],
  [
    'Microsoft as its audience',
    700023,
    { claims: { aud: ENDPOINT.replace('entra-local.invalid', 'login.microsoftonline.com') } },
  ],
  [
    'the loopback address as its audience',
    700023,
    { claims: { aud: 'http://127.0.0.1:4999/common/oauth2/v2.0/token' } },
  ],
  ['its one audience in a list', 700023, { claims: { aud: [ENDPOINT] } }],
  ['two audiences', 700023, { claims: { aud: [ENDPOINT, 'https://evil.example/token'] } }],
  ['no exp', 50027, { claims: { exp: undefined } }],
  ['no nbf', 50027, { claims: { nbf: undefined } }],
  ['no iat', 50027, { claims: { iat: undefined } }],
  ['an exp in words', 50027, { claims: { exp: `${NOW + 300}` } }],
  ['an exp of this second', 700024, { claims: { nbf: NOW - 60, iat: NOW - 60, exp: NOW } }],
  ['an nbf in the future', 700024, { claims: { nbf: NOW + 1 } }],
  ['an iat in the future', 700024, { claims: { iat: NOW + 1 } }],
  ['more than ten minutes', 700024, { claims: { exp: NOW + 601 } }],
  ['more than ten minutes since nbf', 700024, { claims: { nbf: NOW - 302 } }],
  ['more than ten minutes since iat', 700024, { claims: { iat: NOW - 302 } }],
  ['no jti', 50027, { claims: { jti: undefined } }],
  ['an empty jti', 50027, { claims: { jti: '' } }],
  ['a jti that is a number', 50027, { claims: { jti: 7 } }],
];
for (const [what, aadsts, changes] of REFUSED) {
  test(`an assertion with ${what} is refused with AADSTS${aadsts}`, async () => {
    expect(await verdictOf(changes)).toBe(aadsts);
  });
}

test('the developer is told which of the reasons for AADSTS700027 it was', async () => {
  const reasonOf = async (changes: Changes) =>
    (await redeem(entra, assertion(changes))).body.error_description;
  expect(await reasonOf({ header: { 'x5t#S256': canary } })).toContain('thumbprint');
  expect(await reasonOf({ saltLength: 20 })).toContain('the signature is wrong');
  entra.control.patchRegistration({ certificates: [] });
  expect(await reasonOf({})).toContain('no certificate is registered');
});

test('exactly ten minutes are accepted', async () => {
  expect(await verdictOf({ claims: { exp: NOW + 600 } })).toBe(200);
  expect(await verdictOf({ claims: { nbf: NOW - 300, iat: NOW - 300 } })).toBe(200);
});

test('an assertion signed by another key is refused with AADSTS700027', async () => {
  const forged = { by: second, header: { 'x5t#S256': first.thumbprint } };
  expect(await verdictOf(forged)).toBe(700027);
});

test('an assertion that was changed after signing is refused with AADSTS700027', async () => {
  const [header, , signature] = assertion().split('.');
  const [, payload] = assertion().split('.');
  expect((await redeem(entra, `${header}.${payload}.${signature}`)).aadsts).toBe(700027);
});

test('an expired certificate is refused with AADSTS700027', async () => {
  entra.control.setClock(() => (NOW + 31 * 86_400) * 1000);
  const later = NOW + 31 * 86_400;
  const claims = { nbf: later, iat: later, exp: later + 300 };
  expect(await verdictOf({ claims })).toBe(700027);
});

test('a certificate of another kind of key is refused with AADSTS700027', async () => {
  const by = await createCertificate({ keyType: 'ec' });
  entra.control.patchRegistration({ certificates: [by.certificate] });
  expect(await verdictOf({ by })).toBe(700027);
});

test('an assertion is accepted once, also with another signature of the same id', async () => {
  const claims = { jti: 'an-id' };
  const sent = assertion({ claims });
  expect((await redeem(entra, sent)).status).toBe(200);
  expect((await redeem(entra, sent)).aadsts).toBe(50027);
  expect(await verdictOf({ claims })).toBe(50027);
  entra.control.reset();
  entra.control.patchRegistration({ certificates: [first.certificate] });
  expect((await redeem(entra, sent)).status).toBe(200);
});

test('a refused assertion does not use up its id', async () => {
  const claims = { jti: 'an-id' };
  expect(await verdictOf({ claims: { ...claims, aud: canary } })).toBe(700023);
  expect(await verdictOf({ claims })).toBe(200);
});

test('what is no signed JWT is refused with AADSTS50027', async () => {
  const [header, payload, signature] = assertion().split('.');
  const list = Buffer.from('[]').toString('base64url');
  const malformed = [
    'x',
    `${header}.${payload}`,
    `${header}.${payload}.`,
    `${header}.${payload}.${signature}.${signature}`,
    `${header}.${payload}.${signature}=`,
    `${list}.${payload}.${signature}`,
    `${header}.${list}.${signature}`,
    `bm9wZQ.${payload}.${signature}`,
  ];
  for (const one of malformed) expect((await redeem(entra, one)).aadsts, one).toBe(50027);
});

test('the type of the assertion is given, and the right one', async () => {
  const type = (client_assertion_type: string | null) => ({ client_assertion_type });
  expect((await redeem(entra, assertion(), type(null))).aadsts).toBe(900144);
  expect((await redeem(entra, assertion(), type(''))).aadsts).toBe(900144);
  expect((await redeem(entra, null)).aadsts).toBe(900144);
  const saml = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer';
  expect((await redeem(entra, assertion(), type(saml))).aadsts).toBe(9002313);
});

test('an assertion beside a secret is refused with AADSTS9002313', async () => {
  const { clientId, secrets } = entra.entra.registration;
  const secret = secrets[0]?.value ?? '';
  expect((await redeem(entra, assertion(), { client_secret: secret })).aadsts).toBe(9002313);
  const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
  const headers = { authorization: `Basic ${basic}` };
  expect((await redeem(entra, assertion(), {}, { headers })).aadsts).toBe(9002313);
});

test('an assertion without client_id is refused with AADSTS900144', async () => {
  expect((await redeem(entra, assertion(), { client_id: null })).aadsts).toBe(900144);
});

test('without a registered certificate every assertion is refused with AADSTS700027', async () => {
  entra.control.reset();
  expect(await verdictOf({})).toBe(700027);
  expect(await verdictOf({ header: { 'x5t#S256': undefined } })).toBe(700027);
});

test('a client secret still counts beside a registered certificate', async () => {
  const form = { client_assertion: null, client_assertion_type: null };
  const secret = entra.entra.registration.secrets[0]?.value ?? '';
  expect((await redeem(entra, null, { ...form, client_secret: secret })).status).toBe(200);
  expect((await redeem(entra, null, { ...form, client_secret: 'wrong' })).aadsts).toBe(7000215);
  expect((await redeem(entra, null, form)).aadsts).toBe(7000218);
});

test('what is no certificate cannot be registered', () => {
  for (const pem of ['', 'x', first.privateKey]) {
    expect(() => entra.control.patchRegistration({ certificates: [pem] })).toThrow(TypeError);
  }
  expect(entra.entra.registration.certificates).toEqual([first.certificate]);
});

test('the log of requests keeps no assertion', async () => {
  const sent = assertion();
  await redeem(entra, sent);
  expect(JSON.stringify(entra.control.requests)).toContain('client_assertion');
  expect(JSON.stringify(entra.control.requests)).not.toContain(sent);
});
