import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import { createProvider } from '../../lib/provider-metadata';

const host = 'https://login.microsoftonline.com';

/** Microsoft with these keys, and a count of what it was asked. */
function createMicrosoft(...kids: string[]) {
  const state = {
    kids,
    down: false,
    requests: 0,
    nowSeconds: 1_790_000_000,
    issuer: '',
    unbound: 0,
  };
  const provider = createProvider(
    createAuthority('organizations'),
    async (url) => {
      state.requests += 1;
      if (state.down) throw new TypeError('fetch failed');
      await new Promise((resolve) => setTimeout(resolve, 10));
      return Response.json(
        url.endsWith('/keys')
          ? {
              keys: state.kids.map((kid) => ({
                kty: 'RSA',
                kid,
                ...(state.issuer && { issuer: state.issuer }),
              })),
            }
          : {
              issuer: `${host}/{tenantid}/v2.0`,
              authorization_endpoint: `${host}/authorize`,
              token_endpoint: `${host}/token`,
              end_session_endpoint: `${host}/logout`,
              jwks_uri: `${host}/keys`,
            },
      );
    },
    () => state.nowSeconds,
    () => {},
    () => {
      state.unbound += 1;
    },
  );
  return { state, provider };
}

test('everyone who signs in with a new key at the same time gets in, by one request', async () => {
  const { state, provider } = createMicrosoft('old');
  await provider.signingKeys('old');
  Object.assign(state, { kids: ['old', 'new'], requests: 0 });
  const found = await Promise.all(Array.from({ length: 20 }, () => provider.signingKeys('new')));
  expect(found.map((keys) => keys.length)).toEqual(Array(20).fill(1));
  expect(state.requests).toBe(1);
});

test('an outage while a key is new does not lock the key out afterwards', async () => {
  const { state, provider } = createMicrosoft('old');
  await provider.signingKeys('old');
  Object.assign(state, { kids: ['new'], down: true });
  await expect(provider.signingKeys('new')).rejects.toMatchObject({ code: 'provider_unavailable' });
  state.down = false;
  expect(await provider.signingKeys('new')).toHaveLength(1);
});

test('a thousand tokens with made-up keys cost one request in five minutes', async () => {
  const { state, provider } = createMicrosoft('old');
  await provider.signingKeys('old');
  state.requests = 0;
  for (let count = 0; count < 1000; count += 1) {
    expect(await provider.signingKeys(`made-up-${count}`)).toEqual([]);
  }
  expect(state.requests).toBe(1);
  state.nowSeconds += 300;
  await provider.signingKeys('made-up');
  expect(state.requests).toBe(2);
});

test('while Microsoft is down, stale metadata is asked for twice a minute and no more', async () => {
  const { state, provider } = createMicrosoft('old');
  await provider.metadata();
  Object.assign(state, { down: true, requests: 0 });
  state.nowSeconds += 3601;
  for (let count = 0; count < 60; count += 1) {
    await provider.metadata();
    await new Promise((resolve) => setTimeout(resolve, 1));
    state.nowSeconds += 1;
  }
  expect(state.requests).toBe(2);
});

test('a key that names no issuer is told once, and one that does never', async () => {
  const { state, provider } = createMicrosoft('one');
  state.issuer = `${host}/{tenantid}/v2.0`;
  await provider.signingKeys('one');
  expect(state.unbound).toBe(0);
  Object.assign(state, { kids: ['two'], issuer: '' });
  await provider.signingKeys('two');
  state.nowSeconds += 301;
  await provider.signingKeys('three');
  expect(state.unbound).toBe(1);
});
