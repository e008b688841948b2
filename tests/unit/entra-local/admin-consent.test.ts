import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { aadstsOf, answerOf, ORIGIN, startEntra, usernamesOn, Visitor } from './visitor';

const DONE = 'http://localhost:3000/auth/approve/done';
const WEI = 'wei@woodgrove.example';
const MIA = 'mia@personal.example';
const WOODGROVE = TENANTS.woodgrove.id;

const entra = startEntra();
test.beforeEach(() => entra.control.reset());

function consentUrl(changes: Record<string, string> = {}, segment = 'organizations') {
  const all = {
    client_id: entra.entra.registration.clientId,
    redirect_uri: DONE,
    scope: 'openid profile email',
    state: 'st/ate +&=é',
    ...changes,
  };
  const given = Object.entries(all).filter(([, value]) => value);
  return `${ORIGIN}/${segment}/v2.0/adminconsent?${new URLSearchParams(given)}`;
}

/** Opens the endpoint and chooses an administrator. */
async function choose(visitor: Visitor, username: string, segment?: string) {
  const picker = await (await visitor.fetch(consentUrl({}, segment))).text();
  return (await visitor.press(picker, 'account', username)).text();
}

test('every account may be chosen, and Accept brings the documented answer', async () => {
  const visitor = new Visitor(entra);
  const picker = await (await visitor.fetch(consentUrl())).text();
  expect(usernamesOn(picker)).toEqual(
    entra.entra.directory.accounts().map(({ username }) => username),
  );
  const page = await (await visitor.press(picker, 'account', WEI)).text();
  expect(page).toContain('Woodgrove Bank');
  const response = await visitor.press(page, 'consent', 'accept');
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toMatch(/^http:\/\/localhost:3000\/auth\/approve\/done/);
  expect(Object.fromEntries(answerOf(response))).toEqual({
    admin_consent: 'True',
    tenant: WOODGROVE,
    scope: 'openid profile email',
    state: 'st/ate +&=é',
  });
});

test('an approved organisation’s people sign in, until the reset', async () => {
  const needsApproval = async () =>
    (await (await new Visitor(entra).choose(WEI)).text()).includes('Need admin approval');
  expect(await needsApproval()).toBe(true);
  const visitor = new Visitor(entra);
  await visitor.press(await choose(visitor, WEI), 'consent', 'accept');
  expect((await new Visitor(entra).signIn(WEI)).get('code')).toBeTruthy();
  expect(entra.entra.registration.installedIn).toContain(WOODGROVE);
  entra.control.reset();
  expect(await needsApproval()).toBe(true);
});

for (const [where, press] of [
  ['the picker', (visitor: Visitor, picker: string) => visitor.press(picker, 'cancel', 'cancel')],
  [
    'the permissions',
    async (visitor: Visitor, picker: string) => {
      const page = await (await visitor.press(picker, 'account', WEI)).text();
      return visitor.press(page, 'consent', 'decline');
    },
  ],
] as const) {
  test(`Cancel at ${where} goes back as Microsoft’s sample does, and approves nothing`, async () => {
    const visitor = new Visitor(entra);
    const picker = await (await visitor.fetch(consentUrl())).text();
    const answer = answerOf(await press(visitor, picker));
    expect(answer.get('error')).toBe('consent_required');
    expect(aadstsOf(answer)).toBe(65004);
    expect(answer.get('admin_consent')).toBe('True');
    expect(answer.get('state')).toBe('st/ate +&=é');
    expect(answer.has('tenant')).toBe(false);
    expect(entra.entra.registration.installedIn).not.toContain(WOODGROVE);
  });
}

test('only its own administrators approve for a tenant', async () => {
  expect(await choose(new Visitor(entra), WEI, TENANTS.contoso.id)).toContain('AADSTS50020');
  const visitor = new Visitor(entra);
  const page = await choose(visitor, WEI, WOODGROVE);
  const answer = answerOf(await visitor.press(page, 'consent', 'accept'));
  expect(answer.get('tenant')).toBe(WOODGROVE);
});

test('a personal account approves nothing', async () => {
  expect(await choose(new Visitor(entra), MIA)).toContain('AADSTS500200');
});

test('consent without an account chosen, or in another browser, decides nothing', async () => {
  const visitor = new Visitor(entra);
  const picker = await (await visitor.fetch(consentUrl())).text();
  const ticket = /name="ticket" value="([^"]+)"/.exec(picker)?.[1] ?? '';
  const pressed = { ticket, consent: 'accept' };
  expect((await visitor.post('/organizations/interaction', pressed)).status).toBe(400);
  await visitor.press(picker, 'account', WEI);
  expect((await new Visitor(entra).post('/organizations/interaction', pressed)).status).toBe(400);
  expect(entra.entra.registration.installedIn).not.toContain(WOODGROVE);
});

test('what was accepted once is not accepted again', async () => {
  const visitor = new Visitor(entra);
  const page = await choose(visitor, WEI);
  await visitor.press(page, 'consent', 'accept');
  expect((await visitor.press(page, 'consent', 'accept')).status).toBe(400);
});

const onThePage: [number, Record<string, string>, string?][] = [
  [900144, { client_id: '' }],
  [700016, { client_id: '00000000-0000-4000-8000-000000000000' }],
  [900971, { redirect_uri: '' }],
  [50011, { redirect_uri: 'https://evil.example/' }],
  [50011, { redirect_uri: `${DONE}/` }],
  [9002313, {}, 'common'],
  [9002313, {}, 'consumers'],
  [90002, {}, 'nobody.example'],
];
for (const [number, changes, segment] of onThePage) {
  test(`AADSTS${number} stays on the page: ${JSON.stringify(changes)} ${segment ?? ''}`, async () => {
    const response = await new Visitor(entra).fetch(consentUrl(changes, segment));
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain(`AADSTS${number}`);
  });
}

const returned: [number, Record<string, string>][] = [
  [900144, { scope: '' }],
  [70011, { scope: 'https://graph.microsoft.com/.default' }],
  [70011, { scope: 'openid User.Read' }],
  [900144, { state: '' }],
];
for (const [number, changes] of returned) {
  test(`AADSTS${number} goes back to the application: ${JSON.stringify(changes)}`, async () => {
    const answer = answerOf(await new Visitor(entra).fetch(consentUrl(changes)));
    expect(aadstsOf(answer)).toBe(number);
    expect(answer.get('admin_consent')).toBe('True');
  });
}

test('only GET is answered', async () => {
  const { status } = await entra.handle(new Request(consentUrl(), { method: 'POST' }));
  expect(status).toBe(405);
});
