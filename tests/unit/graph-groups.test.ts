import { expect, test } from '@playwright/test';
import { TENANTS } from '../../entra-local/directory.mjs';
import { createAuthority, graphUrlOf } from '../../lib/authority';
import { createGroupReader } from '../../lib/graph-groups';
import { createProvider } from '../../lib/provider-metadata';
import { startEntra } from './entra-local/visitor';
import {
  type Answer,
  createReader,
  firstPage,
  graphUrl,
  groupId,
  groupsOf,
  inShortTime,
  personId,
  secret,
} from './graph-answers';
import { clientId, contoso, fabrikam, objectId } from './id-token-builder';

const page = (from: number, to: number, next?: unknown) =>
  Response.json({
    value: groupsOf(from, to),
    ...(next !== undefined && { '@odata.nextLink': next }),
  });
const linkTo = (at: number) => `${firstPage}&$skiptoken=${at}`;

test.describe('asking', () => {
  test('one token of the person’s tenant and one request bring the groups', async () => {
    const graph = createReader();
    expect(await graph.read()).toEqual(new Set([0, 1, 2].map(groupId)));
    expect(graph.tokens.map(({ url }) => url)).toEqual([
      `https://login.microsoftonline.com/${contoso}/oauth2/v2.0/token`,
    ]);
    expect(graph.tokens[0]?.init.method).toBe('POST');
    expect(Object.fromEntries(graph.tokens[0]?.init.body as URLSearchParams)).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: 'https://graph.microsoft.com/.default',
    });
    expect(graph.pages.map(({ url }) => url)).toEqual([firstPage]);
  });

  test('a certificate takes the place of the secret, for the tenant’s own endpoint', async () => {
    const createAssertion = async (endpoint: string) => `assertion-for-${endpoint}`;
    const graph = createReader(undefined, { createAssertion });
    await graph.read();
    expect(Object.fromEntries(graph.tokens[0]?.init.body as URLSearchParams)).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `assertion-for-https://login.microsoftonline.com/${contoso}/oauth2/v2.0/token`,
      scope: 'https://graph.microsoft.com/.default',
    });
  });

  test('every page is asked for with token and consistency level, and no redirect is followed', async () => {
    const graph = createReader((at) => (at < 2 ? page(at, at + 1, linkTo(at)) : page(2, 3)));
    expect(await graph.outcome()).toBe('3 groups');
    expect(graph.pages.map(({ url }) => url)).toEqual([firstPage, linkTo(0), linkTo(1)]);
    for (const { init } of graph.pages) {
      expect(init).toMatchObject({ redirect: 'manual', cache: 'no-store' });
      expect(init.headers).toMatchObject({
        authorization: 'Bearer app-token-0',
        consistencylevel: 'eventual',
      });
    }
  });

  test('an empty page in the middle is a page like any other', async () => {
    const graph = createReader((at) => (at === 0 ? page(0, 0, linkTo(0)) : page(0, 2)));
    expect(await graph.outcome()).toBe('2 groups');
  });

  test('only groups that matter to the tenant are kept', async () => {
    const isMapped = (tenantId: string, id: string) => tenantId === contoso && id === groupId(1);
    const graph = createReader(undefined, { isMapped });
    expect(await graph.read()).toEqual(new Set([groupId(1)]));
    expect(await graph.read(objectId, fabrikam)).toEqual(new Set());
  });

  test('a group that is no security group gives nothing, as in the claim', async () => {
    const value = [
      { id: groupId(0), securityEnabled: false },
      { id: groupId(1).toUpperCase(), securityEnabled: true },
    ];
    const graph = createReader(() => Response.json({ value }));
    expect(await graph.read()).toEqual(new Set([groupId(1)]));
  });

  test('Microsoft is never asked while the local stand-in is in its place', async () => {
    const authority = createAuthority('organizations', 'http://127.0.0.1:4000');
    const name = 'https://entra-local.invalid';
    const locate = (url: string) => url.replace(name, authority.locationOrigin);
    expect(graphUrlOf(authority)).toBe(`${name}/graph/v1.0`);
    const next = `${name}/graph/v1.0/next`;
    const graph = createReader((at) => (at === 0 ? page(0, 1, next) : page(1, 2)), {
      authority,
      locate,
    });
    expect(await graph.outcome()).toBe('2 groups');
    const origins = [...graph.tokens, ...graph.pages].map(({ url }) => new URL(url).origin);
    expect(origins).toEqual(Array(3).fill('http://127.0.0.1:4000'));
  });
});

test.describe('against the stand-in', () => {
  const { contoso: inContoso, fabrikam: inFabrikam } = TENANTS;
  const OMAR = 'c92e07d4-6b18-4f53-a7e9-15d8f0c4b36a';
  const FARID = '2b9f40c8-d17e-4a95-86f3-c05e7d1a93b6';

  function createReaderOfStandIn() {
    const entra = startEntra();
    const { registration, originUrl } = entra.entra;
    const authority = createAuthority('organizations', originUrl);
    const fetch = async (url: string, init: RequestInit) => entra.handle(new Request(url, init));
    const now = () => Math.floor(Date.now() / 1000);
    const { locate } = createProvider(authority, fetch, now, () => {});
    const credential = { kind: 'secret', secret: registration.secrets[0]?.value ?? '' } as const;
    const config = { authority, clientId: registration.clientId, credential };
    return { entra, reader: createGroupReader(config, locate, fetch, now, () => true) };
  }

  test('all 250 groups of a person are read, and a missing permission is refused by name', async () => {
    const { entra, reader } = createReaderOfStandIn();
    const groups = entra.entra.directory.byUsername('omar@contoso.example')?.groups;
    expect(await reader.groupsOf(inContoso.id, OMAR)).toEqual(new Set(groups));
    await expect(reader.groupsOf(inFabrikam.id, FARID)).rejects.toMatchObject({
      code: 'groups_unavailable',
      detail: { stage: 'groups', reason: 'permission_missing', tenantId: inFabrikam.id },
    });
    await expect(reader.groupsOf(inContoso.id, FARID)).rejects.toMatchObject({
      detail: { reason: 'status_404' },
    });
  });
});

const links: [what: string, link: unknown, reason: string][] = [
  ['another host', 'https://evil.example/v1.0/groups', 'next_link'],
  ['a longer host', 'https://graph.microsoft.com.evil.example/v1.0/groups', 'next_link'],
  ['a host behind a user name', 'https://graph.microsoft.com@evil.example/v1.0/x', 'next_link'],
  ['a user name', 'https://me@graph.microsoft.com/v1.0/x', 'next_link'],
  ['a password', 'https://:me@graph.microsoft.com/v1.0/x', 'next_link'],
  ['another port', 'https://graph.microsoft.com:8443/v1.0/x', 'next_link'],
  ['plain http', 'http://graph.microsoft.com/v1.0/x', 'next_link'],
  ['another version', 'https://graph.microsoft.com/beta/x', 'next_link'],
  ['a path above', 'https://graph.microsoft.com/v1.0/../beta/x', 'next_link'],
  ['a hidden path above', 'https://graph.microsoft.com/v1.0/%2e%2e/beta/x', 'next_link'],
  ['a longer prefix', 'https://graph.microsoft.com/v1.01/x', 'next_link'],
  ['no host', '/v1.0/users', 'next_link'],
  ['nothing', '', 'next_link'],
  ['a number', 7, 'not_groups'],
  ['null', null, 'not_groups'],
];
for (const [what, link, reason] of links) {
  test(`a next page at ${what} is not asked for, and the groups so far do not count`, async () => {
    const graph = createReader(() => page(0, 1, link));
    expect(await graph.outcome()).toBe(`groups_unavailable ${reason}`);
    expect(graph.pages).toHaveLength(1);
  });
}

const hostile: [what: string, answer: Answer, reason: string][] = [
  ['a page in HTML', () => new Response('<!doctype html>'), 'not_json'],
  ['cut JSON', () => new Response('{"value":['), 'not_json'],
  ['an array', () => Response.json([]), 'not_json'],
  ['no list', () => Response.json({}), 'not_groups'],
  ['a list that is none', () => Response.json({ value: { length: 0 } }), 'not_groups'],
  ['an id that is no GUID', () => Response.json({ value: [{ id: 'Admins' }] }), 'not_groups'],
  ['a path as an id', () => Response.json({ value: [{ id: `${groupId(1)}/../x` }] }), 'not_groups'],
  ['a number as an id', () => Response.json({ value: [{ id: 7 }] }), 'not_groups'],
  ['groups without an id', () => Response.json({ value: [null] }), 'not_groups'],
  ['one id among junk', () => Response.json({ value: [...groupsOf(0, 1), {}] }), 'not_groups'],
  ['a thousand on a page', () => page(0, 1000), 'not_groups'],
  ['100,000 ids', () => page(0, 100_000), 'too_large'],
  [
    'ids without their kind',
    () => Response.json({ value: [{ id: groupId(1), securityEnabled: null }] }),
    'permission_missing',
  ],
  [
    'no permission',
    () => Response.json({ error: { code: 'Authorization_RequestDenied' } }, { status: 403 }),
    'permission_missing',
  ],
  ['another refusal', () => Response.json({ error: null }, { status: 403 }), 'status_403'],
  ['an unknown token', () => Response.json({ error: {} }, { status: 401 }), 'status_401'],
  ['an unknown person', () => Response.json({ error: {} }, { status: 404 }), 'status_404'],
  ['throttling', () => new Response(null, { status: 429 }), 'status_429'],
  ['an outage', () => new Response(null, { status: 503 }), 'status_503'],
  ['a redirect', () => Response.redirect('https://evil.example/', 302), 'status_302'],
  ['a cut connection', () => Promise.reject(new TypeError('app-token-0')), 'network'],
];
for (const [what, answer, reason] of hostile) {
  test(`${what} in the place of groups is refused as ${reason}, and is never no groups`, async () => {
    const graph = createReader(answer);
    expect(await graph.outcome()).toBe(`groups_unavailable ${reason}`);
    expect(graph.pages).toHaveLength(1);
  });

  test(`${what} on the second page takes the first one back`, async () => {
    const graph = createReader((at, asked) =>
      at === 0 ? page(0, 1, linkTo(0)) : answer(at, asked),
    );
    expect(await graph.outcome()).toBe(`groups_unavailable ${reason}`);
  });
}

test('pages without an end are given up after twenty', async () => {
  const graph = createReader((at) => page(at, at + 1, linkTo(at)));
  expect(await graph.outcome()).toBe('groups_unavailable too_many_pages');
  expect(graph.pages).toHaveLength(20);
  const enough = createReader((at) => page(at, at + 1, at < 19 ? linkTo(at) : undefined));
  expect(await enough.outcome()).toBe('20 groups');
});

test('ids that are no GUIDs are never put into an address', async () => {
  const graph = createReader();
  for (const bad of ['', '..', `${objectId}/../x`, `${objectId}?`, 'me', objectId.toUpperCase()]) {
    expect(await graph.outcome(bad), bad).toBe('groups_unavailable person_id');
    expect(await graph.outcome(objectId, bad), bad).toBe('groups_unavailable person_id');
  }
  expect([...graph.tokens, ...graph.pages]).toEqual([]);
});

test.describe('slowness', () => {
  const never: Answer = (_, { init: { signal } }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  /** Ten pages, each well within its own deadline. */
  const slowly: Answer = (at) =>
    new Promise((resolve) => setTimeout(() => resolve(page(at, at + 1, linkTo(at))), 1500));

  for (const [what, answer, pages] of [
    ['silence', never, 1],
    ['a drip of pages', slowly, 4],
  ] as const) {
    test(`${what} is given up after five seconds in all, and no page is asked for after that`, async () => {
      const graph = createReader(answer);
      const asked = await inShortTime(async () => {
        expect(await graph.outcome()).toBe('groups_unavailable timeout');
      });
      expect(asked).toContain(5000);
      expect(graph.pages.length).toBeLessThanOrEqual(pages);
      await expect.poll(() => graph.pages.every(({ init }) => init.signal?.aborted)).toBe(true);
    });
  }
});

test.describe('the token of the app', () => {
  const refused = (error: string, description: string) => () =>
    Response.json({ error, error_description: description }, { status: 401 });

  test('is kept for the tenant until five minutes before its end', async () => {
    const graph = createReader();
    for (const [seconds, tokens] of [
      [0, 1],
      [3599 - 301, 1],
      [1, 2],
    ] as const) {
      graph.nowSeconds += seconds;
      await graph.read(personId(graph.pages.length));
      expect(graph.tokens).toHaveLength(tokens);
    }
    await graph.read(objectId, fabrikam);
    expect(graph.tokens.map(({ url }) => url.split('/')[3])).toEqual([contoso, contoso, fabrikam]);
  });

  test('is asked for once by many people at the same time', async () => {
    const graph = createReader();
    await Promise.all(Array.from({ length: 20 }, (_, at) => graph.read(personId(at))));
    expect([graph.tokens.length, graph.pages.length]).toEqual([1, 20]);
  });

  test('that was refused is told with Microsoft’s number and ids, and none of its words', async () => {
    const traceId = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
    const description = `AADSTS7000222: canary Trace ID: ${traceId}`;
    const graph = createReader(undefined, { token: refused('invalid_client', description) });
    await expect(graph.read()).rejects.toMatchObject({
      message: 'groups_unavailable: invalid_client',
      detail: {
        stage: 'groups',
        reason: 'invalid_client',
        aadsts: 7000222,
        problem: 'secret_expired',
        traceId,
        tenantId: contoso,
      },
    });
    expect(graph.pages).toEqual([]);
  });

  const junk: Record<string, unknown>[] = [
    {},
    { access_token: '' },
    { access_token: 7 },
    { access_token: 'canary\r\nx-evil: 1' },
    { access_token: 'canary canary' },
    { access_token: 'cänary' },
    { access_token: ['canary'] },
    { access_token: 'canary', token_type: 'pop' },
    { access_token: 'canary', expires_in: 'soon' },
    { access_token: 'canary', expires_in: null },
  ];
  for (const answer of junk) {
    test(`is not taken from ${JSON.stringify(answer)}`, async () => {
      const token = () => Response.json({ token_type: 'Bearer', expires_in: 3599, ...answer });
      const graph = createReader(undefined, { token });
      expect(await graph.outcome()).toBe('groups_unavailable token_shape');
      expect(graph.pages).toEqual([]);
    });
  }

  test('is replaced after Graph refused it, so that a permission given now counts soon', async () => {
    let granted = false;
    const denied = Response.json(
      { error: { code: 'Authorization_RequestDenied' } },
      { status: 403 },
    );
    const graph = createReader(() => (granted ? page(0, 3) : denied.clone()));
    expect(await graph.outcome()).toBe('groups_unavailable permission_missing');
    granted = true;
    expect(await graph.outcome(personId(1))).toBe('groups_unavailable permission_missing');
    expect([graph.tokens.length, graph.pages.length]).toEqual([1, 1]);
    graph.nowSeconds += 5;
    expect(await graph.outcome()).toBe('3 groups');
    expect(graph.tokens).toHaveLength(2);
  });

  test('cannot be made while the certificate is unusable, and the reason names no file', async () => {
    const createAssertion = () => Promise.reject(new RangeError('/run/secrets/canary.pem'));
    const graph = createReader(undefined, { createAssertion });
    const error = await graph.read().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'groups_unavailable', detail: { reason: 'RangeError' } });
    expect((error as Error).cause).toBeUndefined();
  });
});

test('no error says a token, a secret, an id of a person or a word of Microsoft’s', async () => {
  const told = { error: { code: 'canary', message: `app-token-0 ${secret} canary` } };
  const answers: Answer[] = [
    ...[400, 401, 403, 404, 429, 503].map((status) => () => Response.json(told, { status })),
    () => Promise.reject(new TypeError(`Bearer app-token-0 ${secret} canary`)),
    () => page(0, 1, 'https://canary.example/app-token-0'),
    () => Response.json({ value: [{ id: 'canary' }] }),
  ];
  for (const answer of answers) {
    const error = (await createReader(answer)
      .read()
      .catch((thrown: unknown) => thrown)) as Error;
    expect(error.name).toBe('SignInError');
    const { name, message, stack, cause, ...rest } = error;
    const text = `${name} ${message} ${stack} ${cause} ${JSON.stringify(rest)}`;
    for (const word of ['app-token', secret, objectId, 'canary']) expect(text).not.toContain(word);
  }
});

test.describe('keeping', () => {
  test('a person’s groups are kept for five minutes, and asked for again after them', async () => {
    const graph = createReader((at) => page(0, at + 1));
    expect(await graph.outcome()).toBe('1 groups');
    graph.nowSeconds += 299;
    expect(await graph.outcome()).toBe('1 groups');
    graph.nowSeconds += 1;
    expect(await graph.outcome()).toBe('2 groups');
  });

  test('old groups do not outlive an outage', async () => {
    const graph = createReader((at) =>
      at === 0 ? page(0, 1) : new Response(null, { status: 503 }),
    );
    expect(await graph.outcome()).toBe('1 groups');
    graph.nowSeconds += 300;
    expect(await graph.outcome()).toBe('groups_unavailable status_503');
  });

  test('people of the same object id in two tenants are two people', async () => {
    const graph = createReader((at) => page(0, at + 1));
    expect([await graph.outcome(), await graph.outcome(objectId, fabrikam)]).toEqual([
      '1 groups',
      '2 groups',
    ]);
  });

  test('many requests of one person at the same time cost one', async () => {
    const graph = createReader();
    await Promise.all(Array.from({ length: 50 }, () => graph.read()));
    expect(graph.pages).toHaveLength(1);
  });

  test('a failure is repeated for five seconds without asking, for that person alone', async () => {
    const graph = createReader((at) =>
      at === 0 ? new Response(null, { status: 503 }) : page(0, 2),
    );
    const failed = 'groups_unavailable status_503';
    expect(await Promise.all([graph.outcome(), graph.outcome()])).toEqual([failed, failed]);
    graph.nowSeconds += 4;
    expect(await graph.outcome()).toBe(failed);
    expect(graph.pages).toHaveLength(1);
    expect(await graph.outcome(personId(1))).toBe('2 groups');
    graph.nowSeconds += 1;
    expect(await graph.outcome()).toBe('2 groups');
  });

  for (const [retryAfter, seconds] of [
    ['12', 12],
    ['1', 5],
    ['86400', 30],
    ['-1', 5],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 5],
    [undefined, 5],
  ] as const) {
    test(`throttling with Retry-After ${retryAfter} keeps the tenant quiet for ${seconds} seconds`, async () => {
      const headers = { ...(retryAfter !== undefined && { 'retry-after': retryAfter }) };
      const graph = createReader((at) =>
        at === 0 ? new Response(null, { status: 429, headers }) : page(0, 2),
      );
      const throttled = 'groups_unavailable status_429';
      expect(await graph.outcome()).toBe(throttled);
      graph.nowSeconds += seconds - 1;
      expect(await graph.outcome(personId(1))).toBe(throttled);
      expect(graph.pages).toHaveLength(1);
      expect(await graph.outcome(personId(2), fabrikam)).toBe('2 groups');
      graph.nowSeconds += 1;
      expect(await graph.outcome(personId(3))).toBe('2 groups');
    });
  }

  test('ten thousand people are kept, and the one who has waited longest is forgotten first', async () => {
    const graph = createReader(() => Response.json({ value: [] }));
    const everyone = Array.from({ length: 10_001 }, (_, at) => personId(at));
    for (const oid of everyone) await graph.read(oid);
    await graph.read(everyone[1]);
    expect(graph.pages).toHaveLength(10_001);
    await graph.read(everyone[0]);
    expect(graph.pages).toHaveLength(10_002);
  });
});

test('the address of Graph is Microsoft’s own', () => {
  expect(graphUrlOf(createAuthority(contoso))).toBe(graphUrl);
});
