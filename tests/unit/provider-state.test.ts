import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import { createProvider } from '../../lib/provider-metadata';

const host = 'https://login.microsoftonline.com';
const metadata = {
  issuer: `${host}/{tenantid}/v2.0`,
  authorization_endpoint: `${host}/organizations/oauth2/v2.0/authorize`,
  token_endpoint: `${host}/organizations/oauth2/v2.0/token`,
  end_session_endpoint: `${host}/organizations/oauth2/v2.0/logout`,
  jwks_uri: `${host}/organizations/discovery/v2.0/keys`,
};
const keys = { keys: [{ kty: 'RSA', kid: 'one', n: 'AQAB', e: 'AQAB' }] };
const began = 1_790_000_000;

test('what is known of metadata and keys is told without asking for them', async () => {
  let nowSeconds = began;
  let isDown = true;
  let requests = 0;
  const microsoft = async (url: string) => {
    requests += 1;
    if (isDown) throw new TypeError('fetch failed');
    return Response.json(url.endsWith('/keys') ? keys : metadata);
  };
  const provider = createProvider(
    createAuthority('organizations'),
    microsoft,
    () => nowSeconds,
    () => {},
  );
  expect(provider.state()).toEqual({ metadata: {}, keys: {} });
  expect(requests).toBe(0);

  await expect(provider.signingKeys('one')).rejects.toThrow();
  const failed = { failedAtSeconds: began };
  expect(provider.state()).toEqual({ metadata: failed, keys: failed });

  isDown = false;
  await provider.signingKeys('one');
  const loaded = { loadedAtSeconds: began };
  expect(provider.state()).toEqual({ metadata: loaded, keys: loaded });

  isDown = true;
  nowSeconds += 3601;
  await provider.metadata(); // the copy, while the renewal fails behind it
  const stale = { ...loaded, failedAtSeconds: began + 3601 };
  await expect.poll(provider.state).toEqual({ metadata: stale, keys: loaded });
});
