import { expect, test } from '@playwright/test';
import { TENANTS } from '../../entra-local/directory.mjs';
import { cloudOf, createAuthority } from '../../lib/authority';
import { createGroupReader } from '../../lib/graph-groups';
import { createProvider } from '../../lib/provider-metadata';
import { startEntra } from './entra-local/visitor';
import { createReader, firstPage, graphUrl, groupId, linkTo, page, secret } from './graph-answers';
import { clientId, contoso, fabrikam, objectId } from './id-token-builder';

import { authenticationWith, byAssertion, bySecret } from './provers';

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
    const prover = byAssertion(async (endpoint) => `assertion-for-${endpoint}`);
    const graph = createReader(undefined, { prover });
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
    expect(cloudOf(authority).graphUrl).toBe(`${name}/graph/v1.0`);
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
    const first = bySecret(registration.secrets[0]?.value ?? '');
    const { authenticate } = authenticationWith({ first });
    const config = { authority, clientId: registration.clientId };
    const reader = createGroupReader(config, locate, fetch, now, () => true, authenticate);
    return { entra, reader };
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

test('the address of Graph is Microsoft’s own', () => {
  expect(cloudOf(createAuthority(contoso)).graphUrl).toBe(graphUrl);
});
