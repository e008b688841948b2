import { expect, test } from '@playwright/test';
import type { Identity } from '../../lib/identity';
import { createSealer } from '../../lib/sealer';
import { createSession, openSession, renewSession, sealSession } from '../../lib/session-token';
import { noGrants, rules, scope } from './id-token-builder';

const now = 1_790_000_000;
const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const sealer = createSealer([secret], 'session', scope);
const identity: Identity = {
  tenantId: '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5',
  objectId: '90ab12cd-34ef-4567-89ab-cdef01234567',
  name: 'Ada Lovelace',
  email: 'ada.lovelace@contoso.example',
  signOutHint: undefined,
  isGuest: false,
  ...noGrants,
};

test('a session is opened as it was sealed', async () => {
  const session = createSession(
    { ...identity, signOutHint: 'O.CiRlZjc5', isGuest: true },
    now,
    rules,
    { startedAtMs: now * 1000 + 7, microsoftSessionId: 'd2c1b0a9-1111-4222-8333-444455556666' },
  );
  const opened = await openSession(sealer, await sealSession(sealer, session), now, rules);
  expect(opened).toEqual({ ok: true, session, isDue: false });
});

test('a person without e-mail has a session all the same', async () => {
  const session = createSession({ ...identity, email: undefined }, now, rules);
  const opened = await openSession(sealer, await sealSession(sealer, session), now, rules);
  expect(opened).toEqual({ ok: true, session, isDue: false });
});

test('a session that is used ends at its absolute end, to the second', async () => {
  const session = createSession(identity, now, rules);
  const end = now + rules.sessionLifetimeSeconds;
  const token = await sealSession(sealer, renewSession(session, end - 60));
  expect((await openSession(sealer, token, end - 1, rules)).ok).toBe(true);
  for (const late of [end, end + 1, end + 86_400]) {
    expect(await openSession(sealer, token, late, rules)).toEqual({ ok: false, reason: 'expired' });
  }
});

test('a session that is not used ends after the idle time, to the second', async () => {
  const token = await sealSession(sealer, createSession(identity, now, rules));
  const end = now + rules.sessionIdleSeconds;
  expect((await openSession(sealer, token, end - 1, rules)).ok).toBe(true);
  for (const late of [end, end + 1]) {
    expect(await openSession(sealer, token, late, rules)).toEqual({ ok: false, reason: 'idle' });
  }
});

test('shorter limits bite at once, and longer ones do not move an end that was set', async () => {
  const session = createSession(identity, now, rules);
  const token = await sealSession(sealer, renewSession(session, now + 40_000));
  const at = (second: number, lifetime: number) =>
    openSession(sealer, token, second, { ...rules, sessionLifetimeSeconds: lifetime });
  expect(await at(now + 40_001, 3600)).toEqual({ ok: false, reason: 'expired' });
  expect(await at(session.expiresAtSeconds, 1_000_000)).toEqual({ ok: false, reason: 'expired' });
});

test('a cookie is due to be sealed anew after five minutes, or under an older secret', async () => {
  const session = createSession(identity, now, rules);
  const token = await sealSession(sealer, session);
  const isDue = async (second: number, sealedBy = sealer, limits = rules) => {
    const opened = await openSession(sealedBy, token, second, limits);
    return opened.ok && opened.isDue;
  };
  expect(await isDue(now + 299)).toBe(false);
  expect(await isDue(now + 300)).toBe(true);
  expect(await isDue(now + 30, sealer, { ...rules, sessionIdleSeconds: 120 })).toBe(true);
  const rotated = createSealer(
    ['Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo=', secret],
    'session',
    scope,
  );
  expect(await isDue(now, rotated)).toBe(true);
});

test('clocks that are five minutes apart end nobody’s session', async () => {
  const session = createSession(identity, now, rules);
  const token = await sealSession(sealer, session);
  for (const clock of [now - 300, now + 300]) {
    expect((await openSession(sealer, token, clock, rules)).ok).toBe(true);
  }
});

test('every sign-in makes a session with an id of its own that says nothing about the person', () => {
  const ids = Array.from({ length: 100 }, () => createSession(identity, now, rules).sessionId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('an ordinary person’s session is smaller than 1 KB', async () => {
  const hint =
    'O.CiRjb250b3NvLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMBIkZjAwMDAwMDAaFmFkYUBjb250b3NvIG4';
  const session = createSession({ ...identity, signOutHint: hint }, now, rules);
  expect((await sealSession(sealer, session)).length).toBeLessThan(1024);
});

test('only what belongs to a session is sealed, and no token', async () => {
  const token = await sealSession(
    sealer,
    createSession(
      { ...identity, idToken: 'canary', accessToken: 'canary' } as Identity,
      now,
      rules,
    ),
  );
  const opened = await sealer.open(token);
  if (!opened.ok) throw new Error(opened.reason);
  expect(Object.keys(opened.payload as object).sort()).toEqual([
    'a',
    'b',
    'e',
    'n',
    'o',
    'r',
    's',
    't',
    'x',
  ]);
  expect(JSON.stringify(opened.payload)).not.toContain('canary');
});

test('whatever the cookie holds, opening it gives a reason and never throws', async () => {
  const other = createSealer(['Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo='], 'session', scope);
  const session = createSession(identity, now, rules);
  const good = await sealSession(sealer, session);
  const rows: [token: string, reason: string][] = [
    ['', 'malformed'],
    ['garbage', 'malformed'],
    [await sealSession(other, session), 'unknown_key'],
    [await createSealer([secret], 'flow', scope).seal(session), 'unknown_key'],
    [`${good.slice(0, -9)}AAAAAAAA${good.slice(-1)}`, 'tampered'],
  ];
  for (const [token, reason] of rows) {
    expect(await openSession(sealer, token, now, rules)).toEqual({ ok: false, reason });
  }
});

test('a sealed value that is no session is malformed', async () => {
  const wire = { t: 't', o: 'o', n: 'n', s: 's', a: now, b: now * 1000, r: now, x: now + 60 };
  expect((await openSession(sealer, await sealer.seal(wire), now, rules)).ok).toBe(true);
  const broken: unknown[] = [null, [], 'text', 7, {}, createSession(identity, now, rules)];
  for (const name of Object.keys(wire)) {
    broken.push({ ...wire, [name]: undefined }, { ...wire, [name]: null }, { ...wire, [name]: {} });
  }
  broken.push(
    { ...wire, x: `${now + 60}` },
    { ...wire, e: 7 },
    { ...wire, g: 0 },
    { ...wire, h: [] },
  );
  for (const payload of broken) {
    expect(await openSession(sealer, await sealer.seal(payload), now, rules)).toEqual({
      ok: false,
      reason: 'malformed',
    });
  }
});
