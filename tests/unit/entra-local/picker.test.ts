import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { aadstsOf, answerOf, CALLBACK, ORIGIN, startEntra, usernamesOn, Visitor } from './visitor';

const entra = startEntra();
const ADA = 'ada@contoso.example';
const FARID = 'farid@fabrikam.example';
const { contoso, fabrikam, woodgrove } = TENANTS;
const everybody = entra.entra.directory.accounts().map(({ username }) => username);

test('the picker offers every account, and each button begins with the person’s name', async () => {
  const html = await (await new Visitor(entra).authorize()).text();
  expect(usernamesOn(html)).toEqual(everybody);
  for (const { username, name, note } of entra.entra.directory.accounts()) {
    const button = html.split(`value="${username}">`)[1]?.split('</button>')[0] ?? '';
    const text = button.replace(/<[^>]+>/g, ' ').trim();
    expect(text.startsWith(name)).toBe(true);
    expect(text).toContain(note);
  }
});

// Who gets where: a code, or the number that keeps them here.
const OUTCOMES: [string, string, 'code' | number][] = [
  [ADA, 'organizations', 'code'],
  [ADA, 'common', 'code'],
  [ADA, contoso.id, 'code'],
  [ADA, 'contoso.example', 'code'],
  [ADA, 'consumers', 500208],
  [ADA, TENANTS.personal.id, 500208],
  [ADA, fabrikam.id, 50020],
  ['ben@contoso.example', 'organizations', 'code'],
  ['omar@contoso.example', 'organizations', 'code'],
  ['uma@contoso.example', 'organizations', 50105],
  ['uma@contoso.example', contoso.id, 50105],
  ['grace@northwind.example', 'organizations', 'code'],
  ['grace@northwind.example', contoso.id, 'code'],
  ['grace@northwind.example', fabrikam.id, 50020],
  ['ines@northwind.example', 'organizations', 'code'],
  ['ines@northwind.example', contoso.id, 'code'],
  ['ines@northwind.example', fabrikam.id, 50020],
  ['theo@contoso.example', 'organizations', 'code'],
  [FARID, 'organizations', 'code'],
  [FARID, contoso.id, 50020],
  ['noor@northwind.example', 'organizations', 'code'],
  ['noor@northwind.example', contoso.id, 50020],
  ['wei@woodgrove.example', 'organizations', 90094],
  ['wei@woodgrove.example', woodgrove.id, 90094],
  ['mia@personal.example', 'common', 'code'],
  ['mia@personal.example', 'consumers', 'code'],
  ['mia@personal.example', 'organizations', 500200],
  ['mia@personal.example', contoso.id, 500200],
];

for (const [username, segment, outcome] of OUTCOMES) {
  test(`${username} at ${segment}: ${outcome}`, async () => {
    const response = await new Visitor(entra).choose(username, {}, segment);
    if (outcome === 'code') {
      expect(answerOf(response).get('code')).toBeTruthy();
    } else {
      expect(response.headers.get('location')).toBeNull();
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(`AADSTS${outcome}`);
    }
  });
}

test('a personal account is refused at common when the application is for organisations', async () => {
  const other = startEntra({ registration: { signInAudience: 'AzureADMultipleOrgs' } });
  const response = await new Visitor(other).choose('mia@personal.example');
  expect(await response.text()).toContain('AADSTS500200');
});

test('after a refusal another account may be chosen', async () => {
  const visitor = new Visitor(entra);
  const refused = await visitor.choose('uma@contoso.example');
  const picker = await visitor.press(await refused.text(), 'another', 'another');
  const response = await visitor.press(await picker.text(), 'account', ADA);
  expect(answerOf(response).get('code')).toBeTruthy();
});

test('"Need admin approval" links back with access_denied, AADSTS90094 and the state', async () => {
  const response = await new Visitor(entra).choose('wei@woodgrove.example');
  const html = await response.text();
  expect(html).toContain('Need admin approval');
  const href = /<a href="([^"]+)">Return to the application without granting consent<\/a>/.exec(
    html,
  )?.[1];
  const url = new URL((href ?? '').replaceAll('&#38;', '&').replaceAll('&#39;', "'"));
  expect(url.origin + url.pathname).toBe(CALLBACK);
  expect(aadstsOf(url.searchParams)).toBe(90094);
  expect(url.searchParams.get('error')).toBe('access_denied');
  expect(url.searchParams.get('state')).toBe('st/ate +&=é');
});

test('Cancel goes back with access_denied, the subcode cancel and AADSTS65004', async () => {
  const visitor = new Visitor(entra);
  const page = await visitor.authorize();
  const answer = answerOf(await visitor.press(await page.text(), 'cancel', 'cancel'));
  expect(answer.get('error')).toBe('access_denied');
  expect(answer.get('error_subcode')).toBe('cancel');
  expect(aadstsOf(answer)).toBe(65004);
  expect(answer.get('state')).toBe('st/ate +&=é');
  expect(answer.get('error_description')).toMatch(
    /^AADSTS65004: .+\r\nTrace ID: \S{36}\r\nCorrelation ID: \S{36}\r\nTimestamp: .+Z$/,
  );
});

test.describe('consent', () => {
  const ask = async () => {
    const visitor = new Visitor(entra);
    const page = await visitor.choose(ADA, { prompt: 'consent' });
    return { visitor, html: await page.text() };
  };

  test('prompt=consent asks first, and Accept brings a code', async () => {
    const { visitor, html } = await ask();
    expect(html).toContain('Permissions requested');
    expect(answerOf(await visitor.press(html, 'consent', 'accept')).get('code')).toBeTruthy();
  });

  test('declined consent goes back as access_denied with AADSTS65004, without a subcode', async () => {
    const { visitor, html } = await ask();
    const answer = answerOf(await visitor.press(html, 'consent', 'decline'));
    expect(answer.get('error')).toBe('access_denied');
    expect(answer.has('error_subcode')).toBe(false);
    expect(aadstsOf(answer)).toBe(65004);
  });

  test('consent without an account chosen decides nothing', async () => {
    const visitor = new Visitor(entra);
    const html = await (await visitor.authorize({ prompt: 'consent' })).text();
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const response = await visitor.post('/common/interaction', { ticket, consent: 'accept' });
    expect(response.status).toBe(400);
  });
});

test.describe('the ticket of a page', () => {
  const open = async () => {
    const visitor = new Visitor(entra);
    return { visitor, html: await (await visitor.authorize()).text() };
  };

  test('is refused in another browser', async () => {
    const { html } = await open();
    const stranger = new Visitor(entra);
    await stranger.authorize();
    const response = await stranger.press(html, 'account', ADA);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('no longer valid');
  });

  test('is refused without a cookie', async () => {
    const { html } = await open();
    expect((await new Visitor(entra).press(html, 'account', ADA)).status).toBe(400);
  });

  for (const site of ['cross-site', 'same-site', 'none']) {
    test(`is refused from a ${site} page`, async () => {
      const { visitor, html } = await open();
      const response = await visitor.press(html, 'account', ADA, { 'sec-fetch-site': site });
      expect(response.status).toBe(400);
    });
  }

  test('is refused a second time', async () => {
    const { visitor, html } = await open();
    await visitor.press(html, 'account', ADA);
    expect((await visitor.press(html, 'account', FARID)).status).toBe(400);
  });

  test('is refused when it is made up or missing', async () => {
    const { visitor } = await open();
    const made = await visitor.post('/common/interaction', { ticket: 'made-up', account: ADA });
    expect(made.status).toBe(400);
    expect((await visitor.post('/common/interaction', { account: ADA })).status).toBe(400);
  });

  test('is refused for an account that does not exist', async () => {
    const { visitor, html } = await open();
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const response = await visitor.post('/common/interaction', {
      ticket,
      account: 'eve@evil.example',
    });
    expect(response.status).toBe(400);
  });

  test('is refused after half an hour', async () => {
    let nowMs = Date.now();
    const clocked = startEntra({ now: () => nowMs });
    const visitor = new Visitor(clocked);
    const html = await (await visitor.authorize()).text();
    nowMs += 1_800_000;
    expect((await visitor.press(html, 'account', ADA)).status).toBe(400);
  });

  test('a browser id that was not given out is not adopted', async () => {
    const visitor = new Visitor(entra);
    visitor.cookie = 'entra-local=planted';
    await visitor.authorize();
    expect(visitor.cookie).not.toContain('planted');
  });
});

test('the start page says what this is and reveals no secret', async () => {
  const html = await (await entra.handle(new Request(`${ORIGIN}/`))).text();
  expect(html).toContain('not Microsoft, no real accounts');
  expect(html).not.toContain(entra.entra.registration.secrets[0]?.value ?? 'nothing');
  expect(html).not.toContain(entra.control.token);
});
