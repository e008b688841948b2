import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { cookieNames } from '../../lib/cookies';
import { expect, type Stack, test } from '../e2e/fixtures';
import { Robot } from './robot';

/** Ten thousand cases in all. `FUZZ_SEED` tries others; a case that was found becomes a named test
 * at the end of this file. */
const seed = Number(process.env.FUZZ_SEED ?? 1);
const runs = { callback: 3000, cookies: 2500, returnPaths: 2000, headers: 1500, claims: 1000 };

test.setTimeout(600_000);

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\0',
      '\r\n',
      '..',
      '//evil.example',
      '/\\evil.example',
      '%2e%2e%2f',
      '%',
      '%E0%A4',
    ],
    ...[
      '__proto__',
      'constructor',
      '[object Object]',
      '<script>alert(1)</script>',
      "'--",
      '{{7*7}}',
    ],
    ...['javascript:alert(1)', 'data:text/html,x', '\u202e', '\ud800', 'null', '-1', '1e999'],
  ),
  fc.string({ unit: 'grapheme-ascii', minLength: 2000, maxLength: 6000 }),
);

/** Whether an answer gives `input` back. Short pieces of text stand on every page by chance. */
const echoes = (answer: string, input: string) => input.trim().length > 8 && answer.includes(input);

type Answer = { status: number; location: string; setCookies: string[]; body: string };

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  location: response.headers.get('location') ?? '',
  setCookies: response.headers.getSetCookie(),
  body: await response.text(),
});

/** `expect` notes each call as a step of the test, which ten thousand cases are too many for. */
function hold(condition: boolean, promise: string): void {
  if (!condition) throw new Error(`does not hold: ${promise}`);
}

/** What holds for every answer to whatever a stranger sends. */
function holdHarmless({ status, location, setCookies, body }: Answer, origins: string[]): void {
  hold(status < 500, `no error of ours, but ${status}`);
  hold(!setCookies.some((line) => /\.session=[^;]/.test(line)), 'no session');
  hold(!/Ada Berg|\bat \S+ \(/.test(body), 'no person and no stack in the page');
  if (location) hold(origins.includes(new URL(location, origins[0]).origin), 'no other site');
}

test(`fuzz: no callback of ${runs.callback} gives a session, an error of ours or an echo`, async ({
  stack,
}) => {
  const names = fc.oneof(
    fc.constantFrom('code', 'state', 'error', 'error_description', 'iss', 'session_state', 'admin'),
    text,
  );
  const started = new Robot(stack);
  const state = (await started.start()).searchParams.get('state') ?? '';
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(names, text), { maxLength: 6 }),
      fc.nat(9).map((one) => one === 0),
      async (pairs, ownFlow) => {
        const robot = new Robot(stack);
        const query = new URLSearchParams(pairs);
        if (ownFlow) {
          // A flow that this browser did start: what it brings goes all the way to the token.
          for (const [name, value] of started.cookies()) robot.cookies().set(name, value);
          if (!query.has('state')) query.set('state', state);
        }
        const answer = await answerOf(await robot.fetch(`/authorization-code/callback?${query}`));
        holdHarmless(answer, [robot.origin]);
        const given = answer.location + answer.setCookies.join();
        const parts = [given, answer.body];
        hold(!pairs.some(([, value]) => parts.some((part) => echoes(part, value))), 'no echo');
      },
    ),
    { numRuns: runs.callback, seed },
  );
});

test(`fuzz: no cookie of ${runs.cookies} opens anything but the one that was given`, async ({
  stack,
}) => {
  const signedIn = new Robot(stack);
  await signedIn.signIn();
  const good = signedIn.session()?.value ?? '';
  expect(await signedIn.me()).toBeDefined();
  const names = cookieNames({ origin: stack.app.url });
  const printable = fc.string({
    unit: fc.constantFrom(...'ABCxyz019-_.~!#$%&*+/=?^|:@[]{}()<>'),
    maxLength: 300,
  });
  const mutated = fc
    .tuple(fc.nat(good.length - 1), fc.nat(8), fc.string({ unit: 'grapheme-ascii', maxLength: 8 }))
    .map(
      ([at, cut, put]) => good.slice(0, at) + put.replace(/[\s;,"]/g, '') + good.slice(at + cut),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(names.session, names.notice, names.flow('0123456789abcdef')),
      fc.oneof(printable, mutated),
      fc.constantFrom('/account', '/api/me', '/auth/error', '/auth/denied', '/auth/sign-in', '/'),
      async (name, value, path) => {
        fc.pre(value !== good);
        const answer = await answerOf(
          await new Robot(stack).fetch(path, { headers: { cookie: `${name}=${value}` } }),
        );
        holdHarmless(answer, [stack.app.url]);
        const closed = path === '/account' || path === '/api/me';
        hold(!closed || [303, 401].includes(answer.status), `closed, but ${answer.status}`);
        hold(!echoes(answer.body, value), 'no echo');
      },
    ),
    { numRuns: runs.cookies, seed },
  );
});

test(`fuzz: none of ${runs.returnPaths} return paths leads to another site`, async ({ stack }) => {
  const path = fc.oneof(
    text,
    fc.webPath(),
    fc.webUrl(),
    fc
      .tuple(fc.constantFrom('/', '//', '/\\', '\\\\', '/./', '/.//', 'https:', '/%5c'), text)
      .map((parts) => parts.join('')),
  );
  const browser = new Robot(stack);
  await browser.signIn(); // Microsoft remembers the person, so that each way takes three requests
  await fc.assert(
    fc.asyncProperty(path, fc.nat(9), async (returnTo, one) => {
      const origins = [stack.app.url, stack.entra.url];
      const query = new URLSearchParams({ returnTo });
      const page = await answerOf(await new Robot(stack).open(`/auth/sign-in?${query}`));
      holdHarmless(page, origins);
      const field = /name="returnTo" value="([^"]*)"/.exec(page.body)?.[1] ?? '/';
      const kept = new URL(field.replaceAll('&amp;', '&'), stack.app.url);
      hold(kept.origin === stack.app.url, `a form keeps ${kept.origin}`);
      if (one > 0) return;
      const robot = new Robot(stack);
      for (const [name, value] of browser.cookies(stack.entra.url)) {
        robot.cookies(stack.entra.url).set(name, value);
      }
      const back = await robot.fetch(await robot.answer(await robot.start(returnTo)));
      const location = back.headers.get('location') ?? '';
      hold(location.startsWith(`${stack.app.url}/`), `lands at ${location}`);
      hold(new URL(location).origin === stack.app.url, `lands at ${location}`);
      hold(robot.session() !== undefined, 'the person is signed in');
    }),
    { numRuns: runs.returnPaths, seed },
  );
});

/** fetch() refuses to send some of these, so Node's own client does. */
function rawRequest(
  { app }: Pick<Stack, 'app'>,
  path: string,
  method: string,
  headers: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(app.url + path, { method, headers }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk) => {
        body += chunk;
      });
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          location: incoming.headers.location ?? '',
          setCookies: incoming.headers['set-cookie'] ?? [],
          body,
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

test(`fuzz: no headers of ${runs.headers} requests open, move or break a route`, async ({
  stack,
}) => {
  const name = fc.constantFrom(
    ...['host', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for', 'forwarded', 'origin'],
    ...['x-original-url', 'x-rewrite-url', 'x-forwarded-uri', 'x-http-method-override', 'referer'],
    ...['x-middleware-subrequest', 'x-middleware-next', 'x-middleware-rewrite', 'x-invoke-path'],
    ...['x-matched-path', 'next-resume', 'next-action', 'rsc', 'next-router-prefetch', 'next-url'],
    ...['next-router-state-tree', 'next-router-segment-prefetch', 'x-nextjs-data', 'purpose'],
    ...['accept', 'content-type', 'sec-fetch-site', 'sec-fetch-dest', 'range', 'if-none-match'],
    ...['content-security-policy', 'x-nonce', 'x-azure-auth-client', 'authorization', 'cookie'],
  );
  const value = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength: 100 }),
    fc.constantFrom('1', '/', '/account', 'evil.example', 'javascript:alert(1)', 'middleware'),
    fc.constantFrom('middleware:middleware:middleware:middleware:middleware', '%00', '[]', '{}'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, value, { minKeys: 1, maxKeys: 5 }),
      fc.constantFrom('/account', '/api/me', '/', '/auth/sign-in', '/auth/error', '/nowhere'),
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'),
      async (headers, path, method) => {
        const answer = await rawRequest(stack, path, method, headers);
        holdHarmless(answer, [stack.app.url]);
        if (['/account', '/api/me', '/nowhere'].includes(path)) {
          hold([303, 400, 401, 403].includes(answer.status), `closed, but ${answer.status}`);
        }
        hold(!Object.values(headers).some((sent) => echoes(answer.body, sent)), 'no echo');
      },
    ),
    { numRuns: runs.headers, seed },
  );
});

test(`fuzz: no claims of ${runs.claims} ID tokens admit a person of another tenant`, async ({
  stack,
  entra,
}) => {
  const listed = [entra.tenants.contoso, entra.tenants.fabrikam];
  const claim = fc.constantFrom(
    ...['tid', 'oid', 'sub', 'aud', 'iss', 'exp', 'iat', 'nbf', 'nonce', 'ver', 'name', 'email'],
    ...['preferred_username', 'login_hint', 'acct', 'idp', 'at_hash', 'groups', 'roles', 'azp'],
  );
  const value = fc.oneof(
    text,
    fc.jsonValue({ maxDepth: 2 }),
    fc.double(),
    fc.uuid(),
    fc.maxSafeInteger(),
  );
  const browser = new Robot(stack);
  await browser.signIn();
  await fc.assert(
    fc.asyncProperty(fc.dictionary(claim, value, { minKeys: 1, maxKeys: 3 }), async (claims) => {
      const robot = new Robot(stack);
      for (const [name, value] of browser.cookies(entra.url))
        robot.cookies(entra.url).set(name, value);
      const callback = await robot.answer(await robot.start());
      entra.control.inject({ on: 'id_token', claims });
      const response = await robot.fetch(callback);
      hold(response.status === 303, `${response.status}`);
      const location = response.headers.get('location') ?? '';
      hold(/\/(account|auth\/error|auth\/denied)$/.test(location), `lands at ${location}`);
      hold(!Object.values(claims).some((one) => echoes(location, String(one))), 'no echo');
      const person = await robot.me();
      if (person) {
        hold(listed.includes(person.tenantId), `a person of ${person.tenantId}`);
        hold(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(person.objectId), 'an object id');
        const page = await (await robot.open('/account')).text();
        hold(!page.includes('<script>alert(1)'), 'no markup of a claim');
      } else {
        const page = await robot.open(new URL(location).pathname);
        hold(page.status < 500, `no error of ours, but ${page.status}`);
      }
    }),
    { numRuns: runs.claims, seed },
  );
});
