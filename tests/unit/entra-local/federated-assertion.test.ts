import { expect, test } from '@playwright/test';
import { CLIENT_SECRET, EXCHANGE_AUDIENCE } from '../../../entra-local/registration.mjs';
import type { Token } from '../../../entra-local/token-issuers.mjs';
import { NOW, redeem } from './client-assertion-builder';
import { type Entra, startEntra, tokenRequest, Visitor } from './visitor';

const cluster = 'https://oidc.cluster.example/1';
const subject = 'system:serviceaccount:Portal:app';
const trusted = { issuer: cluster, subject, audiences: [EXCHANGE_AUDIENCE] as [string] };
const another = 'https://oidc.other.example';
const genuine: Token = { issuer: cluster, subject, audience: EXCHANGE_AUDIENCE };

let entra: Entra;
test.beforeEach(() => {
  entra = startEntra({ now: () => NOW * 1000 });
  entra.control.patchRegistration({ federatedCredentials: [trusted] });
});
const verdictOf = async (changes: Partial<Token>) =>
  (await redeem(entra, entra.control.issueToken({ ...genuine, ...changes }))).aadsts ?? 200;

test('the token of a trusted issuer redeems codes, the same one again and again', async () => {
  const token = entra.control.issueToken(genuine);
  for (let count = 0; count < 2; count += 1) expect((await redeem(entra, token)).status).toBe(200);
  // Kubernetes writes its audience as a list, and no token of its says that it is a JWT.
  expect(await verdictOf({ audience: [EXCHANGE_AUDIENCE] })).toBe(200);
});

test('the token of a trusted issuer gets an app its own token', async () => {
  const segment = entra.entra.registration.homeTenantId;
  const form = {
    ...{ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' },
    ...{ client_secret: null, code: null, redirect_uri: null, code_verifier: null },
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: entra.control.issueToken(genuine),
  };
  const response = await entra.handle(tokenRequest(entra, '', form, { segment }));
  expect(await response.json()).toMatchObject({ token_type: 'Bearer' });
});

const REFUSED: [what: string, aadsts: number, changes: Partial<Token>][] = [
  ['from an issuer that is not registered', 700211, { issuer: another }],
  ['from the issuer with a slash more', 700211, { issuer: `${cluster}/` }],
  ['from the issuer in capitals', 700211, { issuer: cluster.toUpperCase() }],
  ['of another subject', 700213, { subject: 'system:serviceaccount:portal:other' }],
  ['of the subject with a space more', 700213, { subject: `${subject} ` }],
  ['of the subject in other letters', 7002138, { subject: subject.toLowerCase() }],
  ['of no subject', 700213, { claims: { sub: undefined } }],
  ['for another audience', 700212, { audience: 'https://kubernetes.default.svc' }],
  ['for the audience in other letters', 700212, { audience: EXCHANGE_AUDIENCE.toLowerCase() }],
  ['for two audiences', 700212, { audience: [EXCHANGE_AUDIENCE, another] }],
  ['for no audience', 700212, { claims: { aud: undefined } }],
  ['for an empty list of audiences', 700212, { audience: [] }],
  ['signed by another issuer', 700027, { signedAs: another }],
  ['signed by a key of another name', 700027, { header: { kid: 'another' } }],
  ['signed without a name of its key', 700027, { header: { kid: undefined } }],
  ['with alg none', 5002738, { header: { alg: 'none' } }],
  ['with alg PS256', 5002738, { header: { alg: 'PS256' } }],
  ['with a critical member', 50027, { header: { crit: ['b64'], b64: true } }],
  ['without exp', 50027, { claims: { exp: undefined } }],
  ['without iat', 50027, { claims: { iat: undefined } }],
  ['that ends this second', 700024, { lifetimeSeconds: 0 }],
  ['that begins later', 700024, { claims: { nbf: NOW + 1 } }],
  ['issued later', 700024, { claims: { iat: NOW + 1 } }],
];
for (const [what, aadsts, changes] of REFUSED) {
  test(`a token ${what} is refused with AADSTS${aadsts}`, async () => {
    expect(await verdictOf(changes)).toBe(aadsts);
  });
}

test('a token that was changed after signing is refused with AADSTS700027', async () => {
  const [header, , signature] = entra.control.issueToken(genuine).split('.');
  const [, payload] = entra.control.issueToken({ ...genuine, lifetimeSeconds: 60 }).split('.');
  expect((await redeem(entra, `${header}.${payload}.${signature}`)).aadsts).toBe(700027);
});

test('issuer and subject belong together: those of two credentials do not mix', async () => {
  const elsewhere = { ...trusted, issuer: another, subject: 'repo:contoso/portal:ref:refs/main' };
  entra.control.patchRegistration({ federatedCredentials: [trusted, elsewhere] });
  expect(await verdictOf({ issuer: another, subject: elsewhere.subject })).toBe(200);
  expect(await verdictOf({ issuer: another })).toBe(700213);
});

test('without a federated credential every such token is refused with AADSTS70025', async () => {
  entra.control.patchRegistration({ federatedCredentials: [] });
  expect(await verdictOf({})).toBe(70025);
});

test('a credential without exactly one audience cannot be registered', () => {
  for (const audiences of [[], [EXCHANGE_AUDIENCE, another]]) {
    const federatedCredentials = [{ ...trusted, audiences: audiences as unknown as [string] }];
    expect(() => entra.control.patchRegistration({ federatedCredentials })).toThrow(TypeError);
  }
});

test('a refused client uses up no code: another credential redeems it in the same sign-in', async () => {
  const code = (await new Visitor(entra).signIn('ada@contoso.example')).get('code') ?? '';
  const answer = async (client_secret: string) =>
    (await entra.handle(tokenRequest(entra, code, { client_secret }))).json();
  expect(await answer('wrong')).toMatchObject({ error: 'invalid_client' });
  expect(await answer(CLIENT_SECRET)).toHaveProperty('id_token');
});
