import { expect, test } from '@playwright/test';
import type { IdTokenClaims } from '../../lib/id-token';
import { authTimeFrom, contextsFrom, displayNameOf, identityFromClaims } from '../../lib/identity';
import { createSealer } from '../../lib/sealer';
import { createSession, sealSession } from '../../lib/session-token';
import {
  accessToken,
  claimsOf,
  contoso,
  fabrikam,
  issuerOf,
  noGrants,
  now,
  objectId,
  personal,
  rules,
  scope,
} from './id-token-builder';

const identityOf = (claims: Record<string, unknown>) =>
  identityFromClaims(claimsOf(claims) as IdTokenClaims);

test('an identity is tenant and object id, with a name and an e-mail to show', () => {
  expect(identityOf({ email: 'ada.lovelace@contoso.example' })).toEqual({
    tenantId: contoso,
    objectId,
    name: 'Ada Lovelace',
    email: 'ada.lovelace@contoso.example',
    signOutHint: undefined,
    isGuest: false,
    ...noGrants,
  });
});

test('the same e-mail in another tenant is another person', () => {
  const email = 'ada@contoso.example';
  const [one, two] = [identityOf({ email }), identityOf({ email, tid: fabrikam })];
  expect(one.objectId).toBe(two.objectId);
  expect(one.tenantId).not.toBe(two.tenantId);
});

test('the user name stands in for a missing e-mail', () => {
  expect(identityOf({ email: undefined }).email).toBe('ada@contoso.example');
});

test('a person without name and e-mail has a name to show all the same', () => {
  const identity = identityOf({ name: undefined, preferred_username: undefined });
  expect(identity).toMatchObject({ name: 'Unnamed account', email: undefined });
  expect(identityOf({ name: '\u200b \n' }).name).toBe('ada@contoso.example');
});

test('control, format and bidirectional characters are stripped from what is shown', () => {
  const rows: [name: string, shown: string][] = [
    ['Ada\nLovelace', 'Ada Lovelace'],
    ['\u001b[31mAda\u001b[0m', '[31mAda [0m'],
    ['Ada\u0000\u0007\u009b\u007fLovelace', 'Ada Lovelace'],
    ['\u202eecalevoL adA\u202c', 'ecalevoL adA'],
    ['\u2066Ada\u2069\u200f', 'Ada'],
    ['\ufeffAda\u200bLovelace', 'Ada Lovelace'],
    ['Ada\u2028Love\u2029lace', 'Ada Love lace'],
    ['Ada\ud800', 'Ada'],
    ['  Ada \t Lovelace  ', 'Ada Lovelace'],
    ['Zoë 王 😀', 'Zoë 王 😀'],
  ];
  for (const [name, shown] of rows) {
    expect(identityOf({ name, email: name })).toMatchObject({ name: shown, email: shown });
  }
});

test('a name of 64 kB is cut to 120 characters and 240 bytes, between characters', () => {
  expect(identityOf({ name: 'a'.repeat(65_536) }).name).toBe('a'.repeat(120));
  expect(identityOf({ name: '😀'.repeat(500) }).name).toBe('😀'.repeat(60));
  expect(identityOf({ email: 'e'.repeat(65_536) }).email).toHaveLength(120);
});

test('a sign-out hint that is too long is dropped and not cut', () => {
  expect(identityOf({ login_hint: 'h'.repeat(512) }).signOutHint).toBe('h'.repeat(512));
  expect(identityOf({ login_hint: 'h'.repeat(513) }).signOutHint).toBeUndefined();
  expect(identityOf({ login_hint: '' }).signOutHint).toBeUndefined();
});

test('the largest claims that are kept make a session of at most 3.9 kB', async () => {
  const sealer = createSealer(['q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM='], 'session', scope);
  for (const character of ['😀', '"', '\\', 'ü', '王', 'a']) {
    const identity = identityOf({
      name: character.repeat(65_536),
      email: character.repeat(65_536),
      login_hint: 'h'.repeat(512),
    });
    const token = await sealSession(sealer, createSession(identity, now, rules));
    expect(token.length, character).toBeLessThanOrEqual(3900);
    expect((await sealer.open(token)).ok).toBe(true);
  }
});

test('nothing else of the claims is kept', () => {
  const identity = identityOf({ access_token: accessToken, groups: [contoso], wids: [contoso] });
  expect(Object.keys(identity)).toEqual([
    'tenantId',
    'objectId',
    'name',
    'email',
    'signOutHint',
    'isGuest',
    ...Object.keys(noGrants),
  ]);
});

test('an account is shown as name and e-mail, and not twice when they are the same', () => {
  const identity = identityOf({});
  expect(displayNameOf(identity)).toBe('Ada Lovelace (ada@contoso.example)');
  expect(displayNameOf({ ...identity, email: undefined })).toBe('Ada Lovelace');
  expect(displayNameOf({ ...identity, name: 'ada@contoso.example' })).toBe('ada@contoso.example');
});

test('a sign-out hint of anything but printable characters is dropped', async () => {
  const hostile = ['\u0001'.repeat(512), '王'.repeat(512), 'a b', 'a'.repeat(513)];
  for (const login_hint of hostile) {
    expect(identityOf({ login_hint }).signOutHint).toBeUndefined();
  }
  expect(identityOf({ login_hint: 'O.CiQ-opaque' }).signOutHint).toBe('O.CiQ-opaque');
});

const home = issuerOf(contoso);
const guests: [what: string, claims: Record<string, unknown>, expected: boolean][] = [
  ['neither claim', {}, false],
  ['acct 0', { acct: 0 }, false],
  ['acct 1', { acct: 1 }, true],
  ['acct 0 beside a foreign idp', { acct: 0, idp: 'live.com' }, false],
  ['acct of another kind', { acct: '0' }, true],
  ['idp that is the issuer', { idp: home }, false],
  [
    'idp of the tenant in its older spelling',
    { idp: `https://sts.windows.net/${contoso}/` },
    false,
  ],
  ['idp of another tenant', { idp: `https://sts.windows.net/${fabrikam}/` }, true],
  ['idp of a personal account', { idp: 'live.com' }, true],
  ['idp of another kind', { idp: 7 }, true],
];
for (const [what, claims, expected] of guests) {
  test(`a token with ${what} is ${expected ? 'a guest’s' : 'a member’s'}`, () => {
    expect(identityOf(claims).isGuest).toBe(expected);
  });
}

test('a personal account in its own tenant is no guest', () => {
  expect(identityOf({ tid: personal, idp: 'live.com' }).isGuest).toBe(false);
});

test('an empty e-mail does not hide the user name', () => {
  expect(identityOf({ email: '' }).email).toBe('ada@contoso.example');
});

test('a moment of sign-in that is still to come is none', () => {
  const at = (auth_time: number) => authTimeFrom(claimsOf({ auth_time }) as IdTokenClaims, now);
  expect(at(now - 10)).toBe(now - 10);
  expect(at(now + 300)).toBe(now + 300);
  expect(at(now + 301)).toBeUndefined();
});

test('of the authentication contexts only those are kept that the tenant’s rule names', () => {
  const rules = { [contoso]: { contexts: { payments: 'c3' } } };
  const kept = (claims: Record<string, unknown>) =>
    contextsFrom(claimsOf(claims) as IdTokenClaims, rules);
  expect(kept({ acrs: ['c1', 'c3', 'c3'] })).toEqual(['c3']);
  expect(kept({ acrs: ['c3'], tid: fabrikam })).toEqual([]);
  expect(kept({})).toEqual([]);
});
