import { withApp } from '../attack/own-app';
import { expect, expectAccessible, signIn, test } from './fixtures';
import {
  asked,
  ended,
  expectCovered,
  expectFits,
  expectLetterKept,
  letter,
  signInWithClock,
  warned,
  watched,
  writeLetter,
} from './session-tab';

test('the server tells who is signed in how long there is left, and strangers nothing', async ({
  page,
  app,
}) => {
  for (const method of ['GET', 'POST']) {
    const headers = { origin: app.url };
    const answer = await fetch(`${app.url}/api/session`, { method, headers });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: 'unauthenticated' });
  }
  await page.goto('/account');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  for (const method of ['GET', 'POST']) {
    const headers = { origin: app.url };
    const answer = await page.request.fetch('/api/session', { method, headers });
    expect(answer.headers()['cache-control']).toBe('private, no-store');
    const { person, ...left } = await answer.json();
    expect(person).toMatch(/^[\w+/]{16}$/);
    expect(Object.keys(left).sort()).toEqual(['endsInSeconds', 'idleEndsInSeconds']);
    expect(Math.abs(left.idleEndsInSeconds - 3600)).toBeLessThan(60);
    expect(Math.abs(left.endsInSeconds - 43_200)).toBeLessThan(60);
  }
  const foreign = { origin: 'https://evil.example' };
  expect((await page.request.post('/api/session', { headers: foreign })).status()).toBe(403);
});

test('before the idle end people are asked, and staying keeps what they typed', async ({
  page,
}) => {
  await signInWithClock(page);
  await writeLetter(page);
  for (const key of ['Enter', 'Escape']) {
    await page.clock.fastForward('57:30');
    await expect(asked(page)).toBeHidden();
    await page.clock.fastForward('00:40');
    await expect(asked(page)).toContainText('You will be signed out in about 2 minutes.');
    await expect(page.getByRole('button', { name: 'Stay signed in' })).toBeFocused();
    await page.clock.fastForward('00:45');
    await expect(asked(page)).toContainText('You will be signed out in about 1 minute.');
    const answer = page.waitForResponse('**/api/session');
    await page.keyboard.press(key);
    expect((await answer).request().method()).toBe('POST');
    await expect(asked(page)).toBeHidden();
    await expectLetterKept(page);
    await expect(letter(page)).toBeFocused();
  }
});

test('the question is accessible and fits 320 px', async ({ page }) => {
  await signInWithClock(page);
  await page.clock.fastForward('58:10');
  await expect(asked(page)).toBeVisible();
  await expectAccessible(page);
  await expectFits(page, 'session-question');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL('/auth/signed-out');
});

test('whoever types is not asked, though nothing is sent', async ({ page }) => {
  await signInWithClock(page);
  await page.clock.fastForward('50:00');
  const answer = page.waitForResponse('**/api/session');
  await writeLetter(page);
  expect((await answer).request().method()).toBe('POST');
  await page.clock.fastForward('55:00');
  await expect(asked(page)).toBeHidden();
  await expectLetterKept(page);
});

test('coming back to the question is not yet an answer', async ({ page }) => {
  await signInWithClock(page);
  await page.clock.fastForward('58:10');
  await expect(asked(page)).toBeVisible();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.clock.fastForward('00:40');
  await expect(asked(page)).toContainText('about 1 minute');
  expect(requests).toEqual([]);
});

test('staying that fails says so, and goes on asking', async ({ page }) => {
  await signInWithClock(page);
  await page.clock.fastForward('58:10');
  await page.route('**/api/session', (route) => route.fulfill({ status: 503 }));
  const stay = page.getByRole('button', { name: 'Stay signed in' });
  await stay.click();
  await expect(asked(page).getByRole('status')).toContainText('Check your connection');
  await page.unroute('**/api/session');
  await stay.click();
  await expect(asked(page)).toBeHidden();
});

test('the longest time ends with a notice, in which nobody is promised to stay', async ({
  page,
  stack,
}) => {
  await withApp(stack, { SESSION_LIFETIME_HOURS: '1' }, async ({ app }) => {
    await signInWithClock(page, app.url);
    await writeLetter(page);
    await page.clock.fastForward('54:00');
    await expect(warned(page)).toBeHidden();
    await page.clock.fastForward('01:10');
    await expect(warned(page)).toContainText('signed in for as long as is allowed');
    await expect(warned(page)).toContainText('in about 5 minutes');
    await expectAccessible(page);
    await expectFits(page, 'session-notice');
    await page.keyboard.press('Enter');
    await expect(warned(page)).toBeHidden();
    await expect(letter(page)).toBeFocused();
    await page.clock.fastForward('03:00');
    await expect(page.getByRole('alertdialog'), 'once is enough').toBeHidden();
    await page.clock.fastForward('02:00');
    await expectCovered(page);
  });
});

test('the end covers the page, and the same person gets it back as it was', async ({
  page,
  context,
}) => {
  await signInWithClock(page);
  await page.goto('/account?tab=details');
  await watched(page);
  await writeLetter(page);
  await page.clock.fastForward('01:00:05');
  await expectCovered(page);
  await expectAccessible(page);
  await expectFits(page, 'session-ended');
  for (const _ of ['the first', 'the second, which Chromium obeys']) {
    await page.keyboard.press('Escape');
  }
  await expectCovered(page);

  await context.clearCookies();
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  const tab = await opened;
  await expect(tab).toHaveURL('/auth/sign-in?returnTo=%2Faccount%3Ftab%3Ddetails');
  await expectCovered(page);
  await signIn(tab, 'Ada Berg');
  await expect(tab).toHaveURL('/account?tab=details');
  await expect(ended(page)).toBeHidden();
  await expectLetterKept(page);
  await expect(letter(page)).toBeFocused();
  await expect(page).toHaveTitle(/Your account/);
});

test('another person never gets the page that was covered', async ({ page, context }) => {
  await signInWithClock(page);
  await writeLetter(page);
  await page.clock.fastForward('01:00:05');
  await expectCovered(page);
  await context.clearCookies();
  const tab = await context.newPage();
  await tab.goto('/account');
  await signIn(tab, 'Ben Osei');
  await expect(page.getByRole('main')).toContainText('Ben Osei');
  await expect(letter(page)).toHaveCount(0);
  expect(await page.content()).not.toContain('Ada Berg');
});

test('whoever does not want to go on leaves, and nothing stays', async ({ page, context }) => {
  await signInWithClock(page);
  await writeLetter(page);
  await context.clearCookies();
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expectCovered(page); // the server said so, long before the end
  await page.getByRole('button', { name: 'Leave this page' }).click();
  await expect(page).toHaveURL('/');
  expect(await page.content()).not.toContain('Ada Berg');
});
