import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import { createProvider } from '../../lib/provider-metadata';
import type { Fetch } from '../../lib/upstream';
import { outcomeOf } from './id-token-builder';

const organizations = createAuthority('organizations');
const host = 'https://login.microsoftonline.com';
const documentOf = (overrides: Record<string, unknown> = {}) => ({
  issuer: `${host}/{tenantid}/v2.0`,
  authorization_endpoint: `${host}/organizations/oauth2/v2.0/authorize`,
  token_endpoint: `${host}/organizations/oauth2/v2.0/token`,
  end_session_endpoint: `${host}/organizations/oauth2/v2.0/logout`,
  jwks_uri: `${host}/organizations/discovery/v2.0/keys`,
  ...overrides,
});
const keyOf = (kid: string) => ({ kty: 'RSA', kid, n: 'AQAB', e: 'AQAB' });

/** Microsoft as this test wants it, and a clock to move. */
function createMicrosoft() {
  const state = {
    nowSeconds: 1_790_000_000,
    document: documentOf() as unknown,
    keys: { keys: [keyOf('one')] } as unknown,
    down: false,
    status: 200,
    requests: [] as string[],
    stale: 0,
    provider: undefined as unknown as ReturnType<typeof createProvider>,
    count: (end: string) => state.requests.filter((url) => url.endsWith(end)).length,
    /** Renewals run in the background; this lets them finish. */
    settle: () => new Promise((resolve) => setTimeout(resolve, 20)),
  };
  const fetch: Fetch = async (url) => {
    state.requests.push(url);
    if (state.down) throw new TypeError('fetch failed');
    const body = url.endsWith('/keys') ? state.keys : state.document;
    return Response.json(body, { status: state.status });
  };
  const now = () => state.nowSeconds;
  state.provider = createProvider(organizations, fetch, now, () => {
    state.stale += 1;
  });
  return state;
}
const discovery = 'openid-configuration';
const kidsOf = async (keys: Promise<readonly { kid?: string | undefined }[]>) =>
  (await keys).map(({ kid }) => kid);

test.describe('keeping metadata', () => {
  test('many readers at once cost one request', async () => {
    const microsoft = createMicrosoft();
    const { provider } = microsoft;
    await Promise.all(Array.from({ length: 50 }, () => provider.metadata()));
    await Promise.all(Array.from({ length: 50 }, () => provider.signingKeys('one')));
    expect(microsoft.requests).toEqual([
      `${host}/organizations/v2.0/.well-known/openid-configuration`,
      `${host}/organizations/discovery/v2.0/keys`,
    ]);
  });

  test('nothing is asked for again within an hour', async () => {
    const microsoft = createMicrosoft();
    await microsoft.provider.signingKeys('one');
    microsoft.nowSeconds += 3600;
    await microsoft.provider.signingKeys('one');
    await microsoft.provider.metadata();
    expect(microsoft.requests).toHaveLength(2);
  });

  test('after an hour the old copy is used once more, while one request renews it', async () => {
    const microsoft = createMicrosoft();
    const { provider } = microsoft;
    const old = await provider.metadata();
    microsoft.nowSeconds += 3601;
    const changed = `${host}/organizations/oauth2/v2.0/token-2`;
    microsoft.document = documentOf({ token_endpoint: changed });
    expect(await Promise.all([provider.metadata(), provider.metadata()])).toEqual([old, old]);
    await microsoft.settle();
    expect((await provider.metadata()).tokenEndpoint).toBe(changed);
    expect(microsoft.count(discovery)).toBe(2);
  });

  test('while renewal fails the last good copy is used for 24 hours and not beyond', async () => {
    const microsoft = createMicrosoft();
    const { provider } = microsoft;
    const good = await provider.metadata();
    microsoft.down = true;
    for (const seconds of [3601, 7200, 3600 * 9, 3600 * 12 - 1]) {
      microsoft.nowSeconds += seconds;
      expect(await provider.metadata()).toEqual(good);
      await microsoft.settle();
    }
    expect(microsoft.stale).toBe(1);
    microsoft.nowSeconds += 1;
    expect(await outcomeOf(provider.metadata())).toBe('provider_unavailable network');
    microsoft.down = false;
    expect(await provider.metadata()).toEqual(good);
  });

  test('a renewal that is not this authority’s metadata changes nothing', async () => {
    const microsoft = createMicrosoft();
    const good = await microsoft.provider.metadata();
    microsoft.document = documentOf({ token_endpoint: 'https://evil.example/token' });
    microsoft.nowSeconds += 3601;
    await microsoft.provider.metadata();
    await microsoft.settle();
    expect(await microsoft.provider.metadata()).toEqual(good);
  });

  test('each outage is told once, and told again when the next one begins', async () => {
    const microsoft = createMicrosoft();
    await microsoft.provider.metadata();
    for (const [down, told] of [
      [true, 1],
      [true, 1],
      [false, 1],
      [true, 2],
    ] as const) {
      microsoft.down = down;
      microsoft.nowSeconds += 3601;
      await microsoft.provider.metadata();
      await microsoft.settle();
      expect(microsoft.stale).toBe(told);
    }
  });

  test('a first load that fails is tried again at the next reader', async () => {
    const microsoft = createMicrosoft();
    microsoft.down = true;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await outcomeOf(microsoft.provider.metadata())).toBe('provider_unavailable network');
    }
    microsoft.down = false;
    expect(await outcomeOf(microsoft.provider.metadata())).toBe('accepted');
    expect(microsoft.count(discovery)).toBe(4);
  });

  test('an answer with any status but 200 is no metadata', async () => {
    const microsoft = createMicrosoft();
    for (const status of [201, 400, 404]) {
      microsoft.status = status;
      expect(await outcomeOf(microsoft.provider.metadata())).toBe(
        `provider_unavailable status_${status}`,
      );
    }
  });
});

test.describe('signing keys', () => {
  test('a token that names a key gets that key, and one that names none gets all', async () => {
    const microsoft = createMicrosoft();
    microsoft.keys = { keys: [keyOf('one'), keyOf('two'), { kty: 'EC', kid: 'three' }] };
    expect(await kidsOf(microsoft.provider.signingKeys('two'))).toEqual(['two']);
    expect(await kidsOf(microsoft.provider.signingKeys(undefined))).toEqual(['one', 'two']);
    expect(await kidsOf(microsoft.provider.signingKeys('three'))).toEqual([]);
  });

  test('the issuer of a key is kept', async () => {
    const microsoft = createMicrosoft();
    const issuer = `${host}/{tenantid}/v2.0`;
    microsoft.keys = { keys: [{ ...keyOf('one'), issuer }] };
    expect(await microsoft.provider.signingKeys('one')).toEqual([{ ...keyOf('one'), issuer }]);
  });

  test('a rotation costs exactly one request', async () => {
    const microsoft = createMicrosoft();
    await microsoft.provider.signingKeys('one');
    microsoft.keys = { keys: [keyOf('one'), keyOf('two')] };
    for (let round = 0; round < 3; round += 1) {
      expect(await kidsOf(microsoft.provider.signingKeys('two'))).toEqual(['two']);
    }
    expect(microsoft.count('/keys')).toBe(2);
  });

  test('a thousand tokens with unknown keys cost one request in five minutes', async () => {
    const microsoft = createMicrosoft();
    await microsoft.provider.signingKeys('one');
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      expect(await kidsOf(microsoft.provider.signingKeys(`forged-${attempt}`))).toEqual([]);
    }
    expect(microsoft.count('/keys')).toBe(2);
    microsoft.nowSeconds += 299;
    await microsoft.provider.signingKeys('forged');
    expect(microsoft.count('/keys')).toBe(2);
    microsoft.nowSeconds += 1;
    await microsoft.provider.signingKeys('forged');
    expect(microsoft.count('/keys')).toBe(3);
  });

  test('a token without a key id never asks again', async () => {
    const microsoft = createMicrosoft();
    await microsoft.provider.signingKeys('one');
    for (let attempt = 0; attempt < 10; attempt += 1)
      await microsoft.provider.signingKeys(undefined);
    expect(microsoft.count('/keys')).toBe(1);
  });

  test('known keys outlive an outage for 24 hours and not beyond', async () => {
    const microsoft = createMicrosoft();
    const { provider } = microsoft;
    await provider.signingKeys('one');
    microsoft.down = true;
    microsoft.nowSeconds += 24 * 3600;
    expect(await kidsOf(provider.signingKeys('one'))).toEqual(['one']);
    await microsoft.settle();
    microsoft.nowSeconds += 1;
    expect(await outcomeOf(provider.signingKeys('one'))).toBe('provider_unavailable network');
  });

  test('an unknown key during an outage is the provider’s failure', async () => {
    const microsoft = createMicrosoft();
    await microsoft.provider.signingKeys('one');
    microsoft.down = true;
    expect(await outcomeOf(microsoft.provider.signingKeys('two'))).toBe(
      'provider_unavailable network',
    );
  });

  test('a key without an id is one of all keys, and never the one that a token names', async () => {
    const microsoft = createMicrosoft();
    microsoft.keys = { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }] };
    expect(await microsoft.provider.signingKeys(undefined)).toHaveLength(1);
    expect(await microsoft.provider.signingKeys('one')).toEqual([]);
  });

  test('keys that are no keys are refused and not kept', async () => {
    const microsoft = createMicrosoft();
    for (const keys of [
      {},
      { keys: [] },
      { keys: 'text' },
      { keys: [{ kty: 'RSA', kid: 7 }] },
      { keys: [{ kid: 'one' }] },
      { keys: [{ ...keyOf('one'), issuer: 7 }] },
    ]) {
      microsoft.keys = keys;
      expect(await outcomeOf(microsoft.provider.signingKeys('one'))).toBe(
        'provider_unavailable incomplete',
      );
    }
    microsoft.keys = { keys: [keyOf('one')] };
    expect(await kidsOf(microsoft.provider.signingKeys('one'))).toEqual(['one']);
  });
});
