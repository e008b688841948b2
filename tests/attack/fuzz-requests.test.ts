import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { cookieNames } from '../../lib/cookies';
import { expect, type Stack, test } from '../e2e/fixtures';
import { hold } from '../hold';
import { type Answer, answerOf, echoes, holdHarmless, runs, seed, text } from './fuzz';
import { Robot } from './robot';

test.setTimeout(600_000);

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
