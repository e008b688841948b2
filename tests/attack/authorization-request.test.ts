import { createAuthority } from '../../lib/authority';
import { cookieNames } from '../../lib/cookies';
import { flowIdFromState, openFlow, sealFlow } from '../../lib/flow';
import { createSealer } from '../../lib/sealer';
import { site } from '../../lib/site';
import type { Stack, StandIn } from '../e2e/fixtures';
import { expect, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectRejected } from './outcomes';
import { withApp } from './own-app';
import { Robot } from './robot';

const tokenRequests = (entra: StandIn) =>
  entra.control.requests.filter(({ endpoint }) => endpoint === 'token');

/** The same request as the app would make, without PKCE: what an attacker makes by hand. */
function withoutChallenge(request: URL, changes: Record<string, string | null>): URL {
  const url = new URL(request);
  const all = { code_challenge: null, code_challenge_method: null, ...changes };
  for (const [name, value] of Object.entries(all)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url;
}

/** Puts an attacker's code into the answer to the visitor's own sign-in. */
async function inject(stack: Stack, attack: (request: URL) => URL): Promise<[Robot, Response]> {
  const victim = new Robot(stack);
  const attacker = new Robot(stack);
  const state = (await victim.start()).searchParams.get('state') ?? '';
  const stolen = new URL(await attacker.answer(attack(await attacker.start())));
  stolen.searchParams.set('state', state);
  return [victim, await victim.fetch(stolen.href)];
}

test(title('AR-03'), async ({ stack, app, entra }) => {
  const [robot, answer] = await inject(stack, (request) => request);
  await expectRejected(robot, app, answer, { code: 'code_rejected' });
  await expect.poll(() => app.events('sign_in.failed').at(-1)).toMatchObject({ aadsts: 501481 });

  entra.control.patchRegistration({ requiresPkce: false });
  const attacks: [attack: (request: URL) => URL, reason: string][] = [
    [(request) => request, 'nonce'],
    [(request) => withoutChallenge(request, {}), 'nonce'],
    [(request) => withoutChallenge(request, { nonce: 'guessed' }), 'nonce'],
    [(request) => withoutChallenge(request, { nonce: null }), 'claim_missing:nonce'],
  ];
  for (const [attack, reason] of attacks) {
    const [victim, refused] = await inject(stack, attack);
    await expectRejected(victim, app, refused, { reason });
    expect(await victim.me()).toBeUndefined();
  }
  const person = new Robot(stack);
  expect((await person.signIn()).headers.get('location')).toBe(`${app.url}/account`);
});

test(title('AR-04'), async ({ stack, app, entra }) => {
  const robots = Array.from({ length: 5 }, () => new Robot(stack));
  const seen = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    for (const robot of robots) {
      const { searchParams: query } = await robot.start();
      expect(query.get('response_type')).toBe('code');
      expect(query.get('code_challenge_method')).toBe('S256');
      expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/); // a SHA-256 digest
      for (const name of ['state', 'nonce']) {
        expect(query.get(name)).toMatch(/^[\w.-]{22,}$/); // 128 bits and more
      }
      for (const name of ['state', 'nonce', 'code_challenge']) {
        expect(query.getAll(name)).toHaveLength(1);
        seen.add(query.get(name) ?? '');
      }
    }
  }
  expect(seen.size).toBe(300);

  // Another verifier under the same state: the provider compares it with the challenge.
  const robot = new Robot(stack);
  const request = await robot.start();
  const sealer = createSealer([stack.env.AUTH_SECRET ?? ''], 'flow', {
    clientId: entra.clientId,
    authority: createAuthority('organizations', entra.url),
  });
  const name = cookieNames({ origin: app.url }).flow(
    await flowIdFromState(request.searchParams.get('state') ?? ''),
  );
  const flow = await openFlow(sealer, robot.cookies().get(name) ?? '');
  if (!flow?.checks) throw new Error('the flow has no cookie');
  const checks = { ...flow.checks, codeVerifier: 'x'.repeat(43) };
  robot.cookies().set(name, await sealFlow(sealer, { ...flow, checks }));
  const answer = await robot.fetch(await robot.answer(request));
  await expectRejected(robot, app, answer, { code: 'code_rejected', reason: 'invalid_grant' });
  await expect.poll(() => app.events('sign_in.failed').at(-1)).toMatchObject({ aadsts: 501481 });
});

test(title('AR-06'), async ({ stack, app, entra }) => {
  const { AUTH_SECRET = '' } = stack.env;
  const scopes = {
    'another client': {
      clientId: '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69',
      authority: createAuthority('organizations', entra.url),
    },
    'Microsoft itself': {
      clientId: entra.clientId,
      authority: createAuthority('organizations'),
    },
    'this one': {
      clientId: entra.clientId,
      authority: createAuthority('organizations', entra.url),
    },
  };
  for (const [whose, scope] of Object.entries(scopes)) {
    const robot = new Robot(stack);
    const request = await robot.start();
    const ours = createSealer([AUTH_SECRET], 'flow', scopes['this one']);
    const [[name, token] = ['', '']] = [...robot.cookies()];
    const flow = await openFlow(ours, token);
    if (!flow) throw new Error('the flow has no cookie');
    robot.cookies().set(name, await sealFlow(createSealer([AUTH_SECRET], 'flow', scope), flow));
    const before = tokenRequests(entra).length;
    const answer = await robot.fetch(await robot.answer(request));
    if (whose === 'this one') {
      expect(answer.headers.get('location')).toBe(`${app.url}/account`);
    } else {
      await expectRejected(robot, app, answer, { code: 'flow_missing', reason: 'state' });
      expect(tokenRequests(entra)).toHaveLength(before);
    }
  }
});

test(title('AR-15'), async ({ stack, entra }) => {
  const path = '/authorization-code/callback';
  const registered = ['http://localhost', 'https://localhost'].map((origin) => origin + path);
  for (const origin of ['http://localhost:8080', 'https://localhost:8443', 'https://localhost']) {
    await withApp(stack, { AUTH_URL: origin }, async (own) => {
      entra.control.patchRegistration({ redirectUris: registered });
      const robot = new Robot(own, origin);
      const request = await robot.start('/account?tab=details');
      const callback = await robot.answer(request);
      const headers = {
        'x-forwarded-host': 'internal.example:3000',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '3000',
        forwarded: 'host=internal.example;proto=http',
      };
      const answer = await robot.fetch(callback, { headers });
      expect(answer.headers.get('location')).toBe(`${origin}/account?tab=details`);
      expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
      // The stand-in has compared them; what it compared was the registered one.
      expect(request.searchParams.get('redirect_uri')).toBe(origin + path);
      expect(tokenRequests(entra).at(-1)?.redirect_uri).toBe(origin + path);
      expect(callback.startsWith(`${origin}${path}?`)).toBe(true);
    });
  }
});

const theirs = {
  client_id: '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69',
  redirect_uri: 'https://evil.example/',
  scope: 'openid offline_access User.Read',
  response_type: 'id_token',
  response_mode: 'fragment',
  state: 'chosen',
  nonce: 'chosen',
  code_challenge: 'chosen',
  code_challenge_method: 'plain',
  resource: 'https://graph.microsoft.com',
  request: 'e30.e30.',
  request_uri: 'https://evil.example/request',
  claims: '{"id_token":{"sub":{"value":"x"}}}',
  acr_values: 'x',
  max_age: '0',
  id_token_hint: 'e30.e30.',
  post_logout_redirect_uri: 'https://evil.example/',
  callbackUrl: 'https://evil.example/',
  provider: 'google',
};

test(title('AR-16'), async ({ stack, app }) => {
  const robot = new Robot(stack);
  const plain = await robot.start();
  const names = [...plain.searchParams.keys()].sort();
  const chosen = { prompt: 'select_account', login_hint: 'ada@contoso.example' };
  const hints = { ...chosen, domain_hint: 'contoso.example' };
  const query = new URLSearchParams({ ...theirs, prompt: 'none', login_hint: 'eve' });
  const response = await robot.post(`/auth/start?${query}`, { ...theirs, ...hints });
  const request = new URL(response.headers.get('location') ?? '');
  expect([...request.searchParams.keys()].sort()).toEqual([...names, ...Object.keys(hints)].sort());
  expect(Object.fromEntries(request.searchParams)).toMatchObject(hints);
  for (const name of ['client_id', 'redirect_uri', 'scope', 'response_type']) {
    expect(request.searchParams.get(name)).toBe(plain.searchParams.get(name));
  }
  for (const [name, value] of Object.entries(theirs)) {
    expect(request.searchParams.get(name), name).not.toBe(value);
  }
  const answer = await robot.fetch(await robot.answer(request));
  expect(answer.headers.get('location')).toBe(app.url + site.homePath);

  const refused: Record<string, string[]> = {
    prompt: ['none', 'select_account consent', 'Login', 'login\u0000', 'create', ''],
    login_hint: ['a b', 'a\r\nb', 'a\u0000', 'x'.repeat(321), ''],
    domain_hint: ['a b', 'https://evil.example', 'a&b', 'x'.repeat(254), ''],
  };
  for (const [name, values] of Object.entries(refused)) {
    for (const value of values) {
      const { searchParams } = await robot.start('/account', { [name]: value });
      expect(searchParams.get(name), `${name} ${JSON.stringify(value)}`).toBeNull();
    }
  }
});

test(title('AR-18'), async ({ stack, app, entra }) => {
  const robot = new Robot(stack);
  const callback = await robot.answer(await robot.start('/account?tab=details'));
  const cookies = new Map(robot.cookies());
  const prefetches: HeadersInit[] = [
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
    { 'x-purpose': 'preview' },
  ];
  const asked = entra.control.requests.length;
  const looks: RequestInit[] = [{ method: 'HEAD' }, ...prefetches.map((headers) => ({ headers }))];
  for (const init of looks) {
    const answer = await robot.fetch(callback, init);
    expect(answer.headers.get('location'), JSON.stringify(init)).toBeNull();
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
  for (const init of [...looks, {}, { method: 'POST' }, { method: 'OPTIONS' }]) {
    for (const path of ['/auth/start', '/auth/sign-in', callback]) {
      const scanner = await new Robot(stack).fetch(path, init); // without the cookies
      expect(new URL(scanner.headers.get('location') ?? app.url, app.url).origin).toBe(app.url);
      expect(
        scanner.headers.getSetCookie().filter((line) => /\.(flow|session)/.test(line)),
      ).toEqual([]);
    }
  }
  expect(entra.control.requests).toHaveLength(asked);
  expect(robot.cookies()).toEqual(cookies);
  const answer = await robot.fetch(callback); // the visitor, at last
  expect(answer.headers.get('location')).toBe(`${app.url}/account?tab=details`);
});
