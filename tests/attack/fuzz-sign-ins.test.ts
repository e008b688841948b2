import fc from 'fast-check';
import { expect, type StandIn, test } from '../e2e/fixtures';
import { hold } from '../hold';
import { answerOf, echoes, holdHarmless, runs, seed, text } from './fuzz';
import { Robot } from './robot';

test.setTimeout(600_000);

const tokenRequests = (entra: StandIn) =>
  entra.control.requests.filter(({ endpoint }) => endpoint === 'token').length;

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
  // Started once and brought back with a code after the other: the claims meet us at the callback.
  const started = new Robot(stack);
  const request = await started.start();
  let tokens = 0;
  const tokensBefore = tokenRequests(entra);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(claim, value, { minKeys: 1, maxKeys: 3 }), async (claims) => {
      const robot = new Robot(stack);
      for (const [name, value] of started.cookies()) robot.cookies().set(name, value);
      for (const [name, value] of browser.cookies(entra.url))
        robot.cookies(entra.url).set(name, value);
      const callback = await robot.answer(request);
      tokens += 1;
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
  expect(tokenRequests(entra) - tokensBefore, 'each brought a token').toBe(tokens);
});
