import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { idTokenChecks } from '../../../setup/flights/checks';
import { flightStore } from '../../../setup/flights/flights';
import { recordSignIn } from '../../../setup/flights/recorder';
import { outcomeOf, toldSteps } from '../../../setup/flights/steps';
import { claimsOf, fabrikam, now } from '../id-token-builder';
import { answerOf, other } from '../transport-sign-in';
import { fly, recorded } from './flying';

test.beforeEach(() => {
  flightStore.flights.length = 0;
});

test.describe('the check that an ID token failed is told, and which were not reached', () => {
  const cases: [string, string, () => Promise<unknown>][] = [
    ['header', 'id_token_shape', async () => ({ id_token: 'not.a-token' })],
    ['key', 'unknown_key', () => answerOf(claimsOf(), { ...other, kid: 'key-9' })],
    ['signature', 'bad_signature', () => answerOf(claimsOf(), other)],
    ['claims', 'claim_missing', () => answerOf(claimsOf({ oid: undefined }))],
    ['issuer', 'iss_tid', () => answerOf(claimsOf({ tid: fabrikam }))],
    ['audience', 'aud', () => answerOf(claimsOf({ aud: fabrikam }))],
    ['times', 'expired', () => answerOf(claimsOf({ exp: now - 600 }))],
    ['nonce', 'nonce', () => answerOf(claimsOf({ nonce: 'another' }))],
    ['access_token_hash', 'at_hash', () => answerOf(claimsOf({ at_hash: 'wrong' }))],
  ];
  for (const [check, reason, tokens] of cases) {
    test(`${check}: ${reason}`, async () => {
      await fly(await tokens(), recordSignIn());
      expect(outcomeOf(recorded())).toBe('refused, token_rejected');
      const rows = toldSteps(recorded()).find(({ checks }) => checks)?.checks ?? [];
      const at = rows.findIndex((row) => row.check === check);
      expect(rows.map(({ verdict }) => verdict)).toEqual(
        rows.map((_, index) => (index < at ? 'Passed' : index === at ? 'Failed' : 'Not reached')),
      );
      expect(rows[at]?.why).toMatch(/^[A-Z].*[.:] .*\(\w+\)$/);
      expect(rows[at]?.why).toContain(`(${reason})`);
    });
  }
});

test('a check that a token does not ask for is not told as passed', async () => {
  await fly(await answerOf(), recordSignIn());
  const rows = toldSteps(recorded()).find(({ checks }) => checks)?.checks ?? [];
  expect(rows.at(-1)).toMatchObject({ check: 'access_token_hash', verdict: 'Not asked' });
});

test('every check and every refusal of lib/id-token.ts has words of its own, in its order', () => {
  const source = readFileSync('lib/id-token.ts', 'utf8');
  const named = (pattern: RegExp) => [...source.matchAll(pattern)].map(([, name = '']) => name);
  expect(idTokenChecks.map(({ check }) => check)).toEqual(named(/passed\?\.\('(\w+)'\)/g));
  const reasons = new Set([
    ...named(/refuse\('(\w+)'\)/g),
    ...named(/\? '(claim_\w+)'/g),
    ...named(/\? '(iss\w*)'/g),
    ...named(/'claim_type' : '(\w+)'/g),
  ]);
  expect(reasons.size).toBeGreaterThan(15);
  const explained = new Set(idTokenChecks.flatMap(({ refusals }) => Object.keys(refusals)));
  expect([...reasons].filter((reason) => !explained.has(reason))).toEqual([]);
});
