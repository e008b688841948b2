import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { aadstsOf, answerOf, redeemed, startEntra, usernamesOn, Visitor } from './visitor';

const ADA = 'ada@contoso.example';
const BEN = 'ben@contoso.example';
const START_SECONDS = 1_800_000_000;

const entra = startEntra();

/** A browser where Ada signed in at START_SECONDS, and a clock to turn. */
async function signedIn() {
  let nowSeconds = START_SECONDS;
  entra.control.setClock(() => nowSeconds * 1000);
  const visitor = new Visitor(entra);
  await visitor.signIn(ADA);
  return {
    visitor,
    /** Whether the stand-in asks the person, so many seconds after the sign-in. */
    async asks(afterSeconds: number, overrides: Record<string, string>) {
      nowSeconds = START_SECONDS + afterSeconds;
      return (await visitor.authorize(overrides)).headers.get('location') === null;
    },
    async at(afterSeconds: number, overrides: Record<string, string | null> = {}) {
      nowSeconds = START_SECONDS + afterSeconds;
      return visitor.authorize(overrides);
    },
    /** Seconds from Ada's first sign-in to the one that the token tells of. */
    authTimeIn: async (response: Response) =>
      Number((await redeemed(entra, answerOf(response))).claims.auth_time) - START_SECONDS,
  };
}

// OpenID Connect Core 1.0, section 3.1.2.1: "greater than", and zero is prompt=login.
for (const [maxAge, afterSeconds, isAsked] of [
  ['60', 0, false],
  ['60', 59, false],
  ['60', 60, false],
  ['60', 61, true],
  ['3600', 61, false],
  ['9999999999', 1_000_000, false],
  ['1', 1, false],
  ['1', 2, true],
  ['0', 0, true],
  ['0', 1, true],
] as const) {
  const outcome = isAsked ? 'asks again' : 'is silent';
  test(`max_age=${maxAge}, ${afterSeconds} seconds after the sign-in, ${outcome}`, async () => {
    const { asks } = await signedIn();
    expect(await asks(afterSeconds, { max_age: maxAge })).toBe(isAsked);
    expect(await asks(afterSeconds, { max_age: maxAge, login_hint: ADA })).toBe(isAsked);
  });
}

for (const age of [
  '',
  '-1',
  '+1',
  '1.5',
  '1e3',
  '0x10',
  ' 60',
  '060',
  '60s',
  '99999999999',
  'NaN',
]) {
  test(`max_age "${age}" is sent back as invalid_request with AADSTS90100`, async () => {
    const answer = answerOf(await new Visitor(entra).authorize({ max_age: age }));
    expect(answer.get('error')).toBe('invalid_request');
    expect(aadstsOf(answer)).toBe(90100);
  });
}

test('an older sign-in brings the picker, with a hint the page of that account', async () => {
  const { at } = await signedIn();
  expect(await (await at(61, { max_age: '60' })).text()).toContain('Choose an account');
  const hinted = await (await at(61, { max_age: '60', login_hint: ADA })).text();
  expect(hinted).toContain('Sign in with this account?');
  expect(usernamesOn(hinted)).toEqual([ADA]);
});

for (const [what, overrides, asksAfterSeconds] of [
  ['prompt=login', { prompt: 'login' }, 100],
  ['prompt=login for the hinted account', { prompt: 'login', login_hint: ADA }, 100],
  ['max_age', { max_age: '60' }, 100],
  ['max_age for the hinted account', { max_age: '60', login_hint: ADA }, 100],
  ['max_age=0 in the same second', { max_age: '0' }, 0],
] as const) {
  test(`${what} moves auth_time to the new sign-in, and silent single sign-on keeps it`, async () => {
    const { visitor, at, authTimeIn } = await signedIn();
    expect(await authTimeIn(await at(asksAfterSeconds))).toBe(0);
    const page = await at(asksAfterSeconds + 10, overrides);
    const answer = await visitor.press(await page.text(), 'account', ADA);
    expect(await authTimeIn(answer)).toBe(asksAfterSeconds + 10);
    expect(await authTimeIn(await at(asksAfterSeconds + 50))).toBe(asksAfterSeconds + 10);
    expect(await authTimeIn(await at(asksAfterSeconds + 50, { prompt: 'none' }))).toBe(
      asksAfterSeconds + 10,
    );
  });
}

test('auth_time is the moment of the button, not of the page', async () => {
  const { visitor, at, authTimeIn } = await signedIn();
  const html = await (await at(100, { prompt: 'login' })).text();
  await at(500);
  expect(await authTimeIn(await visitor.press(html, 'account', ADA))).toBe(500);
});

test('an account that is only chosen did not sign in again', async () => {
  const { visitor, at, authTimeIn } = await signedIn();
  const page = await at(100, { prompt: 'select_account' });
  expect(await authTimeIn(await visitor.press(await page.text(), 'account', ADA))).toBe(0);
});

test('an account that is chosen on the picker and too old did sign in again', async () => {
  const { visitor, at, authTimeIn } = await signedIn();
  const page = await at(100, { prompt: 'select_account', max_age: '60' });
  expect(await authTimeIn(await visitor.press(await page.text(), 'account', ADA))).toBe(100);
});

test('one person’s fresh sign-in does not make another’s fresh', async () => {
  const { visitor, at, asks } = await signedIn();
  const page = await at(100, { prompt: 'select_account' });
  await visitor.press(await page.text(), 'account', BEN);
  expect(await asks(100, { max_age: '60', login_hint: BEN })).toBe(false);
  expect(await asks(100, { max_age: '60', login_hint: ADA })).toBe(true);
});

test('a sign-in that is asked for again and cancelled is no sign-in', async () => {
  const { visitor, at, authTimeIn } = await signedIn();
  const page = await at(100, { max_age: '60', login_hint: ADA });
  const answer = answerOf(await visitor.press(await page.text(), 'cancel', 'cancel'));
  expect(answer.get('error')).toBe('access_denied');
  expect(await authTimeIn(await at(100))).toBe(0);
});

test.describe('prompt=none', () => {
  for (const maxAge of ['60', '0']) {
    for (const hint of [null, ADA]) {
      test(`a sign-in older than max_age=${maxAge} is refused as login_required, hint: ${hint}`, async () => {
        const { at } = await signedIn();
        const answer = answerOf(
          await at(61, { prompt: 'none', max_age: maxAge, login_hint: hint }),
        );
        expect(answer.get('error')).toBe('login_required');
        expect(aadstsOf(answer)).toBe(50058);
        expect(answer.has('code')).toBe(false);
      });
    }
  }

  test('a sign-in within max_age brings a code', async () => {
    const { at } = await signedIn();
    const answer = answerOf(await at(60, { prompt: 'none', max_age: '60' }));
    expect(answer.get('code')).toBeTruthy();
  });
});

test('auth_time stays away, with max_age too, when the registration does not ask for it', async () => {
  const other = startEntra({ registration: { optionalClaims: [] } });
  const answer = await new Visitor(other).signIn(ADA, { max_age: '60' });
  expect((await redeemed(other, answer)).claims).not.toHaveProperty('auth_time');
});

test('max_age holds at every authority that the account may use', async () => {
  const { visitor, at } = await signedIn();
  await at(61);
  for (const segment of ['common', 'organizations', TENANTS.contoso.id]) {
    const response = await visitor.authorize({ max_age: '60' }, segment);
    expect(response.headers.get('location'), segment).toBeNull();
  }
});
