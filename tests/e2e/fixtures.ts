import { randomBytes } from 'node:crypto';
import { test as base, expect, type Page, type Response } from '@playwright/test';
import { listen } from '../../entra-local/serve.mjs';
import { type AppServer, startApp } from '../app-server';
import { accessibilityProblems } from '../axe';

export { expect, type Page };

export type StandIn = Awaited<ReturnType<typeof listen>>;

/** An app and its own stand-in, both real and running. */
export type Stack = {
  entra: StandIn;
  app: AppServer;
  /** The variables that the app runs with: another instance with the same ones is its twin. */
  env: Record<string, string>;
};

/** The variables that point an app at a stand-in. */
export function environmentFor(entra: StandIn): Record<string, string> {
  return {
    ENTRA_LOCAL_URL: entra.url,
    AZURE_CLIENT_ID: entra.clientId,
    AZURE_CLIENT_SECRET: entra.clientSecret,
    AZURE_VALID_TENANT_IDS: entra.validTenantIds.join(','),
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    // Tests stand in for one proxy, so that they can be as many clients as they need.
    TRUSTED_PROXY_HOPS: '1',
  };
}

type Options = {
  /** The organisations of the stand-in that may come in. */
  listed: (keyof StandIn['tenants'])[];
};

/** Waits until the log of an app has room: it writes a hundred lines of a kind in ten seconds
 * (lib/audit.ts), and a test before may have caused as many. */
async function roomInLog(app: AppServer): Promise<void> {
  const mostOfAKind = () => {
    const counts = new Map<unknown, number>();
    for (const line of app.output().split('\n').slice(-1000)) {
      if (!line.startsWith('{')) continue;
      const { time, event } = JSON.parse(line);
      if (Date.now() - Date.parse(time) > 10_000) continue;
      counts.set(event, (counts.get(event) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values());
  };
  await expect.poll(mostOfAKind, { timeout: 20_000 }).toBeLessThan(50);
}

/** Every journey runs through the stand-in's own pages, and a page error fails it. */
export const test = base.extend<{ entra: StandIn; app: AppServer }, Options & { stack: Stack }>({
  listed: [['contoso', 'fabrikam'], { option: true, scope: 'worker' }],
  stack: [
    async ({ listed }, use) => {
      const entra = await listen({ port: 0 });
      const tenantIds = listed.map((name) => entra.tenants[name]);
      const env = { ...environmentFor(entra), AZURE_VALID_TENANT_IDS: tenantIds.join(',') };
      const app = await startApp(env);
      await use({ entra, app, env });
      await app.stop();
      await entra.close();
    },
    { scope: 'worker' },
  ],
  entra: [
    async ({ stack }, use) => {
      stack.entra.control.reset(); // what the test before made it do, this one must not inherit
      await roomInLog(stack.app);
      await use(stack.entra);
    },
    { auto: true },
  ],
  app: async ({ stack }, use) => use(stack.app),
  baseURL: async ({ stack }, use) => use(stack.app.url),
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // A page that answers 403 or 503 is meant to; Chromium reports it as an error all the same.
      if (message.type() !== 'error' || /status of [45]\d\d/.test(message.text())) return;
      errors.push(message.text());
    });
    await use(page);
    expect(errors).toEqual([]);
  },
});

/** Presses our button and waits for the stand-in's account picker. */
export async function startSignIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Chooses an account at the stand-in by the person's name. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
}

/** Signs in from wherever our button is on the page. */
export async function signIn(page: Page, name: string): Promise<void> {
  await startSignIn(page);
  await choose(page, name);
}

/** Chooses an account, but keeps the browser from following the way back.
 * @returns the callback's address, with an authorization code that nobody has redeemed */
export async function callbackUrl(page: Page, name: string): Promise<string> {
  const { action, fields } = await page
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .evaluate((button: HTMLButtonElement) => ({
      action: button.form?.action ?? '',
      fields: Object.fromEntries(
        new FormData(button.form ?? undefined, button) as unknown as [string, string][],
      ),
    }));
  const answer = await page.context().request.post(action, { form: fields, maxRedirects: 0 });
  return answer.headers().location ?? '';
}

/** Goes on from a page of ours that offers to try again, to the page that was wanted. At the
 * stand-in whoever is signed in there is not asked again, as with Microsoft. */
export async function tryAgain(page: Page, wanted: string, name = 'Ada Berg'): Promise<void> {
  await page.getByRole('button', { name: 'Try again' }).click();
  const there = page.getByRole('button', { name: new RegExp(`^${name}`) });
  await expect(there.or(page.getByRole('heading', { name: 'Your account' }))).toBeVisible();
  if (await there.isVisible()) await there.click();
  await expect(page).toHaveURL(wanted);
}

/** Where the browser is, without the origin. */
export function pathOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

/** The app's session cookie in this browser. */
export async function sessionCookie(page: Page) {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => /^azure-auth-\d+\.session$/.test(name));
}

/** Waits for the document of `path`. */
export function documentOf(page: Page, path: string): Promise<Response> {
  return page.waitForResponse(
    (response) =>
      new URL(response.url()).pathname === path && response.request().isNavigationRequest(),
  );
}

/** WCAG 2.2 AA by axe, in both colour schemes. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/./); // after a click that loads no document it comes a moment later
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page)).toEqual([]);
  }
}
