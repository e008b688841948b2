import { expect, test } from '@playwright/test';
import {
  type Flow,
  flowIdFromState,
  flowsToDrop,
  isSessionLost,
  openFlow,
  openFlows,
  sealFlow,
} from '../../lib/flow';
import { maxReturnToLength } from '../../lib/return-to';
import { createSealer } from '../../lib/sealer';
import { scope } from './id-token-builder';

const now = 1_790_000_000;
const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const sealer = createSealer([secret], 'flow', scope);
const checks = { state: 'the-state', nonce: 'the-nonce', codeVerifier: 'the-code-verifier' };
const flow: Flow = { checks, returnTo: '/account?tab=2', startedAtSeconds: now };

test('a flow is opened as it was sealed', async () => {
  expect(await openFlow(sealer, await sealFlow(sealer, flow))).toEqual(flow);
});

test('a used flow keeps its return path and none of its checks', async () => {
  const { checks: _, ...spent } = flow;
  expect(await openFlow(sealer, await sealFlow(sealer, spent))).toEqual({
    ...spent,
    checks: undefined,
  });
});

test('a flow with an empty check has no checks', async () => {
  for (const name of Object.keys(checks)) {
    const token = await sealFlow(sealer, { ...flow, checks: { ...checks, [name]: '' } });
    expect((await openFlow(sealer, token))?.checks, name).toBeUndefined();
  }
});

test('what was not sealed as a flow is no flow', async () => {
  const session = createSealer([secret], 'session', scope);
  const wire = { c: ['s', 'n', 'v'], r: '/', a: now };
  expect(await openFlow(sealer, await sealer.seal(wire))).toBeDefined();
  const tokens = [
    '',
    'garbage',
    await sealFlow(session, flow),
    await sealFlow(createSealer(['another secret of the operator'], 'flow', scope), flow),
    ...(await Promise.all(
      [
        null,
        {},
        { ...wire, c: ['s', 'n'] },
        { ...wire, c: ['s', 'n', 'v', 'x'] },
        { ...wire, c: 'snv' },
        { ...wire, r: undefined },
        { ...wire, r: 7 },
        { ...wire, a: `${now}` },
      ].map((payload) => sealer.seal(payload)),
    )),
  ];
  for (const token of tokens) expect(await openFlow(sealer, token)).toBeUndefined();
});

test('a flow with the longest return path fits into a cookie', async () => {
  const longest = {
    checks: { state: 's'.repeat(400), nonce: 'n'.repeat(43), codeVerifier: 'v'.repeat(43) },
    returnTo: `/${'a'.repeat(maxReturnToLength - 1)}`,
    startedAtSeconds: now,
  };
  const token = await sealFlow(sealer, longest);
  expect(token.length).toBeLessThan(3900);
  expect(await openFlow(sealer, token)).toEqual(longest);
});

test('a flow is named by a hash of its state', async () => {
  const id = await flowIdFromState('the-state');
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(await flowIdFromState('the-state')).toBe(id);
  const states = Array.from({ length: 200 }, (_, index) => `state-${index}`);
  expect(new Set(await Promise.all(states.map(flowIdFromState))).size).toBe(200);
});

test.describe('which flow cookies are dropped', () => {
  const started = async (name: string, startedAtSeconds: number, returnTo = '/account') =>
    [name, await sealFlow(sealer, { ...flow, returnTo, startedAtSeconds })] as const;

  test('two tabs keep both their flows', async () => {
    const cookies = [await started('one', now - 60), await started('two', now)];
    expect(flowsToDrop(await openFlows(sealer, cookies), 700)).toEqual([]);
  });

  test('cookies that are not ours are dropped', async () => {
    const cookies = [
      await started('ours', now),
      ['junk', 'a'.repeat(3000)] as const,
      ['empty', ''] as const,
    ];
    expect(flowsToDrop(await openFlows(sealer, cookies), 700)).toEqual(['junk', 'empty']);
  });

  test('beyond 4 KB the oldest are dropped, in whatever order they come', async () => {
    const path = `/${'a'.repeat(900)}`;
    const cookies = await Promise.all(
      [3, 0, 5, 1, 4, 2].map((age) => started(`age-${age}`, now - age, path)),
    );
    const newLength = 2000;
    const dropped = flowsToDrop(await openFlows(sealer, cookies), newLength);
    const kept = cookies.filter(([name]) => !dropped.includes(name));
    const length = kept.reduce((sum, [name, token]) => sum + name.length + token.length, newLength);
    expect(length).toBeLessThan(4097);
    expect(kept.map(([name]) => name).sort()).toEqual(['age-0']);
    expect(dropped).toEqual(['age-1', 'age-2', 'age-3', 'age-4', 'age-5']);
  });
});

test('two sign-ins completed within a minute mean that the session is lost, fewer or older do not', () => {
  const cookie = (age: number, completed: boolean) => ({
    name: 'f',
    length: 500,
    flow: { returnTo: '/', startedAtSeconds: now - age, completed },
  });
  expect(isSessionLost([cookie(5, true), cookie(59, true)], now)).toBe(true);
  expect(isSessionLost([cookie(5, true), cookie(60, true)], now)).toBe(false);
  expect(isSessionLost([cookie(5, true), cookie(5, false)], now)).toBe(false);
  expect(isSessionLost([{ name: 'f', length: 1, flow: undefined }], now)).toBe(false);
});

test('a completed flow stays so in its cookie', async () => {
  const spent = { returnTo: '/account', startedAtSeconds: now, completed: true };
  expect(await openFlow(sealer, await sealFlow(sealer, spent))).toMatchObject(spent);
});
