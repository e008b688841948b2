import { expect, test } from '@playwright/test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { claimsOf, ORIGIN, startEntra } from './visitor';

const NOW_SECONDS = 1_800_000_000;
const entra = startEntra({ now: () => NOW_SECONDS * 1000 });
const { contoso, northwind, personal } = TENANTS;
const ADA = 'ada@contoso.example';
const issuer = (tenantId: string) => `https://entra-local.invalid/${tenantId}/v2.0`;
const oidOf = (username: string) => entra.entra.directory.byUsername(username)?.oid;

test('a member’s token has the claims of a version 2.0 token', async () => {
  const { header, claims } = await claimsOf(entra, ADA, 'organizations');
  expect(Object.keys(header).sort()).toEqual(['alg', 'kid', 'typ']);
  expect(header).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  expect(Object.keys(claims).sort()).toEqual(
    [
      ...['acct', 'aud', 'auth_time', 'email', 'exp', 'groups', 'iat', 'iss', 'login_hint'],
      ...['name', 'nbf', 'nonce', 'oid', 'preferred_username', 'rh', 'roles', 'sid', 'sub'],
      ...['tid', 'uti', 'ver'],
    ].sort(),
  );
  expect(claims).toMatchObject({
    aud: entra.entra.registration.clientId,
    iss: issuer(contoso.id),
    tid: contoso.id,
    oid: oidOf(ADA),
    name: 'Ada Berg',
    preferred_username: ADA,
    email: ADA,
    nonce: 'n-1',
    roles: ['Admin'],
    acct: 0,
    auth_time: NOW_SECONDS,
    ver: '2.0',
    iat: NOW_SECONDS - 300,
    nbf: NOW_SECONDS - 300,
    exp: NOW_SECONDS + 3600,
  });
});

test('the signature verifies with the published key of that kid', async () => {
  const { body } = await claimsOf(entra, ADA);
  const jwks = await (
    await entra.handle(new Request(`${ORIGIN}/common/discovery/v2.0/keys`))
  ).json();
  const { payload } = await jwtVerify(body.id_token, createLocalJWKSet(jwks), {
    currentDate: new Date(NOW_SECONDS * 1000),
    issuer: issuer(contoso.id),
    audience: entra.entra.registration.clientId,
    algorithms: ['RS256'],
  });
  expect(payload.tid).toBe(contoso.id);
});

test('no nonce asked, no nonce answered', async () => {
  const { claims } = await claimsOf(entra, ADA, 'common', { nonce: null });
  expect(claims).not.toHaveProperty('nonce');
});

test('a person without e-mail has no email claim', async () => {
  const { claims } = await claimsOf(entra, 'ben@contoso.example');
  expect(claims).not.toHaveProperty('email');
  expect(claims.preferred_username).toBe('ben@contoso.example');
});

test('without the scopes profile and email their claims stay away', async () => {
  const { claims, body } = await claimsOf(entra, ADA, 'common', { scope: 'openid' });
  for (const name of ['name', 'oid', 'preferred_username', 'email'])
    expect(claims).not.toHaveProperty(name);
  expect(claims.tid).toBe(contoso.id);
  expect(body.scope).toBe('openid');
});

test('offline_access brings no refresh token', async () => {
  const { body } = await claimsOf(entra, ADA, 'common', { scope: 'openid offline_access' });
  expect(body).not.toHaveProperty('refresh_token');
  expect(body.scope).toBe('openid');
});

test('at the tenant’s authority a guest has an own oid there, and names the home tenant in idp', async () => {
  const { claims } = await claimsOf(entra, 'grace@northwind.example', contoso.id);
  expect(claims).toMatchObject({
    tid: contoso.id,
    iss: issuer(contoso.id),
    idp: issuer(northwind.id),
  });
  expect(claims.oid).not.toBe(oidOf('grace@northwind.example'));
  expect(claims.email).toBe('grace@northwind.example');
});

test('at organizations the same person comes from the home tenant', async () => {
  const { claims } = await claimsOf(entra, 'grace@northwind.example', 'organizations');
  expect(claims).toMatchObject({ tid: northwind.id, iss: issuer(northwind.id) });
  expect(claims).not.toHaveProperty('idp');
  expect(claims.oid).toBe(oidOf('grace@northwind.example'));
});

test('a personal account’s token is of the personal tenant and signed with its key', async () => {
  const { header, claims } = await claimsOf(entra, 'mia@personal.example', 'consumers');
  expect(claims).toMatchObject({ tid: personal.id, iss: issuer(personal.id) });
  expect(header.kid).toBe((await entra.entra.keys.signing('personal')).kid);
  expect(header.kid).not.toBe((await entra.entra.keys.signing('organizations')).kid);
});

test('a personal account that an organisation invited gets the organisation’s token and key', async () => {
  const other = startEntra();
  const mia = 'mia@personal.example';
  other.control.patchAccount(mia, { guestOf: [{ tenantId: contoso.id, oid: 'guest-oid' }] });
  const { header, claims } = await claimsOf(other, mia, contoso.id);
  expect(claims).toMatchObject({ tid: contoso.id, idp: issuer(personal.id), oid: 'guest-oid' });
  expect(header.kid).toBe((await other.entra.keys.signing('organizations')).kid);
});

test('more than 200 groups are replaced by the place to ask', async () => {
  const { claims } = await claimsOf(entra, 'omar@contoso.example');
  expect(claims).not.toHaveProperty('groups');
  expect(claims._claim_names).toEqual({ groups: 'src1' });
  expect(claims._claim_sources).toEqual({
    src1: {
      endpoint: expect.stringContaining(`/users/${oidOf('omar@contoso.example')}/getMemberObjects`),
    },
  });
});

test('200 groups are listed', async () => {
  const other = startEntra();
  const groups = Array.from({ length: 200 }, (_, at) => `group-${at}`);
  other.control.patchAccount(ADA, { groups });
  expect((await claimsOf(other, ADA)).claims.groups).toEqual(groups);
});

test('a guest has the roles that the inviting tenant gave, and none of them at home', async () => {
  const ines = 'ines@northwind.example';
  expect((await claimsOf(entra, ines, contoso.id)).claims.roles).toEqual(['Admin']);
  expect((await claimsOf(entra, ines, northwind.id)).claims).not.toHaveProperty('roles');
});

test('every role is in the token, in the order in which it was given', async () => {
  const { claims } = await claimsOf(entra, 'theo@contoso.example');
  expect(claims.roles).toEqual(['Admin', 'Auditor']);
});

// What an application must survive: it goes into the token as it was patched.
test.describe('roles and groups that Microsoft does not promise', () => {
  const odd = startEntra();
  const grace = 'grace@northwind.example';
  for (const [what, value] of [
    ['a string', 'Admin'],
    ['an empty string', ''],
    ['a number', 7],
    ['an object', { Admin: true }],
    ['a list of numbers', [1, 2]],
    ['a list of lists', [['Admin']]],
    ['names with spaces', [' Admin', 'Ad min', '']],
    ['200 names', Array.from({ length: 200 }, (_, at) => `Name ${at}`)],
  ] as const) {
    test(`${what} ends in the token as it is, a member’s and a guest’s`, async () => {
      const both = { roles: value, groups: value };
      odd.control.patchAccount(ADA, both);
      odd.control.patchAccount(grace, { guestOf: [{ tenantId: contoso.id, oid: 'x', ...both }] });
      expect((await claimsOf(odd, ADA)).claims).toMatchObject(both);
      expect((await claimsOf(odd, grace, contoso.id)).claims).toMatchObject(both);
    });
  }

  test('300 roles end in the token, for them there is no overage', async () => {
    const roles = Array.from({ length: 300 }, (_, at) => `Role ${at}`);
    odd.control.patchAccount(ADA, { roles });
    expect((await claimsOf(odd, ADA)).claims.roles).toEqual(roles);
  });
});

test('a fault overrides roles, groups and the overage marker, or takes them away', async () => {
  const other = startEntra();
  const marker = {
    _claim_names: { groups: 'src1' },
    hasgroups: true,
    groups: null,
    roles: 'Admin',
  };
  other.control.inject({ on: 'id_token', claims: marker });
  const { claims } = await claimsOf(other, ADA);
  expect(claims).toMatchObject({ _claim_names: { groups: 'src1' }, hasgroups: true });
  expect(claims.roles).toBe('Admin');
  expect(claims).not.toHaveProperty('groups');
  const none = { _claim_names: null, _claim_sources: null, groups: ['only'] };
  other.control.inject({ on: 'id_token', claims: none });
  const omar = await claimsOf(other, 'omar@contoso.example');
  expect(omar.claims).not.toHaveProperty('_claim_names');
  expect(omar.claims.groups).toEqual(['only']);
});

test('a registration that is patched asks for groups from then on', async () => {
  const other = startEntra({ registration: { groupMembershipClaims: null } });
  other.control.patchRegistration({ groupMembershipClaims: 'SecurityGroup' });
  expect((await claimsOf(other, ADA)).claims.groups).toHaveLength(2);
});

test('groups stay away when the registration does not ask for them', async () => {
  const other = startEntra({ registration: { groupMembershipClaims: null } });
  expect((await claimsOf(other, ADA)).claims).not.toHaveProperty('groups');
});

test('sub is stable for one application and tenant, and another for another', async () => {
  const grace = 'grace@northwind.example';
  const { claims: first } = await claimsOf(entra, grace);
  const { claims: again } = await claimsOf(startEntra(), grace);
  const { claims: asGuest } = await claimsOf(entra, grace, contoso.id);
  const { claims: elsewhere } = await claimsOf(
    startEntra({ registration: { clientId: 'other' } }),
    grace,
  );
  expect(again.sub).toBe(first.sub);
  expect(new Set([first.sub, asGuest.sub, elsewhere.sub]).size).toBe(3);
  expect(first.sub).not.toBe(first.oid);
});

test('uti is another in every token', async () => {
  const utis = [await claimsOf(entra, ADA), await claimsOf(entra, ADA)].map(
    ({ claims }) => claims.uti,
  );
  expect(utis[0]).not.toBe(utis[1]);
});

test('optional claims come only when the registration asks for them', async () => {
  const none = startEntra({ registration: { optionalClaims: [] } });
  const names = ['acct', 'acrs', 'auth_time', 'idp', 'login_hint', 'sid', 'xms_edov'];
  const { claims } = await claimsOf(none, ADA);
  for (const name of names) expect(claims).not.toHaveProperty(name);

  const all = startEntra({ registration: { optionalClaims: names } });
  const member = await claimsOf(all, ADA);
  expect(member.claims).toMatchObject({ acct: 0, idp: issuer(contoso.id), xms_edov: true });
  expect(member.claims.auth_time).toEqual(expect.any(Number));
  const guest = await claimsOf(all, 'grace@northwind.example', contoso.id);
  expect(guest.claims).toMatchObject({ acct: 1, idp: issuer(northwind.id) });
  all.control.patchAccount(ADA, { mail: 'admin@fabrikam.example' });
  expect((await claimsOf(all, ADA)).claims.xms_edov).toBe(false);
});

test('xms_edov comes only beside the email claim that it speaks of', async () => {
  const registered = startEntra({ registration: { optionalClaims: ['xms_edov'] } });
  const unasked = await claimsOf(registered, ADA, 'common', { scope: 'openid profile' });
  expect(unasked.claims).not.toHaveProperty('xms_edov');
  const { claims } = await claimsOf(registered, 'ben@contoso.example');
  expect(claims).not.toHaveProperty('xms_edov');
});
