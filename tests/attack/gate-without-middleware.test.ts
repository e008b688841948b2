import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsSession } from '../../lib/route-policy';
import { startApp } from '../app-server';
import { expect, type Stack, test } from '../e2e/fixtures';
import { buildVariant } from '../e2e/variant';
import { hold, holdSame } from '../hold';
import { filesBelow, filesWith, mark, secretSettings } from './canary';
import { inventory } from './inventory';
import { title } from './matrix';
import { Robot } from './robot';
import { asDocument, protectedBytes, routes } from './stranger';
import { send } from './wire';

test.describe.configure({ timeout: 400_000 });

/** The app without its middleware, built once. */
const variant = { standalone: '', remove: () => {} };
test.beforeAll(() => {
  test.setTimeout(400_000);
  const change = (folder: string) => {
    rmSync(join(folder, 'middleware.ts'));
    for (const name of ['.env', '.env.production', '.env.local']) {
      writeFileSync(join(folder, name), secretSettings);
    }
  };
  Object.assign(variant, buildVariant(change));
});
test.afterAll(() => variant.remove());

/** A copy of a build in which one file is replaced. */
function damaged(build: string, file: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-damaged-'));
  cpSync(build, folder, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(folder, file), text);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

type Closed = {
  app: { url: string };
  cookie: string;
  statuses: (path: string) => number[];
  /** The kinds of request; all of them unless it says otherwise. */
  ways?: readonly Record<string, string>[];
};

const allWays: Record<string, string>[] = [
  asDocument,
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { ...asDocument, 'x-middleware-subrequest': 'middleware:middleware:middleware' },
  { 'sec-fetch-dest': 'empty' },
];

/** Every route, for a stranger and for who has a session: only what its policy shows to anyone. */
async function expectAllClosed(
  { app, cookie, statuses, ways = allWays }: Closed,
  bytes: string[],
): Promise<void> {
  const asks = ways.flatMap((headers) =>
    ['GET', 'HEAD', 'POST'].map((method) => ({
      method,
      headers: { ...headers, cookie } as Record<string, string>,
    })),
  );
  for (const { path, policy } of routes) {
    for (const ask of asks) {
      const answer = await send(app.url, path, ask);
      const text = await answer.text();
      const step = `${ask.method} ${path} ${JSON.stringify(ask.headers)}`;
      const leaks = bytes.filter((one) => text.includes(one));
      const session = answer.headers.getSetCookie().some((line) => /\.session=[^;]/.test(line));
      holdSame({ leaks, session }, { leaks: [], session: false }, step);
      if (needsSession(policy) && !ask.headers.rsc) {
        hold(statuses(path).includes(answer.status), `${step}: ${answer.status}`);
      }
    }
  }
}

/** The only Server Action there is, called by the id that it has in this very build. */
function callAction(app: { url: string }, folder: string, origin: string, cookie: string) {
  const action = inventory(folder).routes.find(({ actions }) => actions.length > 0);
  const headers = { cookie, origin, 'next-action': action?.actions[0] ?? '' };
  return send(app.url, action?.path ?? '', { method: 'POST', headers, body: '[]' });
}

/** Somebody's genuine session, and what only that person may read. */
async function signedIn(stack: Pick<Stack, 'app' | 'entra'>) {
  const bytes = await protectedBytes(stack);
  const robot = new Robot(stack);
  await robot.signIn();
  const { name = '', value = '' } = robot.session() ?? {};
  return { bytes, robot, cookie: `${name}=${value}` };
}

test(title('GB-10'), async ({ stack, entra }) => {
  const { bytes, robot, cookie } = await signedIn({ ...stack, entra });
  const { standalone } = variant;
  const manifest = 'server/middleware-manifest.json';
  const without = readFileSync(join(standalone, '.next', manifest), 'utf8');
  expect(JSON.parse(without).middleware, 'the middleware is really gone').toEqual({});
  const app = await startApp({ ...stack.env, AUTH_URL: stack.app.url }, standalone);
  try {
    // The pages send strangers on themselves; routes answer 401, and 405 where there is no method.
    const statuses = (path: string) => (path.startsWith('/api/') ? [401, 405] : [303, 307]);
    await expectAllClosed({ app, cookie: '', statuses }, bytes);
    await expectAllClosed({ app, cookie: 'azure-auth.session=x', statuses }, bytes);
    const page = await send(app.url, '/account?tab=details', { headers: asDocument });
    expect(page.headers.get('location')).toBe(
      `/auth/sign-in?returnTo=${encodeURIComponent('/account?tab=details')}`,
    );
    expect(page.headers.get('cache-control')).toContain('no-store');
    expect((await callAction(app, standalone, app.url, '')).status).toBeLessThan(500);
    await callAction(app, standalone, 'https://evil.example', cookie);
    expect(app.events('example.action')).toEqual([]);

    // It is closed, not broken: the same session opens all of it.
    robot.reach = app.url;
    expect((await robot.me())?.name).toBe('Ada Berg');
    expect(await (await robot.open('/account')).text()).toContain('Ada Berg');
    await callAction(app, standalone, app.url, cookie);
    expect(app.events('example.action')).toHaveLength(1);
  } finally {
    await app.stop();
  }

  const whole = '.next/standalone';
  const { entrypoint } = JSON.parse(readFileSync(join(whole, '.next', manifest), 'utf8'))
    .middleware['/'];
  const atEachRequest = `globalThis._ENTRIES = { middleware_middleware: Promise.resolve({
    default: () => { throw new Error('broken'); } }) };`;
  for (const text of ["throw new Error('broken');", atEachRequest]) {
    const broken = damaged(whole, join('.next', entrypoint), text);
    const app = await startApp({ ...stack.env, AUTH_URL: stack.app.url }, broken.folder);
    try {
      for (const whose of ['', cookie]) {
        await expectAllClosed({ app, cookie: whose, statuses: () => [500] }, bytes);
        expect((await callAction(app, whole, app.url, whose)).status).toBe(500);
      }
      expect(app.events('example.action')).toEqual([]);
      expect((await send(app.url, '/healthz')).status).toBe(200);
    } finally {
      await app.stop();
      broken.remove();
    }
  }
});

test(title('GB-11'), async ({ stack, entra }) => {
  const { bytes, cookie } = await signedIn({ ...stack, entra });
  const faults: Record<string, string>[] = [
    { AZURE_CLIENT_SECRET: '' },
    { AZURE_ISSUER_URI: 'https://evil.example/v2.0' },
    { AUTH_SECRET: '' },
    { AZURE_VALID_TENANT_IDS: '' },
  ];
  // The check at the start is taken out, or the app would not come up at all.
  const unchecked = 'exports.register = async () => {};\n';
  for (const [build, status] of [
    ['.next/standalone', 503],
    [variant.standalone, 500],
  ] as const) {
    const { folder, remove } = damaged(build, '.next/server/instrumentation.js', unchecked);
    try {
      for (const [index, fault] of faults.entries()) {
        // Every fault meets the same lock: the first shows it by every kind of request.
        const ways = index === 0 ? allWays : [asDocument];
        const app = await startApp({ ...stack.env, AUTH_URL: stack.app.url, ...fault }, folder);
        try {
          expect(app.process.exitCode, 'it is up').toBeNull();
          for (const whose of ['', cookie]) {
            const statuses = () => [status, ...(status === 500 ? [405] : [])];
            await expectAllClosed({ app, cookie: whose, statuses, ways }, bytes);
            const start = await send(app.url, '/auth/start', {
              method: 'POST',
              headers: { origin: stack.app.url, cookie: whose },
            });
            expect([start.status, start.headers.get('location')]).toEqual([status, null]);
            await callAction(app, folder, app.url, whose);
          }
          expect(app.events('example.action')).toEqual([]);
          expect((await send(app.url, '/healthz')).status).toBe(200);
          expect((await send(app.url, '/readyz')).status).toBe(503);
        } finally {
          await app.stop();
        }
      }
    } finally {
      remove();
    }
  }
});

test('a build leaves the settings files of whoever built it behind', () => {
  const names = readdirSync(variant.standalone).filter((name) => name.startsWith('.env'));
  expect(names, 'they would end up in every image').toEqual([]);
});

test('no secret is in a build that was made where the secrets are set', () => {
  const built = join(variant.standalone, '..');
  expect(filesBelow(built).length).toBeGreaterThan(200);
  expect(filesWith(built, (text) => text.includes(mark))).toEqual([]);
});
