import { expect, test } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { type Entra, ORIGIN, startEntra } from './visitor';

const { contoso, fabrikam } = TENANTS;
const OMAR = 'c92e07d4-6b18-4f53-a7e9-15d8f0c4b36a';
const FARID = '2b9f40c8-d17e-4a95-86f3-c05e7d1a93b6';
const GRACE_IN_CONTOSO = 'f6027b9d-84ce-4135-8ea0-3b71d9c5e248';
const GRAPH = `${ORIGIN}/graph/v1.0`;
const QUERY = '$select=id,securityEnabled&$count=true&$top=999';
const groupsUrl = (oid: string, query = QUERY) =>
  `${GRAPH}/users/${oid}/transitiveMemberOf/microsoft.graph.group?${query}`;

/** A token for the application itself, good for one tenant. */
async function tokenOf(entra: Entra, tenantId = contoso.id): Promise<string> {
  const { clientId, secrets } = entra.entra.registration;
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secrets[0]?.value ?? '',
    scope: 'https://graph.microsoft.com/.default',
  });
  const url = `${ORIGIN}/${tenantId}/oauth2/v2.0/token`;
  const response = await entra.handle(new Request(url, { method: 'POST', body }));
  return (await response.json()).access_token;
}

async function ask(
  entra: Entra,
  token: string | null,
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  const request = new Request(url, {
    method,
    headers: {
      consistencylevel: 'eventual',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  const response = await entra.handle(request);
  const json = await response.json();
  return { status: response.status, code: json.error?.code as string | undefined, json };
}

/** Where the link of a page leads, reached as an application does. */
const reached = (link: string) => link.replace('https://entra-local.invalid', ORIGIN);

test('250 groups come on three pages of a hundred at most, each with a link to the next', async () => {
  const entra = startEntra();
  const token = await tokenOf(entra);
  const ids: string[] = [];
  const sizes: number[] = [];
  let url: string | undefined = groupsUrl(OMAR);
  while (url !== undefined) {
    const { status, json } = await ask(entra, token, url);
    expect(status).toBe(200);
    expect(json['@odata.count']).toBe(sizes.length === 0 ? 250 : undefined);
    sizes.push(json.value.length);
    ids.push(...json.value.map(({ id }: { id: string }) => id));
    const link: string | undefined = json['@odata.nextLink'];
    if (link) expect(link).toContain('https://entra-local.invalid/graph/v1.0/users/');
    url = link && reached(link);
  }
  expect(sizes).toEqual([100, 100, 50]);
  expect(new Set(ids).size).toBe(250);
  expect(ids).toEqual(entra.entra.directory.byUsername('omar@contoso.example')?.groups);
});

test('the default page and small pages are served, with what was selected alone', async () => {
  const entra = startEntra();
  const token = await tokenOf(entra);
  const plain = await ask(entra, token, groupsUrl(OMAR, '$count=true'));
  expect(plain.json.value).toHaveLength(100);
  expect(plain.json.value[0]).toEqual({ id: expect.any(String), securityEnabled: true });
  const small = await ask(entra, token, groupsUrl(OMAR, '$count=true&$top=7&$select=id'));
  expect(small.json.value).toHaveLength(7);
  expect(Object.keys(small.json.value[0])).toEqual(['id']);
});

test('a guest is known by the object id of the inviting tenant', async () => {
  const entra = startEntra();
  const answer = await ask(entra, await tokenOf(entra), groupsUrl(GRACE_IN_CONTOSO));
  expect(answer).toMatchObject({ status: 200, json: { value: [] } });
});

test('changed groups show at the next request', async () => {
  const entra = startEntra();
  const token = await tokenOf(entra);
  entra.control.patchAccount('omar@contoso.example', { groups: ['one'] });
  const { json } = await ask(entra, token, groupsUrl(OMAR));
  expect(json.value).toEqual([{ id: 'one', securityEnabled: true }]);
});

test('without a good token nothing is told, not even what exists', async () => {
  let nowMs = 1_790_000_000_000;
  const entra = startEntra({ now: () => nowMs });
  const token = await tokenOf(entra);
  const of = async (given: string | null, headers = {}) => {
    const { status, code } = await ask(entra, given, groupsUrl(OMAR), { headers });
    return `${status} ${code}`;
  };
  const refused = '401 InvalidAuthenticationToken';
  expect(await of(null)).toBe(refused);
  expect(await of(`${token}x`)).toBe(refused);
  expect(await of(null, { authorization: token })).toBe(refused);
  expect((await ask(entra, null, `${GRAPH}/nothing`)).status).toBe(401);
  expect(await of(token)).toBe('200 undefined');
  nowMs += 3599 * 1000;
  expect(await of(token)).toBe(refused);
  entra.control.reset();
  expect(await of(token)).toBe(refused);
});

test('a token opens the directory of its own tenant alone', async () => {
  const graphPermissions = { [contoso.id]: ['User.Read.All'], [fabrikam.id]: ['User.Read.All'] };
  const entra = startEntra({ registration: { graphPermissions } });
  const tokens = { contoso: await tokenOf(entra), fabrikam: await tokenOf(entra, fabrikam.id) };
  const statusOf = async (token: string, oid: string) =>
    (await ask(entra, token, groupsUrl(oid))).status;
  expect(await statusOf(tokens.contoso, OMAR)).toBe(200);
  expect(await statusOf(tokens.contoso, FARID)).toBe(404);
  expect(await statusOf(tokens.fabrikam, FARID)).toBe(200);
  expect(await statusOf(tokens.fabrikam, OMAR)).toBe(404);
});

test('Contoso has granted the permission, Fabrikam has not, and a grant counts in the next token', async () => {
  const entra = startEntra();
  const token = await tokenOf(entra, fabrikam.id);
  const of = async (given: string) => {
    const { status, code } = await ask(entra, given, groupsUrl(FARID));
    return `${status} ${code}`;
  };
  expect(await of(token)).toBe('403 Authorization_RequestDenied');
  entra.control.patchRegistration({
    graphPermissions: { [fabrikam.id]: ['GroupMember.Read.All'] },
  });
  expect(await of(token)).toBe('403 Authorization_RequestDenied');
  expect(await of(await tokenOf(entra, fabrikam.id))).toBe('200 undefined');
});

for (const permission of ['Group.Read.All', 'Directory.Read.All', 'GroupMember.Read.All']) {
  test(`${permission} reads groups, and what kind they are`, async () => {
    const entra = startEntra({
      registration: { graphPermissions: { [contoso.id]: [permission] } },
    });
    const { json } = await ask(entra, await tokenOf(entra), groupsUrl(OMAR));
    expect(json.value[0].securityEnabled).toBe(true);
  });
}

test('User.Read.All reads the ids of groups and nothing more, and Mail.Read nothing at all', async () => {
  const entra = startEntra();
  const withPermission = async (permission: string) => {
    entra.control.patchRegistration({ graphPermissions: { [contoso.id]: [permission] } });
    return ask(entra, await tokenOf(entra), groupsUrl(OMAR));
  };
  const { json } = await withPermission('User.Read.All');
  expect(json.value[0]).toEqual({ id: expect.any(String), securityEnabled: null });
  expect((await withPermission('Mail.Read')).status).toBe(403);
});

const REFUSED: [what: string, status: number, code: string, url: string, init?: RequestInit][] = [
  ['another method', 405, 'Request_BadRequest', groupsUrl(OMAR), { method: 'POST' }],
  ['another address', 400, 'BadRequest', `${GRAPH}/users/${OMAR}/memberOf?${QUERY}`],
  ['an unknown person', 404, 'Request_ResourceNotFound', groupsUrl(contoso.id)],
  ['no $count', 400, 'Request_UnsupportedQuery', groupsUrl(OMAR, '$top=999')],
  ['$top=0', 400, 'Request_BadRequest', groupsUrl(OMAR, '$count=true&$top=0')],
  ['$top=1000', 400, 'Request_BadRequest', groupsUrl(OMAR, '$count=true&$top=1000')],
  ['an unknown property', 400, 'Request_BadRequest', groupsUrl(OMAR, '$count=true&$select=mail')],
  ['an unknown parameter', 400, 'Request_BadRequest', groupsUrl(OMAR, `${QUERY}&$expand=members`)],
  ['a parameter twice', 400, 'Request_BadRequest', groupsUrl(OMAR, `${QUERY}&$top=5`)],
  [
    'a page nobody named',
    400,
    'Directory_ExpiredPageToken',
    groupsUrl(OMAR, `${QUERY}&$skiptoken=AAAA`),
  ],
];
for (const [what, status, code, url, init] of REFUSED) {
  test(`${what} is refused with ${status} ${code}`, async () => {
    const entra = startEntra();
    const answer = await ask(entra, await tokenOf(entra), url, { method: init?.method ?? 'GET' });
    expect(answer).toMatchObject({ status, code });
    expect(answer.json.error.innerError['request-id']).toEqual(expect.any(String));
  });
}

test('every page needs the header that a cast needs', async () => {
  const entra = startEntra();
  const token = await tokenOf(entra);
  const { json } = await ask(entra, token, groupsUrl(OMAR));
  for (const url of [groupsUrl(OMAR), reached(json['@odata.nextLink'])]) {
    const answer = await ask(entra, token, url, { headers: { consistencylevel: 'session' } });
    expect(answer).toMatchObject({ status: 400, code: 'Request_UnsupportedQuery' });
  }
});

test('throttling is injected, once or more often', async () => {
  const entra = startEntra();
  const token = await tokenOf(entra);
  entra.control.inject({ on: 'graph', status: 429, headers: { 'retry-after': '7' } });
  const throttled = await entra.handle(
    new Request(groupsUrl(OMAR), { headers: { authorization: `Bearer ${token}` } }),
  );
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
  expect((await ask(entra, token, groupsUrl(OMAR))).status).toBe(200);
});

test('the log says what Graph was asked, and holds no token', async () => {
  const entra = startEntra();
  const token = await tokenOf(entra);
  await ask(entra, token, groupsUrl(OMAR));
  const [, request] = entra.control.requests;
  expect(request).toMatchObject({ method: 'GET', endpoint: 'graph', query: { $top: '999' } });
  expect(JSON.stringify(entra.control.requests)).not.toContain(token);
});
