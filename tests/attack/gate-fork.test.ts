import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { access } from '../../lib/access';
import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { buildVariant } from '../e2e/variant';
import { inventoryProblems } from './inventory';
import { title } from './matrix';
import { expectGated } from './outcomes';
import { Robot } from './robot';
import { document } from './stranger';
import { send } from './wire';

const canary = 'c4n4ry-of-a-new-page';
const additions: Record<string, string> = {
  'app/apiary/page.tsx': `export default () => <h1>${canary}</h1>;\n`,
  'app/api/plans/route.ts': `export const GET = () => Response.json('${canary}');\n`,
  'app/healthzone/route.ts': `export const GET = () => Response.json('${canary}');\n`,
  'app/auth/signed-out/page.tsx': `export default function Page() {
  async function leave() {
    'use server';
    console.log('${canary}');
  }
  return <form action={leave}><button type="submit">Leave</button></form>;
}\n`,
  'public/plans.txt': `${canary}\n`,
};
let variant: ReturnType<typeof buildVariant> | undefined;
test.afterAll(() => variant?.remove());

/** A fork that added pages and forgot to decide about them; built once. */
function forgetfulFork(): string {
  variant ??= buildVariant((folder) => {
    for (const [file, text] of Object.entries(additions)) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  });
  return variant.standalone;
}

test('a page, handler, action or public file without a policy fails the inventory', () => {
  test.setTimeout(400_000);
  const folder = forgetfulFork();
  expect(inventoryProblems(folder).sort()).toEqual([
    '/api/plans (handler) has no line in lib/access.ts',
    '/apiary (page) has no line in lib/access.ts',
    '/auth/signed-out is open and has a Server Action',
    '/healthzone (handler) has no line in lib/access.ts',
    '/plans.txt (public file) has no line in lib/access.ts',
    '/plans.txt is a public file: only the middleware closes it. Serve it from a route handler',
  ]);
  const decided = {
    ...access,
    '/api/plans': 'signed-in',
    '/apiary': 'signed-in',
    '/auth/signed-out': 'signed-in',
    '/healthzone': 'public',
    '/plans.txt': 'public',
  } as const;
  expect(inventoryProblems(folder, decided)).toEqual([]);
  // A line that covers is no line of its own, and a line for nothing waits for the wrong page.
  const { '/apiary': _, ...covered } = {
    ...decided,
    '/*': 'signed-in',
    '/gone': 'public',
  } as const;
  expect(inventoryProblems(folder, covered)).toEqual([
    '/apiary (page) has no line in lib/access.ts',
    '/gone has a line in lib/access.ts, and there is nothing',
  ]);
});

test(title('GB-08'), async ({ stack, entra }) => {
  test.setTimeout(400_000);
  expect(entra.url).toBeTruthy();
  const app = await startApp(stack.env, forgetfulFork());
  try {
    const robot = new Robot({ entra, app });
    await robot.signIn();
    const added = ['/apiary', '/api/plans', '/healthzone', '/plans.txt'];
    for (const path of added) {
      const mine = await robot.open(path);
      expect(await mine.text(), `${path} is there for who is signed in`).toContain(canary);
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST']) {
        const answer = await send(app.url, path, { method, headers: document });
        await expectGated(answer, { origin: app.url });
        expect(answer.status, `${method} ${path}`).toBe(path.startsWith('/api/') ? 401 : 303);
        await expectGated(await send(app.url, path, { method, headers: { rsc: '1' } }), {
          origin: app.url,
        });
      }
    }
    for (const path of [
      ...['/api', '/API/me', '/Api/plans', '/api/me2', '/api/me.json', '/api/authors', '/apiary/x'],
      ...['/accountant', '/ACCOUNT', '/%61ccount', '/account%00', '/account;a', '/account%2f'],
      ...[
        '/healthz2',
        '/healthz.txt',
        '/readyz/x',
        '/auth',
        '/auth/sign-in-as',
        '/auth/sign-in.html',
      ],
      ...['/icon.svg.html', '/favicon.ico2', '/_next', '/_next/static', '/_next/staticx/a.js'],
      ...['/_next/static/../../account', '/_next/static/%2e%2e/%2e%2e/api/me', '/./account'],
      ...['/_next/image?url=%2Fplans.txt&w=64&q=75', '/_not-found', '/_error', '/500', '/404'],
    ]) {
      const answer = await send(app.url, path, { headers: document });
      expect(await answer.clone().text(), path).not.toContain(canary);
      await test.step(path, () => expectGated(answer, { origin: app.url }));
    }
    // Two spellings of an address are one address; the second step is then judged as every other.
    for (const path of ['//account', '/account/', '/api//me', '/api/me/', '/.//account']) {
      const answer = await send(app.url, path, { headers: document });
      expect(answer.status, path).toBe(308);
      const next = new URL(answer.headers.get('location') ?? '', app.url);
      expect(next.origin, path).toBe(app.url);
      const then = await send(app.url, next.pathname, { headers: document });
      await expectGated(then, { origin: app.url });
    }
  } finally {
    await app.stop();
  }
});
