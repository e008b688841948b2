import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { loginHintOf } from '../../../entra-local/id-token.mjs';
import { aadstsOf, answerOf, startEntra, usernamesOn, Visitor } from './visitor';

const entra = startEntra();
const ADA = 'ada@contoso.example';
const FARID = 'farid@fabrikam.example';
const { fabrikam, northwind } = TENANTS;
const everybody = entra.entra.directory.accounts().map(({ username }) => username);

function hintOf(username: string) {
  const account = entra.entra.directory.byUsername(username);
  if (!account) throw new Error(`no account ${username}`);
  return loginHintOf(account);
}

test.describe('single sign-on', () => {
  const signedIn = async (...usernames: string[]) => {
    const visitor = new Visitor(entra);
    for (const username of usernames) await visitor.signIn(username, { prompt: 'select_account' });
    return visitor;
  };
  const isPicker = async (response: Response) =>
    (await response.text()).includes('Choose an account');

  test('the sole account that is signed in goes through silently, in the same session', async () => {
    const visitor = new Visitor(entra);
    const first = await visitor.signIn(ADA);
    const second = answerOf(await visitor.authorize());
    expect(second.get('code')).toBeTruthy();
    expect(second.get('session_state')).toBe(first.get('session_state'));
  });

  test('two accounts that are signed in bring the picker', async () => {
    expect(await isPicker(await (await signedIn(ADA, FARID)).authorize())).toBe(true);
  });

  test('an account that does not fit the authority brings the picker', async () => {
    const visitor = await signedIn(ADA);
    expect(await isPicker(await visitor.authorize({}, fabrikam.id))).toBe(true);
  });

  test('a domain_hint of another realm brings the picker', async () => {
    const visitor = await signedIn(ADA);
    const html = await (await visitor.authorize({ domain_hint: 'fabrikam.example' })).text();
    expect(usernamesOn(html)).toEqual([FARID]);
  });

  test('prompt=select_account always brings the picker', async () => {
    const visitor = await signedIn(ADA);
    expect(await isPicker(await visitor.authorize({ prompt: 'select_account' }))).toBe(true);
    const hinted = await visitor.authorize({ prompt: 'select_account', login_hint: ADA });
    expect(await isPicker(hinted)).toBe(true);
  });

  test('prompt=login asks again', async () => {
    const visitor = await signedIn(ADA);
    expect(await isPicker(await visitor.authorize({ prompt: 'login' }))).toBe(true);
    const hinted = await (await visitor.authorize({ prompt: 'login', login_hint: ADA })).text();
    expect(hinted).toContain('Sign in with this account?');
  });

  test('a person who is not assigned is refused silently the next time', async () => {
    const visitor = new Visitor(entra);
    await visitor.choose('uma@contoso.example');
    expect(await (await visitor.authorize()).text()).toContain('AADSTS50105');
  });

  test('login_hint picks one of two accounts that are signed in', async () => {
    const visitor = await signedIn(ADA, FARID);
    const answer = answerOf(await visitor.authorize({ login_hint: FARID }));
    expect(answer.get('code')).toBeTruthy();
    const byClaim = answerOf(await visitor.authorize({ login_hint: hintOf(FARID) }));
    expect(byClaim.get('session_state')).toBe(answer.get('session_state'));
  });

  test('login_hint of an account that is not signed in shows that account only', async () => {
    for (const hint of [FARID, FARID.toUpperCase(), hintOf(FARID)]) {
      const html = await (await new Visitor(entra).authorize({ login_hint: hint })).text();
      expect(usernamesOn(html)).toEqual([FARID]);
      expect(html).toContain('Use another account');
    }
  });

  test('login_hint of nobody brings the picker', async () => {
    expect(
      await isPicker(await new Visitor(entra).authorize({ login_hint: 'eve@evil.example' })),
    ).toBe(true);
  });
});

test.describe('domain_hint', () => {
  for (const [hint, expected] of [
    ['organizations', everybody.filter((one) => one !== 'mia@personal.example')],
    ['consumers', ['mia@personal.example']],
    ['fabrikam.example', [FARID]],
    [northwind.id, ['grace@northwind.example', 'ines@northwind.example', 'noor@northwind.example']],
    ['unknown.example', everybody],
  ] as const) {
    test(`${hint} narrows the choice`, async () => {
      const html = await (await new Visitor(entra).authorize({ domain_hint: hint })).text();
      expect(usernamesOn(html)).toEqual(expected);
    });
  }
});

test.describe('prompt=none', () => {
  const silent = async (visitor: Visitor, overrides = {}, segment = 'common') =>
    answerOf(await visitor.authorize({ prompt: 'none', ...overrides }, segment));

  test('nobody signed in: login_required with AADSTS50058', async () => {
    const answer = await silent(new Visitor(entra));
    expect(answer.get('error')).toBe('login_required');
    expect(aadstsOf(answer)).toBe(50058);
  });

  test('one signed in: a code', async () => {
    const visitor = new Visitor(entra);
    await visitor.signIn(ADA);
    expect((await silent(visitor)).get('code')).toBeTruthy();
  });

  test('two signed in: login_required with AADSTS16000, unless hinted', async () => {
    const visitor = new Visitor(entra);
    await visitor.signIn(ADA);
    await visitor.signIn(FARID, { prompt: 'select_account' });
    const answer = await silent(visitor);
    expect(answer.get('error')).toBe('login_required');
    expect(aadstsOf(answer)).toBe(16000);
    expect((await silent(visitor, { login_hint: ADA })).get('code')).toBeTruthy();
  });

  test('the hinted account is not signed in: login_required, whoever else is', async () => {
    const visitor = new Visitor(entra);
    await visitor.signIn(ADA);
    expect((await silent(visitor, { login_hint: FARID })).get('error')).toBe('login_required');
    expect((await silent(visitor, { login_hint: 'eve@evil.example' })).get('error')).toBe(
      'login_required',
    );
  });

  test('two signed in, of whom one fits the authority: a code for that one', async () => {
    const visitor = new Visitor(entra);
    await visitor.signIn(ADA);
    await visitor.signIn('mia@personal.example', { prompt: 'select_account' });
    const personal = await visitor.authorize({ prompt: 'none' }, 'consumers');
    expect(answerOf(personal).get('code')).toBeTruthy();
    expect((await silent(visitor, {}, 'organizations')).get('code')).toBeTruthy();
  });

  test('an account of another tenant counts as nobody: login_required with AADSTS50058', async () => {
    const visitor = new Visitor(entra);
    await visitor.signIn(ADA);
    for (const overrides of [{}, { login_hint: ADA }]) {
      const answer = await silent(visitor, overrides, fabrikam.id);
      expect(answer.get('error')).toBe('login_required');
      expect(aadstsOf(answer)).toBe(50058);
    }
  });

  test('a person who is not assigned: interaction_required with AADSTS50105, never a page', async () => {
    const visitor = new Visitor(entra);
    await visitor.choose('uma@contoso.example');
    const answer = await silent(visitor);
    expect(answer.get('error')).toBe('interaction_required');
    expect(aadstsOf(answer)).toBe(50105);
  });

  test('an organisation that has not consented: consent_required with AADSTS65001', async () => {
    const visitor = new Visitor(entra);
    await visitor.choose('wei@woodgrove.example');
    const answer = await silent(visitor);
    expect(answer.get('error')).toBe('consent_required');
    expect(aadstsOf(answer)).toBe(65001);
  });
});
