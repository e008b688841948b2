import { expect, test } from '@playwright/test';
import { leftInWords, type Phase, phaseAt } from '../../lib/session-end';

const now = 1_790_000_000_000;
const at = (idleSeconds: number, endsSeconds: number) => ({
  idleEndsAtMs: now + idleSeconds * 1000,
  endsAtMs: now + endsSeconds * 1000,
});

const phases: [idleEnds: number, ends: number, idleSeconds: number, phase: Phase][] = [
  [3600, 43_200, 3600, 'quiet'],
  [121, 43_200, 3600, 'quiet'],
  [120, 43_200, 3600, 'idle'],
  [1, 43_200, 3600, 'idle'],
  [0, 43_200, 3600, 'over'],
  [-86_400, 43_200, 3600, 'over'],
  [16, 43_200, 60, 'quiet'], // a quarter of an idle time of a minute
  [15, 43_200, 60, 'idle'],
  [301, 301, 3600, 'quiet'],
  [300, 300, 3600, 'last'],
  [119, 119, 3600, 'last'], // there is nothing to stay for
  [119, 119.001, 3600, 'last'],
  [119, 128, 3600, 'last'],
  [100, 200, 3600, 'idle'],
  [0, 0, 3600, 'over'],
  [3600, -1, 3600, 'over'],
];
for (const [idleEnds, ends, idleSeconds, phase] of phases) {
  test(`${idleEnds} s before the idle end (of ${idleSeconds} s) and ${ends} s before the absolute one: ${phase}`, () => {
    expect(phaseAt(now, at(idleEnds, ends), idleSeconds)).toBe(phase);
  });
}

test('the time left is told in words that change seldom', () => {
  const told = Array.from({ length: 301 }, (_, second) =>
    leftInWords((300 - second) * 1000, 'en-GB', 'a few seconds'),
  );
  expect([...new Set(told)]).toEqual([
    '5 minutes',
    '4 minutes',
    '3 minutes',
    '2 minutes',
    '1 minute',
    '30 seconds',
    'a few seconds',
  ]);
});
