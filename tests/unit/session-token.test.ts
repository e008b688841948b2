import { expect, test } from '@playwright/test';
import type { Identity } from '../../lib/identity';
import { createSealer } from '../../lib/sealer';
import {
  createSession,
  openSession,
  sealSession,
  sessionLifetimeSeconds,
} from '../../lib/session-token';
import { scope } from './id-token-builder';

const now = 1_790_000_000;
const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const sealer = createSealer([secret], 'session', scope);
const identity: Identity = {
  tenantId: '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5',
  objectId: '90ab12cd-34ef-4567-89ab-cdef01234567',
  name: 'Ada Lovelace',
  email: 'ada.lovelace@contoso.example',
  signOutHint: undefined,
};

test('a session is opened as it was sealed', async () => {
  const session = createSession({ ...identity, signOutHint: 'O.CiRlZjc5' }, now);
  const opened = await openSession(sealer, await sealSession(sealer, session), now);
  expect(opened).toEqual({ ok: true, session });
});

test('a person without e-mail has a session all the same', async () => {
  const session = createSession({ ...identity, email: undefined }, now);
  const opened = await openSession(sealer, await sealSession(sealer, session), now);
  expect(opened).toEqual({ ok: true, session });
});

test('a session ends eight hours after the sign-in, to the second', async () => {
  expect(sessionLifetimeSeconds).toBe(8 * 60 * 60);
  const token = await sealSession(sealer, createSession(identity, now));
  const end = now + sessionLifetimeSeconds;
  expect((await openSession(sealer, token, end - 1)).ok).toBe(true);
  for (const late of [end, end + 1, end + 86_400]) {
    expect(await openSession(sealer, token, late)).toEqual({ ok: false, reason: 'expired' });
  }
});

test('every sign-in makes a session with an id of its own that says nothing about the person', () => {
  const ids = Array.from({ length: 100 }, () => createSession(identity, now).sessionId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('an ordinary person’s session is smaller than 1 KB', async () => {
  const hint =
    'O.CiRjb250b3NvLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMBIkZjAwMDAwMDAaFmFkYUBjb250b3NvIG4';
  const session = createSession({ ...identity, signOutHint: hint }, now);
  expect((await sealSession(sealer, session)).length).toBeLessThan(1024);
});

test('only what belongs to a session is sealed, and no token', async () => {
  const token = await sealSession(
    sealer,
    createSession({ ...identity, idToken: 'canary', accessToken: 'canary' } as Identity, now),
  );
  const opened = await sealer.open(token);
  if (!opened.ok) throw new Error(opened.reason);
  expect(Object.keys(opened.payload as object).sort()).toEqual(['a', 'e', 'n', 'o', 's', 't', 'x']);
  expect(JSON.stringify(opened.payload)).not.toContain('canary');
});

test('whatever the cookie holds, opening it gives a reason and never throws', async () => {
  const other = createSealer(['Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo='], 'session', scope);
  const session = createSession(identity, now);
  const good = await sealSession(sealer, session);
  const rows: [token: string, reason: string][] = [
    ['', 'malformed'],
    ['garbage', 'malformed'],
    [await sealSession(other, session), 'unknown_key'],
    [await createSealer([secret], 'flow', scope).seal(session), 'unknown_key'],
    [`${good.slice(0, -9)}AAAAAAAA${good.slice(-1)}`, 'tampered'],
  ];
  for (const [token, reason] of rows) {
    expect(await openSession(sealer, token, now)).toEqual({ ok: false, reason });
  }
});

test('a sealed value that is no session is malformed', async () => {
  const wire = { t: 't', o: 'o', n: 'n', s: 's', a: now, x: now + 60 };
  expect((await openSession(sealer, await sealer.seal(wire), now)).ok).toBe(true);
  const broken: unknown[] = [null, [], 'text', 7, {}, createSession(identity, now)];
  for (const name of Object.keys(wire)) {
    broken.push({ ...wire, [name]: undefined }, { ...wire, [name]: null }, { ...wire, [name]: {} });
  }
  broken.push({ ...wire, x: `${now + 60}` }, { ...wire, e: 7 }, { ...wire, h: [] });
  for (const payload of broken) {
    expect(await openSession(sealer, await sealer.seal(payload), now)).toEqual({
      ok: false,
      reason: 'malformed',
    });
  }
});
