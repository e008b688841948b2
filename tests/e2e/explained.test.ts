import { choose, expect, startSignIn, test } from './fixtures';

const person = 'What you can do yourself';
const administrator = 'Your administrator can help with this';
const operator = 'The people who run this app can help with this';
const explained = [
  ['authorize', 50020, 'account_not_here', 'account_not_in_tenant', person, 'Use another account'],
  ['authorize', 53003, 'blocked_by_policy', 'conditional_access', administrator, 'Try again'],
  ['authorize', 50011, 'app_registration', 'redirect_uri_not_registered', operator, 'Tell'],
  ['token', 7000222, 'app_credentials', 'secret_expired', operator, 'Tell'],
  ['token', 7000215, 'app_credentials', 'secret_wrong', operator, 'Tell'],
  ['token', 501481, 'code_rejected', undefined, person, 'Try again'],
] as const;

test('each refusal of Microsoft’s says who can mend it, and is one line in the log by the same numbers', async ({
  page,
  app,
  entra,
}) => {
  for (const [on, aadsts, code, problem, mender, step] of explained) {
    const deliver = on === 'authorize' && { deliver: 'redirect' as const };
    entra.control.inject({ on, aadsts, ...deliver });
    await page.context().clearCookies();
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
    if (on === 'token') await choose(page, 'Ada Berg');
    await expect(page).toHaveURL('/auth/error');
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(mender);
    await expect(page.locator('.button-primary')).toHaveCount(1);
    await expect(page.locator('.button-primary')).toContainText(step);

    const shown = ((await page.locator('pre').textContent()) ?? '').split('\n');
    const [, number] = /^Number: ([0-9a-f]{8})$/.exec(shown[0] ?? '') ?? [];
    const ofThis = () =>
      app
        .output()
        .split('\n')
        .filter((line) => line.includes(number ?? '?'));
    await expect.poll(() => ofThis().length, `AADSTS${aadsts} is one line`).toBe(1);
    const line = JSON.parse(ofThis()[0] ?? '{}');
    expect(line).toMatchObject({
      ...{ event: 'sign_in.failed', code, aadsts, incidentId: number },
      ...(problem && { problem }),
      stage: on === 'token' ? 'token' : 'callback',
      traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const [, time] = /^Time: (.+ UTC)$/.exec(shown[1] ?? '') ?? [];
    expect(Math.abs(Date.parse(time ?? '') - Date.parse(line.time))).toBeLessThan(2000);
    expect(shown[2]).toBe(`Microsoft’s number: ${line.correlationId}`);
    const html = await page.content();
    expect(html).not.toMatch(/AADSTS|client_secret|secret/i);
    expect(html).not.toMatch(new RegExp(`\\b${aadsts}\\b`));
  }
});

test('the details for support are copied by the keyboard, and stand there without JavaScript', async ({
  page,
  context,
  browser,
  app,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/auth/sign-in?returnTo=/setup');
  await startSignIn(page);
  await choose(page, 'Cancel');
  await expect(page).toHaveURL('/auth/error');
  const button = page.getByRole('button', { name: 'Copy these details' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('Copied');
  await expect(button).toBeFocused();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await expect(page.locator('pre')).toHaveText(copied);
  await expect(page.getByRole('link', { name: 'Back to set-up' })).toHaveCount(0);

  const plain = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
  await plain.addCookies(await context.cookies());
  const page2 = await plain.newPage();
  await page2.goto('/auth/error');
  await expect(page2.locator('pre')).toHaveText(copied);
  await expect(page2.getByRole('button', { name: 'Copy these details' })).toHaveCount(0);
  await plain.close();
});

test('a browser that keeps the clipboard to itself says so, and the text can be selected', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no'));
  });
  await page.goto('/account');
  await startSignIn(page);
  await choose(page, 'Cancel');
  await page.getByRole('button', { name: 'Copy these details' }).click();
  await expect(page.getByRole('status')).toContainText('Select the text');
});
