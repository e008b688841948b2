import { expect, test } from '@playwright/test';
import { openCommand, sealCommand } from '../../lib/command';
import { createRevocationStore } from '../../lib/revocation-store';
import { type RevocablePeople, revokeSessions } from '../../lib/revoke';
import { createSealer, type Purpose } from '../../lib/sealer';
import { createSession } from '../../lib/session-token';
import { noGrants, rules, scope } from './id-token-builder';

const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const otherSecret = 'Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo=';
const sealer = createSealer([secret], 'command', scope);
const tenantId = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const objectId = '5d6f1c8a-2b47-4e90-9a13-c7d8e9f0a1b2';
const nowMs = 1_790_000_000_000;
const person: RevocablePeople = { kind: 'person', tenantId, objectId };

test('a command of this minute is opened as it was sealed', async () => {
  for (const target of [person, { kind: 'tenant', tenantId }, { kind: 'all' }] as const) {
    for (const issuedAtMs of [nowMs, nowMs - 60_000, nowMs + 60_000]) {
      const token = await sealCommand(sealer, { target, issuedAtMs });
      expect(await openCommand(sealer, token, nowMs)).toEqual({ target, issuedAtMs });
    }
  }
});

test('a command of a minute before or after is refused', async () => {
  for (const issuedAtMs of [nowMs - 60_001, nowMs + 60_001, 0]) {
    const token = await sealCommand(sealer, { target: person, issuedAtMs });
    expect(await openCommand(sealer, token, nowMs), String(issuedAtMs - nowMs)).toBeUndefined();
  }
});

test('a command that another secret, app or purpose sealed is refused', async () => {
  const purposes: Purpose[] = ['session', 'flow', 'notice', 'approval'];
  const command = { target: person, issuedAtMs: nowMs };
  for (const foreign of [
    createSealer([otherSecret], 'command', scope),
    createSealer([secret], 'command', { ...scope, clientId: tenantId }),
    ...purposes.map((purpose) => createSealer([secret], purpose, scope)),
  ]) {
    expect(await openCommand(sealer, await sealCommand(foreign, command), nowMs)).toBeUndefined();
  }
});

test('what is no command is refused, however well it is sealed', async () => {
  const targets: unknown[] = [
    undefined,
    'all',
    { kind: 'session', sessionId: '7e57ab1e-0000-4000-8000-000000000001' },
    { kind: 'sid', sid: 'x' },
    { kind: 'person', tenantId },
    { kind: 'person', tenantId, objectId: `${objectId}.` },
    { kind: 'tenant', tenantId: '' },
    { kind: 'tenant', tenantId: 'contoso.example' },
    { kind: 'all', tenantId },
  ];
  const payloads: unknown[] = [
    ...targets.map((target) => ({ target, issuedAtMs: nowMs })),
    { target: person },
    { target: person, issuedAtMs: String(nowMs) },
    { target: person, issuedAtMs: Number.NaN },
    [],
    null,
  ];
  for (const payload of payloads) {
    const token = await sealer.seal(payload);
    expect(await openCommand(sealer, token, nowMs), JSON.stringify(payload)).toBeUndefined();
  }
  const good = await sealCommand(sealer, { target: person, issuedAtMs: nowMs });
  for (const token of ['', 'x', '....', good.slice(1), `${good}A`, `${good}.`, 'x'.repeat(9_000)]) {
    expect(await openCommand(sealer, token, nowMs), token.slice(0, 20)).toBeUndefined();
  }
});

test('sessions that began after the moment of the revocation go on, so doing it twice is harmless', async () => {
  const store = createRevocationStore();
  const begunAt = (startedAtMs: number, oid = objectId) =>
    createSession(
      {
        ...{ tenantId, objectId: oid, name: 'Ada', email: undefined },
        ...{ signOutHint: undefined, isGuest: false, ...noGrants },
      },
      Math.floor(startedAtMs / 1000),
      rules,
      { startedAtMs },
    );
  const atMs = Date.now();
  const [before, after, other] = [begunAt(atMs), begunAt(atMs + 1), begunAt(atMs, tenantId)];
  for (const time of ['first', 'again']) {
    expect(await revokeSessions(store, person, rules, atMs), time).toBe(true);
    expect([before, after, other].map(store.hasEnded), time).toEqual([true, false, false]);
  }
  await revokeSessions(store, { kind: 'tenant', tenantId }, rules, atMs);
  expect([before, after, other].map(store.hasEnded)).toEqual([true, false, true]);
  await revokeSessions(store, { kind: 'all' }, rules, atMs + 1);
  expect(store.hasEnded(after)).toBe(true);
  await store.close();
});
