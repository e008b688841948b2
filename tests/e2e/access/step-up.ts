import type { Page } from '@playwright/test';
import { Robot } from '../../attack/robot';
import { choose, expectAccessible, pathOf, sessionCookie, startSignIn } from '../fixtures';
import { expect, test } from './fork';
import { press } from './visitors';

const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
const old = () => ({ auth_time: ago(3600) });
const confirmFor = (path: string) => `/auth/confirm?returnTo=${encodeURIComponent(path)}`;
const asked = 'Confirm that it is you';

type Entra = Parameters<Parameters<typeof test>[2]>[0]['entra'];

/** Signs in at the stand-in; Microsoft says that it was an hour ago. */
async function signInLongAgo(page: Page, entra: Entra, path: string): Promise<void> {
  entra.control.inject({ on: 'id_token', claims: old() });
  await page.goto(`/auth/sign-in?returnTo=${encodeURIComponent(path)}`);
  await startSignIn(page);
  await choose(page, 'Ada Berg');
  await expect(page).not.toHaveURL(new RegExp(entra.url));
}

/** From the page that asks to Microsoft's, and back. */
async function confirm(page: Page, name = 'Ada Berg'): Promise<URL> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(asked);
  await page.getByRole('button', { name: 'Continue with Microsoft' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in with this account?' })).toBeVisible();
  const request = new URL(page.url());
  await choose(page, name);
  return request;
}

const fields = (page: Page) => ({
  to: page.getByRole('textbox', { name: 'To' }),
  note: page.getByRole('textbox', { name: 'Note' }),
});

async function pay(page: Page, to: string, note: string): Promise<void> {
  await fields(page).to.fill(to);
  await fields(page).note.fill(note);
  await page.getByRole('button', { name: 'Pay' }).click();
}

test('a page that asks for a recent sign-in opens after a new one at Microsoft', async ({
  page,
  entra,
}) => {
  await signInLongAgo(page, entra, '/bank-details?from=menu');
  expect(pathOf(page)).toBe(confirmFor('/bank-details?from=menu'));
  await expect(page.getByRole('main')).toContainText('Ada Berg');
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page);
  const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(wide), 'nothing is cut off at 320 px').toBe(0);
  const request = await confirm(page);
  expect(Object.fromEntries(request.searchParams)).toMatchObject({
    prompt: 'login',
    max_age: '900',
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bank details');
  expect(pathOf(page)).toBe('/bank-details?from=menu');
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test.describe(`${how} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test(`who signed in long ago finds the form as they sent it, ${how} JavaScript`, async ({
      page,
      entra,
    }) => {
      await signInLongAgo(page, entra, '/pay');
      await pay(page, 'Grüße & <b>co</b>', 'two\nlines');
      await expect(page).toHaveURL(`${confirmFor('/pay')}&recent=yes`);
      await confirm(page);
      await expect(page).toHaveURL('/pay');
      await expect(fields(page).to).toHaveValue('Grüße & <b>co</b>');
      await expect(fields(page).note).toHaveValue('two\nlines');
      await expect(page.getByText('Paid.'), 'nobody pays for them').toBeHidden();
      await page.getByRole('button', { name: 'Pay' }).click();
      await expect(page.getByText('Paid.')).toBeVisible();
      await page.goto('/pay');
      await expect(fields(page).to, 'what was sent is not offered twice').toHaveValue('');
    });

    test(`a form of a page that got too old is kept too, ${how} JavaScript`, async ({
      page,
      context,
      entra,
    }) => {
      await signInLongAgo(page, entra, '/projects');
      const earlier = await sessionCookie(page);
      await page.goto('/bank-details');
      await confirm(page);
      await page.getByRole('textbox', { name: 'IBAN' }).fill('GB33BUKB20201555555555');
      // Time passes: the session is one whose sign-in was an hour ago.
      if (earlier) await context.addCookies([earlier]);
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page).toHaveURL(confirmFor('/bank-details'));
      await confirm(page);
      await expect(page.getByRole('textbox', { name: 'IBAN' })).toHaveValue(
        'GB33BUKB20201555555555',
      );
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('textbox', { name: 'IBAN' })).toHaveValue('');
    });
  });
}

test('a form that is too long to be kept is told of before it is lost', async ({ page, entra }) => {
  await signInLongAgo(page, entra, '/pay');
  await pay(page, 'Fabrikam', 'long '.repeat(1500));
  await expect(page).toHaveURL(`${confirmFor('/pay')}&recent=yes&form=lost`);
  await expect(page.getByRole('main')).toContainText('What you entered could not be kept in full.');
  await expectAccessible(page);
  await confirm(page);
  await expect(page).toHaveURL('/pay');
  await expect(fields(page).to).toHaveValue('');
});

test('Cancel at Microsoft keeps the session, and the form for the next try', async ({
  page,
  entra,
}) => {
  await signInLongAgo(page, entra, '/pay');
  await pay(page, 'Fabrikam', 'rent');
  const before = await sessionCookie(page);
  await page.getByRole('button', { name: 'Continue with Microsoft' }).click();
  await choose(page, 'Cancel');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You cancelled the sign-in');
  expect((await sessionCookie(page))?.value).toBe(before?.value);
  await page.goto('/pay');
  await expect(fields(page).to).toHaveValue('Fabrikam');
});

test('who chooses another account at Microsoft is signed in as that one, without the form', async ({
  page,
  entra,
}) => {
  await signInLongAgo(page, entra, '/pay');
  await pay(page, 'Fabrikam', 'rent');
  await page.getByRole('button', { name: 'Continue with Microsoft' }).click();
  await page.getByRole('button', { name: 'Use another account' }).click();
  await choose(page, 'Ben Osei');
  await expect(page).toHaveURL('/pay');
  await expect(page.getByRole('banner')).toContainText('Ben Osei');
  await expect(fields(page).to).toHaveValue('');
  await expect(fields(page).note).toHaveValue('');
});

test('in two tabs each goes on to its own page', async ({ page, context, entra }) => {
  await signInLongAgo(page, entra, '/pay');
  const other = await context.newPage();
  await other.goto('/bank-details');
  await pay(page, 'Fabrikam', 'rent');
  await expect(page).toHaveURL(`${confirmFor('/pay')}&recent=yes`);
  for (const tab of [page, other]) {
    await tab.getByRole('button', { name: 'Continue with Microsoft' }).click();
    await expect(tab.getByRole('heading', { name: 'Sign in with this account?' })).toBeVisible();
  }
  await choose(other, 'Ada Berg');
  await expect(other).toHaveURL('/bank-details');
  await expect(other.getByRole('textbox', { name: 'IBAN' })).toHaveValue('');
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/pay');
  await expect(fields(page).to).toHaveValue('Fabrikam');
  await other.close();
});

test('recipe 8: a page opens after the stronger sign-in that its organisation asks for', async ({
  page,
  entra,
}) => {
  await page.goto('/contracts');
  await startSignIn(page);
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL(confirmFor('/contracts'));
  await page.getByRole('button', { name: 'Continue with Microsoft' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('More is needed');
  const request = new URL(page.url()).searchParams;
  expect(JSON.parse(request.get('claims') ?? '')).toEqual({
    id_token: { acrs: { essential: true, value: 'c1' } },
  });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You cancelled the sign-in');
  await page.goto('/contracts');
  await expect(page).toHaveURL(confirmFor('/contracts'));
  await page.getByRole('button', { name: 'Continue with Microsoft' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL('/contracts');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Contracts');
  expect(entra.control.requests.length).toBeGreaterThan(0);
});

test('who takes the demand out of the address is not believed', async ({ fork, entra }) => {
  const demands = [
    { path: '/bank-details', without: ['prompt', 'max_age'], claims: old() },
    { path: '/bank-details', without: ['prompt', 'max_age'], claims: { auth_time: null } },
    { path: '/contracts', without: ['claims'], claims: {} },
  ];
  for (const { path, without, claims } of demands) {
    const robot = new Robot(fork);
    entra.control.inject({ on: 'id_token', claims: old() });
    await robot.signIn('Ada Berg', '/projects');
    const before = robot.session();
    const opened = async () => (await robot.open(path)).headers.get('location');
    expect(await opened()).toBe(confirmFor(path));
    const request = await robot.start(path, { confirm: 'policy' });
    for (const name of without) {
      expect(request.searchParams.has(name), name).toBe(true);
      request.searchParams.delete(name);
    }
    // Microsoft knows her and asks nothing, so nothing new is in the token.
    entra.control.inject({ on: 'id_token', claims });
    const answer = await robot.fetch(await robot.answer(request));
    expect(answer.headers.get('location'), path).toBe(`${robot.origin}/auth/error`);
    const page = await robot.open('/auth/error');
    expect(page.status).toBe(403);
    const html = await page.text();
    expect(html).toContain('We could not confirm that it is you');
    const again = await press(robot, html, 'Try again');
    for (const name of without) expect(again.searchParams.has(name), name).toBe(true);
    expect(robot.session(), 'she is still signed in, as before').toEqual(before);
    expect(await opened()).toBe(confirmFor(path));
  }
});
