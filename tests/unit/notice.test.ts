import { expect, test } from '@playwright/test';
import {
  type Notice,
  noticeLifetimeSeconds,
  openNotice,
  sealNotice,
  supportDetails,
} from '../../lib/notice';
import { createSealer } from '../../lib/sealer';
import type { SignInErrorCode } from '../../lib/sign-in-error';
import { signInErrors } from '../../lib/sign-in-error-table';
import { inEnglish } from '../../lib/words';
import { scope } from './id-token-builder';

const now = 1_790_000_000;
const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const sealer = createSealer([secret], 'notice', scope);
const notice: Notice = {
  code: 'tenant_not_allowed',
  incidentId: '1a2b3c4d',
  atSeconds: now,
  correlationId: 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d',
  returnTo: '/account?tab=2',
  account: {
    display: 'Ada Lovelace (ada@contoso.example)',
    tenantId: '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61',
    objectId: '6b1f0c52-8d4e-4f6a-9a3b-2c7d5e8f9012',
  },
};

for (const code of Object.keys(signInErrors) as SignInErrorCode[]) {
  test(`a notice about ${code} is opened as it was sealed`, async () => {
    const token = await sealNotice(sealer, { ...notice, code }, now);
    expect(await openNotice(sealer, token, now)).toEqual({ ...notice, code });
  });
}

test('a notice without an account or a number of Microsoft’s is opened as it was sealed', async () => {
  const bare = { ...notice, account: undefined, correlationId: undefined };
  expect(await openNotice(sealer, await sealNotice(sealer, bare, now), now)).toEqual(bare);
});

test('the moment of the refusal is the one at which the notice was sealed', async () => {
  const token = await sealNotice(sealer, { ...notice, atSeconds: 1 } as Notice, now);
  expect((await openNotice(sealer, token, now + 60))?.atSeconds).toBe(now);
});

test('what support gets is number, time in UTC and Microsoft’s number, and nobody’s name', () => {
  expect(supportDetails(notice, inEnglish.words.refusal)).toEqual([
    ['Number', '1a2b3c4d'],
    ['Time', '2026-09-21 14:13:20 UTC'],
    ['Microsoft’s number', 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d'],
  ]);
  expect(
    supportDetails({ ...notice, correlationId: undefined }, inEnglish.words.refusal),
  ).toHaveLength(2);
});

test('a notice can be read for ten minutes, to the second', async () => {
  expect(noticeLifetimeSeconds).toBe(600);
  const token = await sealNotice(sealer, notice, now);
  expect(await openNotice(sealer, token, now + 599)).toEqual(notice);
  expect(await openNotice(sealer, token, now + 600)).toBeUndefined();
});

test('what we did not seal as a notice says nothing', async () => {
  const wire = { c: 'unknown', i: '1a2b', t: now - 60, r: '/' };
  const account = { w: 'Ada', t: '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61' };
  expect(await openNotice(sealer, await sealer.seal(wire), now)).toBeDefined();
  const tokens = [
    undefined,
    '',
    'garbage',
    await sealNotice(createSealer([secret], 'session', scope), notice, now),
    ...(await Promise.all(
      [
        null,
        { ...wire, c: 'no_such_code' },
        { ...wire, c: 'constructor' },
        { ...wire, c: '__proto__' },
        { ...wire, c: 7 },
        { ...wire, i: undefined },
        { ...wire, r: undefined },
        { ...wire, t: undefined },
        { ...wire, t: '1790000000' },
        { ...wire, m: '<script>' },
        { ...wire, a: 'Ada' },
        { ...wire, a: { ...account, t: 'contoso.example' } },
        { ...wire, a: { ...account, o: '<script>' } },
      ].map((payload) => sealer.seal(payload)),
    )),
  ];
  for (const token of tokens) expect(await openNotice(sealer, token, now)).toBeUndefined();
});

test('the longest return path beside the longest account still fits a cookie', async () => {
  const returnTo = `/${'a'.repeat(2047)}`;
  const display = `${'😀'.repeat(120)} (${'😀'.repeat(120)})`;
  const account = { ...notice.account, display } as NonNullable<Notice['account']>;
  const token = await sealNotice(sealer, { ...notice, returnTo, account }, now);
  expect(token.length).toBeLessThan(3900);
  expect(await openNotice(sealer, token, now)).toMatchObject({ returnTo });
});
