import { expect, test } from '@playwright/test';
import { createRevocationList, parseRevocation, revocationKey } from '../../lib/revocation';
import { createRevocationStore, type RevocationLink } from '../../lib/revocation-store';
import { createSession, type Session } from '../../lib/session-token';
import { noGrants, rules } from './id-token-builder';

const nowMs = 1_790_000_000_000;
const nowSeconds = nowMs / 1000;
const sid = 'd2c1b0a9-1111-4222-8333-444455556666';
const ada = {
  tenantId: '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5',
  objectId: '90ab12cd-34ef-4567-89ab-cdef01234567',
  name: 'Ada',
  email: undefined,
  signOutHint: undefined,
  isGuest: false,
  ...noGrants,
};
const begun = (startedAtMs: number, identity = ada, microsoftSessionId: string | undefined = sid) =>
  createSession(identity, nowSeconds, rules, { startedAtMs, microsoftSessionId });
const expiresAtSeconds = nowSeconds + 3600;

test.describe('the list', () => {
  const targets = [
    ['sid', { kind: 'sid', sid }],
    ['person', { kind: 'person', tenantId: ada.tenantId, objectId: ada.objectId }],
    ['tenant', { kind: 'tenant', tenantId: ada.tenantId }],
    ['all', { kind: 'all' }],
  ] as const;
  for (const [name, target] of targets) {
    test(`a revocation by ${name} ends what began before it, and nothing else`, () => {
      const list = createRevocationList();
      list.add({ key: revocationKey(target), beforeMs: nowMs, expiresAtSeconds });
      expect(list.hasEnded(begun(nowMs - 1))).toBe(true);
      expect(list.hasEnded(begun(nowMs))).toBe(true);
      expect(list.hasEnded(begun(nowMs + 1))).toBe(false);
      const stranger = { ...ada, tenantId: ada.objectId, objectId: ada.tenantId };
      expect(list.hasEnded(begun(nowMs - 1, stranger, 'another'))).toBe(name === 'all');
      const colleague = { ...ada, objectId: 'ffffffff-34ef-4567-89ab-cdef01234567' };
      expect(list.hasEnded(begun(nowMs - 1, colleague, 'another'))).toBe(
        name === 'all' || name === 'tenant',
      );
    });
  }

  test('a revocation by session ends that one, whatever any clock says', () => {
    const list = createRevocationList();
    const [session, other] = [begun(nowMs + 300_000), begun(nowMs)];
    const key = revocationKey({ kind: 'session', sessionId: session.sessionId });
    list.add({ key, beforeMs: nowMs, expiresAtSeconds });
    expect([list.hasEnded(session), list.hasEnded(other)]).toEqual([true, false]);
  });

  test('the later time and the later end win, in whatever order they arrive', () => {
    const [early, late] = [
      { key: 'all', beforeMs: nowMs - 10, expiresAtSeconds: expiresAtSeconds + 10 },
      { key: 'all', beforeMs: nowMs, expiresAtSeconds },
    ];
    for (const order of [
      [early, late],
      [late, early],
      [late, early, late],
    ]) {
      const list = createRevocationList();
      for (const revocation of order) list.add(revocation);
      expect([...list.values()]).toEqual([
        { key: 'all', beforeMs: nowMs, expiresAtSeconds: expiresAtSeconds + 10 },
      ]);
      expect(list.add(early)).toBe(false);
    }
  });

  test('what concerns no session any more is forgotten', () => {
    const list = createRevocationList();
    list.add({ key: 'all', beforeMs: nowMs, expiresAtSeconds });
    list.sweep(expiresAtSeconds - 1);
    expect(list.size).toBe(1);
    list.sweep(expiresAtSeconds);
    expect(list.size).toBe(0);
  });
});

test('only what is a revocation, and none of the future, is read from a store', () => {
  const good = { key: `tenant:${ada.tenantId}`, beforeMs: nowMs, expiresAtSeconds };
  expect(parseRevocation(JSON.stringify(good), nowMs)).toEqual(good);
  const bad: unknown[] = [
    undefined,
    '',
    '{',
    'null',
    '[]',
    '"all"',
    JSON.stringify({ ...good, key: 'nobody:1' }),
    JSON.stringify({ ...good, key: 'session:' }),
    JSON.stringify({ ...good, key: `session:${'x'.repeat(200)}` }),
    JSON.stringify({ ...good, key: 'session:a b' }),
    JSON.stringify({ ...good, beforeMs: 'now' }),
    JSON.stringify({ ...good, beforeMs: 1.5 }),
    JSON.stringify({ ...good, beforeMs: nowMs + 10 * 60_000 }),
    JSON.stringify({ ...good, expiresAtSeconds: nowSeconds + 400 * 24 * 3600 }),
    JSON.stringify({ key: 'all' }),
  ];
  expect(bad.filter((json) => parseRevocation(json, nowMs))).toEqual([]);
});

test.describe('the store', () => {
  /** A link that says what it is told to. */
  function link(knows: boolean | undefined): RevocationLink & { sent: string[]; marked: string[] } {
    const [sent, marked]: [string[], string[]] = [[], []];
    return {
      ...{ sent, marked, nowMs: Date.now, isUp: () => knows !== undefined },
      send: async (revocations) => {
        sent.push(...revocations.map(({ key }) => key));
        return knows !== undefined;
      },
      rememberSid: async (id) => void marked.push(id),
      knowsSid: async () => knows,
      close: async () => {},
    };
  }
  const later = () => Math.ceil(Date.now() / 1000) + 3600;
  const session = (): Session => begun(Date.now() - 1000);

  test('one instance alone ends sessions at once, and is always current', async () => {
    const store = createRevocationStore();
    const [one, other] = [session(), session()];
    expect(await store.revoke({ kind: 'session', sessionId: one.sessionId }, later())).toBe(true);
    expect([store.hasEnded(one), store.hasEnded(other)]).toEqual([true, false]);
    expect([store.kind, store.isCurrent()]).toEqual(['memory', true]);
    await store.close();
  });

  test('a store that is away keeps nobody signed in, and says that others do not know', async () => {
    const store = createRevocationStore(() => link(undefined));
    const one = session();
    expect(await store.revoke({ kind: 'session', sessionId: one.sessionId }, later())).toBe(false);
    expect(store.hasEnded(one)).toBe(true);
    expect(store.isCurrent()).toBe(false);
    await store.close();
  });

  test('a sid that began here, or that the store knows, ends its sessions everywhere', async () => {
    for (const knows of [true, false]) {
      const fake = link(knows);
      const store = createRevocationStore(() => fake);
      if (!knows) await store.rememberSid(sid, later());
      expect(await store.revokeSid(sid, later())).toBe(true);
      expect(fake.sent).toEqual([`sid:${sid}`]);
      expect(store.hasEnded(session())).toBe(true);
      await store.close();
    }
  });

  test('a sid that nobody knows is worth nothing, however many come', async () => {
    const fake = link(false);
    const store = createRevocationStore(() => fake);
    for (let i = 0; i < 2000; i += 1) await store.revokeSid(`made-up-${i}`, later());
    expect(await store.revokeSid(sid, later())).toBe(false);
    expect(fake.sent).toEqual([]);
    expect(store.hasEnded(session())).toBe(false);
    await store.close();
  });

  test('while nobody can tell, a sid bites here, and a flood of them stays small', async () => {
    const store = createRevocationStore();
    for (let i = 0; i < 30_000; i += 1) await store.revokeSid(`made-up-${i}`, later());
    await store.revokeSid(sid, later());
    expect(store.hasEnded(session())).toBe(true);
    expect(store.hasEnded(begun(1, ada, 'made-up-29999'))).toBe(true);
    expect(store.hasEnded(begun(1, ada, 'made-up-0'))).toBe(false);
    expect(store.hasEnded(begun(Date.now() + 10_000))).toBe(false);
    await store.close();
  });
});
