import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { aadstsOf, answerOf, ORIGIN, redeemed, startEntra, Visitor } from './visitor';

const ADA = 'ada@contoso.example';
const FARID = 'farid@fabrikam.example';
const GRACE = 'grace@northwind.example';
const entra = startEntra();
const { contoso, fabrikam, northwind } = TENANTS;
const claims = (value: string) =>
  JSON.stringify({ id_token: { acrs: { essential: true, value } } });

const acrsOf = async (response: Response, segment = 'common', on = entra) =>
  (await redeemed(on, answerOf(response), segment)).claims.acrs;

/** A person who signed in, was asked for the context and pressed the button. */
async function satisfied(context: string, on = entra) {
  const visitor = new Visitor(on);
  const page = await visitor.choose(ADA, { claims: claims(context) });
  const response = await visitor.press(await page.text(), 'context', 'satisfied');
  return { visitor, response };
}

async function signOut(visitor: Visitor) {
  const page = await visitor.fetch(`${ORIGIN}/common/oauth2/v2.0/logout`);
  await visitor.press(await page.text(), 'account', ADA);
}

test('a context is asked for on a page that names it, and the token carries it as a list', async () => {
  const visitor = new Visitor(entra);
  const page = await visitor.choose(ADA, { claims: claims('c1') });
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain('More is needed: Require strong authentication');
  const response = await visitor.press(html, 'context', 'satisfied');
  expect(await acrsOf(response)).toEqual(['c1']);
});

test('who is signed in is asked for the context alone, not for the account', async () => {
  const visitor = new Visitor(entra);
  await visitor.signIn(ADA);
  const html = await (await visitor.authorize({ claims: claims('c2') })).text();
  expect(html).toContain('Require compliant devices');
  const response = await visitor.press(html, 'context', 'satisfied');
  expect(await acrsOf(response)).toEqual(['c2']);
});

test('Cancel goes back as access_denied, and the context stays unsatisfied', async () => {
  const visitor = new Visitor(entra);
  const page = await visitor.choose(ADA, { claims: claims('c1') });
  const answer = answerOf(await visitor.press(await page.text(), 'cancel', 'cancel'));
  expect(answer.get('error')).toBe('access_denied');
  expect(answer.get('error_subcode')).toBe('cancel');
  expect(answer.has('code')).toBe(false);
  expect((await visitor.authorize({ claims: claims('c1') })).headers.get('location')).toBeNull();
});

test('a context that is satisfied is not asked for again, and the token carries it when asked', async () => {
  const { visitor } = await satisfied('c1');
  for (const prompt of [null, 'none']) {
    const response = await visitor.authorize({ claims: claims('c1'), prompt });
    expect(await acrsOf(response)).toEqual(['c1']);
  }
  const again = await visitor.choose(ADA, { claims: claims('c1'), prompt: 'login' });
  expect(await acrsOf(again)).toEqual(['c1']);
});

test('a token for which no context was asked carries none', async () => {
  const { visitor } = await satisfied('c1');
  expect(await acrsOf(await visitor.authorize())).toBeUndefined();
});

test('one context does not stand for another', async () => {
  const { visitor } = await satisfied('c1');
  const html = await (await visitor.authorize({ claims: claims('c2') })).text();
  expect(html).toContain('Require compliant devices');
});

test('another person in the same browser is asked for their own', async () => {
  const { visitor } = await satisfied('c1');
  const picker = await (
    await visitor.authorize({ prompt: 'select_account', claims: claims('c1') })
  ).text();
  const page = await visitor.press(picker, 'account', 'ben@contoso.example');
  expect(await page.text()).toContain('More is needed');
});

test('a sign-out forgets what was satisfied', async () => {
  const { visitor } = await satisfied('c1');
  await signOut(visitor);
  const page = await visitor.choose(ADA, { claims: claims('c1') });
  expect(await page.text()).toContain('More is needed');
});

test('c1 of one tenant says nothing about c1 of another', async () => {
  const other = startEntra();
  other.control.patchAccount(FARID, { guestOf: [{ tenantId: contoso.id, oid: 'guest-oid' }] });
  const visitor = new Visitor(other);
  const atHome = await visitor.choose(FARID, { claims: claims('c1') }, fabrikam.id);
  const response = await visitor.press(await atHome.text(), 'context', 'satisfied');
  expect(await acrsOf(response, fabrikam.id, other)).toEqual(['c1']);
  const asGuest = await visitor.authorize({ claims: claims('c1') }, contoso.id);
  expect(await asGuest.text()).toContain('More is needed');
});

test('a guest satisfies the context of the inviting tenant', async () => {
  const visitor = new Visitor(entra);
  const page = await visitor.choose(GRACE, { claims: claims('c1') }, contoso.id);
  const response = await visitor.press(await page.text(), 'context', 'satisfied');
  expect(await acrsOf(response, contoso.id)).toEqual(['c1']);
});

for (const [what, username, context, segment] of [
  ['a tenant that has other contexts', FARID, 'c2', fabrikam.id],
  ['a tenant without contexts', GRACE, 'c1', northwind.id],
  ['a personal account', 'mia@personal.example', 'c1', 'consumers'],
  ['a tenant that writes it in small letters', ADA, 'C1', contoso.id],
  ['no tenant at all', ADA, 'urn:anything', contoso.id],
] as const) {
  test(`${context} of ${what} is not asked for, and the token carries no acrs`, async () => {
    const visitor = new Visitor(entra);
    const response = await visitor.choose(username, { claims: claims(context) }, segment);
    const token = await redeemed(entra, answerOf(response), segment);
    expect(token.claims).not.toHaveProperty('acrs');
  });
}

test('a context without a policy is satisfied by whoever is signed in', async () => {
  const response = await new Visitor(entra).choose(ADA, { claims: claims('c3') });
  expect(await acrsOf(response)).toEqual(['c3']);
});

test.describe('a registration with the optional claim acrs', () => {
  const other = startEntra({ registration: { optionalClaims: ['acrs'] } });

  test('gets every context that is satisfied, without asking', async () => {
    const { visitor, response } = await satisfied('c2', other);
    expect(await acrsOf(response, 'common', other)).toEqual(['c2', 'c3']);
    expect(await acrsOf(await visitor.authorize(), 'common', other)).toEqual(['c2', 'c3']);
  });

  test('gets no context that is not satisfied', async () => {
    const response = await new Visitor(other).choose(ADA);
    expect(await acrsOf(response, 'common', other)).toEqual(['c3']);
    const answer = await new Visitor(other).signIn(FARID);
    expect((await redeemed(other, answer)).claims).not.toHaveProperty('acrs');
  });
});

test('prompt=none never asks: interaction_required with AADSTS50076', async () => {
  const visitor = new Visitor(entra);
  await visitor.signIn(ADA);
  const answer = answerOf(await visitor.authorize({ prompt: 'none', claims: claims('c1') }));
  expect(answer.get('error')).toBe('interaction_required');
  expect(aadstsOf(answer)).toBe(50076);
  expect(answer.has('code')).toBe(false);
});

test('a refusal by Conditional Access comes back as access_denied with AADSTS53003', async () => {
  entra.control.inject({ on: 'authorize', aadsts: 53003, deliver: 'redirect' });
  const answer = answerOf(await new Visitor(entra).authorize({ claims: claims('c1') }));
  expect(answer.get('error')).toBe('access_denied');
  expect(aadstsOf(answer)).toBe(53003);
});

test('the context comes after a fresh sign-in and before consent, and each is asked for once', async () => {
  const visitor = new Visitor(entra);
  const asked = { prompt: 'consent', max_age: '0', claims: claims('c1') };
  const context = await (await visitor.choose(ADA, asked)).text();
  expect(context).toContain('More is needed');
  const consent = await (await visitor.press(context, 'context', 'satisfied')).text();
  expect(consent).toContain('Permissions requested');
  expect(await acrsOf(await visitor.press(consent, 'consent', 'accept'))).toEqual(['c1']);
});

test.describe('the button decides nothing', () => {
  const ticketOn = (html: string) => /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const press = (visitor: Visitor, html: string, form: Record<string, string> = {}) =>
    visitor.post('/common/interaction', { ticket: ticketOn(html), context: 'satisfied', ...form });

  test('before an account is chosen', async () => {
    const visitor = new Visitor(entra);
    const picker = await (await visitor.authorize({ claims: claims('c1') })).text();
    expect((await press(visitor, picker, { account: '' })).status).toBe(400);
    expect((await visitor.authorize({ prompt: 'none' })).headers.get('location')).toContain(
      'login_required',
    );
  });

  test('where no context is asked for', async () => {
    const visitor = new Visitor(entra);
    const consent = await (await visitor.choose(ADA, { prompt: 'consent' })).text();
    expect((await press(visitor, consent)).status).toBe(400);
  });

  test('about another account than the one on the page', async () => {
    const visitor = new Visitor(entra);
    await visitor.signIn(FARID);
    const page = await (
      await visitor.choose(ADA, { prompt: 'select_account', claims: claims('c1') })
    ).text();
    const { claims: token } = await redeemed(
      entra,
      answerOf(await press(visitor, page, { account: FARID })),
    );
    expect(token).toMatchObject({ preferred_username: ADA, acrs: ['c1'] });
    const again = await visitor.authorize({ login_hint: FARID, claims: claims('c1') });
    expect(await again.text()).toContain('More is needed');
  });

  test('for somebody who signed out while the page was open', async () => {
    const visitor = new Visitor(entra);
    const page = await (await visitor.choose(ADA, { claims: claims('c1') })).text();
    await signOut(visitor);
    expect((await press(visitor, page)).status).toBe(400);
  });

  test('when the button of another question is pressed', async () => {
    const visitor = new Visitor(entra);
    const page = await (
      await visitor.choose(ADA, { prompt: 'consent', claims: claims('c1') })
    ).text();
    const response = await visitor.post('/common/interaction', {
      ticket: ticketOn(page),
      consent: 'accept',
    });
    expect(await response.text()).toContain('More is needed');
  });
});
