import { expect, test } from '@playwright/test';
import {
  type Answer,
  createReader,
  groupId,
  groupsOf,
  inShortTime,
  linkTo,
  page,
  secret,
} from './graph-answers';
import { objectId } from './id-token-builder';

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
