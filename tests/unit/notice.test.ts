import { expect, test } from '@playwright/test';
import { type Notice, noticeLifetimeSeconds, openNotice, sealNotice } from '../../lib/notice';
import { createSealer } from '../../lib/sealer';
import { type SignInErrorCode, signInErrors } from '../../lib/sign-in-error';
import { scope } from './id-token-builder';

const now = 1_790_000_000;
const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const sealer = createSealer([secret], 'notice', scope);
const notice: Notice = {
  code: 'tenant_not_allowed',
  incidentId: '1a2b3c4d',
  returnTo: '/account?tab=2',
  account: 'Ada Lovelace (ada@contoso.example)',
};

for (const code of Object.keys(signInErrors) as SignInErrorCode[]) {
  test(`a notice about ${code} is opened as it was sealed`, async () => {
    const token = await sealNotice(sealer, { ...notice, code }, now);
    expect(await openNotice(sealer, token, now)).toEqual({ ...notice, code });
  });
}

test('a notice without an account is opened as it was sealed', async () => {
  const token = await sealNotice(sealer, { ...notice, account: undefined }, now);
  expect(await openNotice(sealer, token, now)).toEqual({ ...notice, account: undefined });
});

test('a notice can be read for ten minutes, to the second', async () => {
  expect(noticeLifetimeSeconds).toBe(600);
  const token = await sealNotice(sealer, notice, now);
  expect(await openNotice(sealer, token, now + 599)).toEqual(notice);
  expect(await openNotice(sealer, token, now + 600)).toBeUndefined();
});

test('what we did not seal as a notice says nothing', async () => {
  const wire = { c: 'unknown', i: '1a2b', r: '/', x: now + 60 };
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
        { ...wire, w: {} },
        { ...wire, x: undefined },
      ].map((payload) => sealer.seal(payload)),
    )),
  ];
  for (const token of tokens) expect(await openNotice(sealer, token, now)).toBeUndefined();
});

test('the longest return path beside the longest account still fits a cookie', async () => {
  const returnTo = `/${'a'.repeat(2047)}`;
  const account = `${'😀'.repeat(120)} (${'😀'.repeat(120)})`;
  const token = await sealNotice(sealer, { ...notice, returnTo, account }, now);
  expect(token.length).toBeLessThan(3900);
  expect(await openNotice(sealer, token, now)).toMatchObject({ returnTo });
});
