import { expect, test } from '@playwright/test';
import { keepForm, keptFormSeconds, openKeptForm } from '../../lib/kept-form';
import { createSealer } from '../../lib/sealer';
import { contoso, fabrikam, now, objectId, scope } from './id-token-builder';

const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const sealer = createSealer([secret], 'form', scope);
const ada = { tenantId: contoso, objectId };

function formOf(fields: Record<string, string | Blob>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
const keep = (fields: Record<string, string | Blob>, place = '/pay') =>
  keepForm(sealer, ada, place, formOf(fields), now).then(({ token }) => token);
const isLost = (fields: Record<string, string | Blob>) =>
  keepForm(sealer, ada, '/pay', formOf(fields), now).then((kept) => kept.isLost);

test('a form comes back to who sent it, where they sent it from', async () => {
  const token = (await keep({ amount: '12.50', to: 'Zoë 王' }, '/pay?step=2')) ?? '';
  const kept = await openKeptForm(sealer, ada, '/pay', token, now + 60);
  expect([...kept]).toEqual([
    ['amount', '12.50'],
    ['to', 'Zoë 王'],
  ]);
});

test('nobody else gets it, nowhere else, and not for ever', async () => {
  const token = (await keep({ amount: '12.50' })) ?? '';
  const open = (who: typeof ada, place: string, value = token, at = now) =>
    openKeptForm(sealer, who, place, value, at).then(({ size }) => size);
  expect(await open(ada, '/pay')).toBe(1);
  expect(await open({ ...ada, objectId: contoso }, '/pay')).toBe(0);
  expect(await open({ ...ada, tenantId: fabrikam }, '/pay')).toBe(0);
  expect(await open(ada, '/transfer')).toBe(0);
  expect(await open(ada, '/pay', token, now + keptFormSeconds)).toBe(0);
  expect(await open(ada, '/pay', 'junk')).toBe(0);
  expect(await open(ada, '/pay', await sealer.seal({ p: '/pay' }))).toBe(0);
  const notice = createSealer([secret], 'notice', scope);
  expect(await openKeptForm(notice, ada, '/pay', token, now)).toEqual(new Map());
});

test('what React adds is left out, and its numbers before the names', async () => {
  const token = await keep({
    $ACTION_ID_40f: '',
    _1_$ACTION_REF_2: '',
    '0': '["$K1"]',
    _1_amount: '7',
    '2_years': 'yes',
    note: 'x',
  });
  const kept = await openKeptForm(sealer, ada, '/pay', token ?? '', now);
  expect(Object.fromEntries(kept)).toEqual({ amount: '7', '2_years': 'yes', note: 'x' });
});

test('what is not kept is lost only when there was something', async () => {
  expect(await isLost({})).toBe(false);
  expect(await isLost({ $ACTION_ID_40f: '' })).toBe(false);
  expect(await isLost({ note: 'x' })).toBe(false);
  expect(await isLost({ file: new Blob(['x']) })).toBe(true);
  expect(await isLost({ note: 'x', file: new Blob(['x']) })).toBe(true);
  expect(await isLost({ note: 'x', file: new Blob([]) })).toBe(false);
  expect(await isLost({ note: 'x'.repeat(2001) })).toBe(true);
  expect(await isLost({ note: '王'.repeat(2000) })).toBe(true);
});

test('a form with nothing to keep, or too much, is not kept', async () => {
  expect(await keep({})).toBeUndefined();
  expect(await keep({ file: new Blob(['x']) })).toBeUndefined();
  expect(await keep({ note: 'x'.repeat(2001) })).toBeUndefined();
  expect(await keep({ note: '王'.repeat(2000) })).toBeUndefined();
  expect((await keep({ note: 'x'.repeat(1200) }))?.length).toBeLessThanOrEqual(2000);
});
