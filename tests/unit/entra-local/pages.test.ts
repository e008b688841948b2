import { createServer, type Server } from 'node:http';
import { expect, type Page, test } from '@playwright/test';
import { listen } from '../../../entra-local/serve.mjs';
import { accessibilityProblems } from '../../axe';
import { CHALLENGE } from './visitor';

// In a real browser: what a policy forbids and what a person can read is only known there.
type Running = Awaited<ReturnType<typeof listen>>;
let entra: Running;
let application: Server;
let redirectUri: string;

test.beforeAll(async () => {
  entra = await listen();
  application = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Application</title><p>${request.method} received</p>`);
  });
  await new Promise<void>((resolve) => application.listen(0, 'localhost', resolve));
  const address = application.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  redirectUri = `http://localhost:${port}/authorization-code/callback`;
});
test.afterAll(async () => {
  application.closeAllConnections();
  application.close();
  await entra.close();
});
test.beforeEach(() => entra.control.reset());

const authorizationUrl = (extra: Record<string, string> = {}) =>
  `${entra.url}/common/oauth2/v2.0/authorize?${new URLSearchParams({
    client_id: entra.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'state-1',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...extra,
  })}`;

const choose = (page: Page, name: RegExp) => page.getByRole('button', { name }).click();

const PAGES: [string, (page: Page) => Promise<unknown>][] = [
  ['picker', (page) => page.goto(authorizationUrl())],
  ['hinted account', (page) => page.goto(authorizationUrl({ login_hint: 'ada@contoso.example' }))],
  [
    'not assigned',
    async (page) => {
      await page.goto(authorizationUrl());
      await choose(page, /^Uma Patel/);
    },
  ],
  [
    'admin approval',
    async (page) => {
      await page.goto(authorizationUrl());
      await choose(page, /^Wei Zhang/);
    },
  ],
  [
    'consent',
    async (page) => {
      await page.goto(authorizationUrl({ prompt: 'consent' }));
      await choose(page, /^Ada Berg/);
    },
  ],
  [
    'admin consent',
    async (page) => {
      const done = new URL('/auth/approve/done', redirectUri).href;
      await page.goto(
        `${entra.url}/organizations/v2.0/adminconsent?${new URLSearchParams({
          client_id: entra.clientId,
          redirect_uri: done,
          scope: 'openid profile email',
          state: 'state-1',
        })}`,
      );
      await choose(page, /^Wei Zhang/);
    },
  ],
  ['error', (page) => page.goto(authorizationUrl({ redirect_uri: 'https://evil.example/' }))],
  ['signed out', (page) => page.goto(`${entra.url}/common/oauth2/v2.0/logout`)],
  ['start page', (page) => page.goto(entra.url)],
];

for (const [name, open] of PAGES) {
  test(`the page "${name}" is accessible in light and dark and fits 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page), colorScheme).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, colorScheme).toBeLessThanOrEqual(320);
    }
  });
}

test('without JavaScript a press on the picker ends at the application', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(authorizationUrl());
  await choose(page, /^Ada Berg/);
  await expect(page).toHaveURL(/authorization-code\/callback\?code=.*&state=state-1/);
  await page.goto(authorizationUrl({ response_mode: 'form_post' }));
  await choose(page, /^Continue$/);
  await expect(page.getByText('POST received')).toBeVisible();
  await context.close();
});

test('form_post posts itself, under the policy', async ({ page }) => {
  await page.goto(authorizationUrl({ response_mode: 'form_post' }));
  await choose(page, /^Farid Nasser/);
  await expect(page.getByText('POST received')).toBeVisible();
});

test('"Return to the application without granting consent" goes back with the error', async ({
  page,
}) => {
  await page.goto(authorizationUrl());
  await choose(page, /^Wei Zhang/);
  await page
    .getByRole('link', { name: 'Return to the application without granting consent' })
    .click();
  await expect(page).toHaveURL(/callback\?error=access_denied&error_description=AADSTS90094/);
});

test('signing in and out leaves nothing on the console', async ({ page }) => {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (problem) => messages.push(problem.message));
  for (const [, open] of PAGES) {
    entra.control.reset();
    await open(page);
  }
  expect(messages).toEqual([]);
});

test('a page of another origin cannot reach the control endpoint', async ({ page }) => {
  await page.goto(redirectUri);
  const { url, control } = entra;
  const outcome = await page.evaluate(
    ([target, token]) =>
      fetch(`${target}/__control`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"method":"reset"}',
      }).then(
        () => 'answered',
        () => 'refused',
      ),
    [url, control.token],
  );
  expect(outcome).toBe('refused');
});
