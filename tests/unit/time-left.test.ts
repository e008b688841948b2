import { expect, test } from '@playwright/test';
import { createSession, renewSession } from '../../lib/session-token';
import { timeLeft } from '../../lib/time-left';
import { noGrants } from './id-token-builder';

const now = 1_790_000_000;
const minutes = 60;
const hours = 60 * minutes;
const limits = { sessionIdleSeconds: 1 * hours, sessionLifetimeSeconds: 12 * hours };
const identity = {
  tenantId: '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5',
  objectId: '90ab12cd-34ef-4567-89ab-cdef01234567',
  name: 'Ada Lovelace',
  email: undefined,
  signOutHint: undefined,
  isGuest: false,
  ...noGrants,
};

const rows: [what: string, signedIn: number, renewed: number, idleEnds: number, ends: number][] = [
  ['just begun', 0, 0, 1 * hours, 12 * hours],
  ['sealed lately, and so not sealed anew', -4 * minutes, -4 * minutes, 56 * minutes, 42_960],
  ['due, and so sealed anew', -5 * minutes, -5 * minutes, 1 * hours, 42_900],
  ['due at the last second', -2 * hours, -1 * hours + 1, 1 * hours, 10 * hours],
  ['near its absolute end', -11.5 * hours, -1 * minutes, 30 * minutes, 30 * minutes],
  ['sealed by a clock that is ahead', -1 * hours, 5 * minutes, 1 * hours, 11 * hours],
  ['over', -13 * hours, -1 * minutes, 0, 0],
];
for (const [what, signedIn, renewed, idleEndsInSeconds, endsInSeconds] of rows) {
  test(`a session that is ${what} has ${idleEndsInSeconds} and ${endsInSeconds} seconds left`, () => {
    const session = renewSession(createSession(identity, now + signedIn, limits), now + renewed);
    expect(timeLeft(session, now, limits)).toEqual({ idleEndsInSeconds, endsInSeconds });
  });
}

test('a lifetime that was made shorter ends the session earlier', () => {
  const session = createSession(identity, now - 1800, limits);
  const shorter = { sessionIdleSeconds: 600, sessionLifetimeSeconds: 3600 };
  expect(timeLeft(session, now, shorter)).toEqual({ idleEndsInSeconds: 600, endsInSeconds: 1800 });
});
