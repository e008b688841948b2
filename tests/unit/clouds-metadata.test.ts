import { expect, test } from '@playwright/test';
import { createAuthority, issuerOfTenant } from '../../lib/authority';
import { verifyIdToken } from '../../lib/id-token';
import { createProvider, parseMetadata } from '../../lib/provider-metadata';
import {
  claimsOf,
  contoso,
  createSigner,
  expectationOf,
  fabrikam,
  outcomeOf,
  signIdToken,
} from './id-token-builder';
import { recorded } from './recorded-metadata';

const attempt = (document: unknown, authority: ReturnType<typeof createAuthority>) =>
  outcomeOf((async () => parseMetadata(document, authority))());

for (const { name, authority, document } of recorded) {
  test(`the metadata of ${name} is accepted under its own rules`, () => {
    expect(parseMetadata(document, authority).tokenEndpoint).toBe(document.token_endpoint);
  });

  test(`the metadata of ${name} is refused under the rules of every other cloud`, async () => {
    const others = recorded.filter(
      (one) => issuerOfTenant(one.authority, contoso) !== issuerOfTenant(authority, contoso),
    );
    expect(others.length).toBeGreaterThanOrEqual(6);
    for (const other of others) {
      // Even where the kind of authority is the same.
      const host = new URL(other.authority.origin).host;
      const same = createAuthority(authority.segment, undefined, host);
      expect(await attempt(document, same), other.name).toBe('provider_unavailable issuer');
    }
  });

  test(`an issuer of ${name} with endpoints of another cloud is refused`, async () => {
    for (const other of recorded) {
      if (issuerOfTenant(other.authority, contoso) === issuerOfTenant(authority, contoso)) continue;
      const mixed = { ...document, token_endpoint: other.document.token_endpoint };
      expect(await attempt(mixed, authority), other.name).toBe(
        'provider_unavailable endpoint_host',
      );
    }
  });

  test(`a token of ${name} is accepted there and under no other cloud’s rules`, async () => {
    const signer = await createSigner('key-1');
    const iss = issuerOfTenant(authority, contoso);
    const token = await signIdToken(signer, claimsOf({ iss }));
    for (const other of recorded) {
      const expected = { ...expectationOf(signer), authority: other.authority };
      const outcome = await outcomeOf(verifyIdToken(token, expected));
      const isSame = issuerOfTenant(other.authority, contoso) === iss;
      expect(outcome, other.name).toBe(isSame ? 'accepted' : 'token_rejected iss');
    }
  });
}

test('an external tenant’s neighbour is refused, by its subdomain or its id', async () => {
  const authority = createAuthority(contoso, undefined, 'woodgrove.ciamlogin.com');
  const [external] = recorded.filter(({ name }) => name.includes('subdomain'));
  const foreign = 'https://fabrikam.ciamlogin.com';
  for (const changes of [
    { issuer: `https://${fabrikam}.ciamlogin.com/${fabrikam}/v2.0` },
    { issuer: `https://woodgrove.ciamlogin.com/${contoso}/v2.0` },
    { issuer: `https://login.microsoftonline.com/${contoso}/v2.0` },
    { token_endpoint: `${foreign}/${contoso}/oauth2/v2.0/token` },
    { jwks_uri: `https://${fabrikam}.ciamlogin.com/${contoso}/discovery/v2.0/keys` },
  ]) {
    expect(await attempt({ ...external?.document, ...changes }, authority)).toMatch(
      /^provider_unavailable (issuer|endpoint_host)$/,
    );
  }
});

test('a key that says it is of another cloud signs nothing here, whatever its issuer', async () => {
  const [{ authority, document }] = recorded;
  const own = await createSigner('own');
  const foreign = await createSigner('foreign');
  const silent = await createSigner('silent');
  // As seen in the keys of the worldwide cloud: one of US Government's, under the worldwide issuer.
  const issuer = document.issuer;
  const keys = [
    { ...own.jwk, issuer, cloud_instance_name: 'microsoftonline.com' },
    { ...foreign.jwk, issuer, cloud_instance_name: 'microsoftonline.us' },
    { ...silent.jwk, issuer },
  ];
  const provider = createProvider(
    authority,
    async (url) => Response.json(url.endsWith('/keys') ? { keys } : document),
    () => 0,
    () => {},
  );
  const kids = async (kid?: string) => (await provider.signingKeys(kid)).map((key) => key.kid);
  expect(await kids()).toEqual(['own', 'silent']);
  expect(await kids('foreign')).toEqual([]);
});
