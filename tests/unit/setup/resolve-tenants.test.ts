import { expect, test } from '@playwright/test';
import { createAuthority } from '../../../lib/authority';
import type { Fetch } from '../../../lib/upstream';
import { resolveTenants } from '../../../setup/connection';
import { ORIGIN } from '../entra-local/visitor';
import {
  contoso,
  expectNothingShown,
  fabrikam,
  fetchFrom,
  NOW,
  personal,
  standIn,
} from './connecting';

const entra = standIn();
const authority = createAuthority('organizations', ORIGIN);

async function resolve(domains: string[], fetch: Fetch = fetchFrom(entra)) {
  const asked: string[] = [];
  const counting: Fetch = (url, init) => {
    asked.push(url);
    return fetch(url, init);
  };
  const tools = { fetch: counting, nowSeconds: () => NOW };
  const { tenantIds, findings } = await resolveTenants(domains, authority, tools);
  expectNothingShown(
    findings.filter(({ code }) => code !== 'domain_of_personal_accounts'),
    domains.filter((domain) => domain.length > 4),
  );
  return { tenantIds, asked, codes: findings.map(({ status, code }) => `${status} ${code}`) };
}

test('domain names become tenant ids, in their order and once each', async () => {
  const { tenantIds, asked, codes } = await resolve([
    'fabrikam.example',
    'Contoso.Example',
    'contoso.example',
  ]);
  expect(tenantIds).toEqual([fabrikam.id, contoso.id]);
  expect(codes).toEqual(['ok domain_resolved', 'ok domain_resolved']);
  expect(asked).toHaveLength(2);
});

test('a domain name that nobody has is told, and the others are resolved', async () => {
  const { tenantIds, codes } = await resolve(['nobody.example', 'contoso.example']);
  expect(tenantIds).toEqual([contoso.id]);
  expect(codes).toEqual(['fail domain_not_found', 'ok domain_resolved']);
});

for (const text of [
  'contoso',
  'common',
  'contoso.example/../common',
  'contoso.example?x=1',
  'contoso.example#x',
  'contoso.example:443',
  'ada@contoso.example',
  'contoso..example',
  '.contoso.example',
  'contoso.example.',
  '-contoso.example',
  'contoso-.example',
  'contoso.example\n',
  ' contoso.example',
  'contoso_1.example',
  'contoso%2eexample',
  'cöntoso.example',
  'соntoso.example',
  '127.0.0.1',
  `${'a'.repeat(64)}.example`,
  `${'a.'.repeat(130)}example`,
  'aB8~secret.With-Dots_in.it',
  '',
  'x'.repeat(1_000_000),
]) {
  test(`${JSON.stringify(text.slice(0, 40))} is no domain name, and is not sent`, async () => {
    const { tenantIds, asked, codes } = await resolve([text]);
    expect({ tenantIds, asked, codes }).toEqual({
      tenantIds: [],
      asked: [],
      codes: ['fail not_a_domain'],
    });
  });
}

test('international names are sent in their encoded form', async () => {
  const { codes } = await resolve(['xn--cntoso-90a.example', 'contoso.xn--p1ai']);
  expect(codes).toEqual(['fail domain_not_found', 'fail domain_not_found']);
});

const issuer = (id: string): Fetch => {
  return async () => Response.json({ issuer: `https://entra-local.invalid/${id}/v2.0` });
};
const answers: Record<string, [answer: Fetch, code: string]> = {
  'the tenant of all personal accounts': [issuer(personal.id), 'fail domain_of_personal_accounts'],
  'an issuer template': [issuer('{tenantid}'), 'fail issuer_differs'],
  'a tenant id in upper case': [issuer(contoso.id.toUpperCase()), 'fail issuer_differs'],
  'an issuer of another name': [
    async () => Response.json({ issuer: `https://login.microsoftonline.us/${contoso.id}/v2.0` }),
    'fail issuer_differs',
  ],
  'an issuer that is no text': [
    async () => Response.json({ issuer: [contoso.id] }),
    'fail issuer_differs',
  ],
  'another cloud': [
    async () => Response.json({ error_codes: [90038] }, { status: 400 }),
    'fail other_cloud',
  ],
  'a number unknown': [
    async () => Response.json({ error_codes: [7654321] }, { status: 400 }),
    'warn could_not_tell',
  ],
  'a page': [async () => new Response('<h1>Welcome</h1>'), 'fail proxy_html'],
};
for (const [what, [answer, code]] of Object.entries(answers)) {
  test(`${what} is resolved to nothing: ${code}`, async () => {
    const { tenantIds, codes } = await resolve(['contoso.example', 'fabrikam.example'], answer);
    expect(tenantIds).toEqual([]);
    expect(new Set(codes)).toEqual(new Set([code]));
  });
}

test('a network that is down is told once for all names', async () => {
  const fetch: Fetch = async () => {
    throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } });
  };
  expect((await resolve(['a.example', 'b.example', 'c.example'], fetch)).codes).toEqual([
    'fail dns',
  ]);
});

test('no domain names ask for nothing', async () => {
  expect(await resolve([])).toEqual({ tenantIds: [], asked: [], codes: [] });
});
