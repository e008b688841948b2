import { createHash } from 'node:crypto';
import type { AppServer } from '../app-server';
import type { Stack } from '../e2e/fixtures';
import { expect, test } from '../e2e/fixtures';
import { genuineTokens, signInWithToken } from './forged-token';
import { title } from './matrix';
import { expectRejected } from './outcomes';
import { withApp } from './own-app';
import { Robot } from './robot';

type Claims = Record<string, unknown>;

const issuerOf = (tenantId: string) => `https://entra-local.invalid/${tenantId}/v2.0`;
const nowSeconds = () => Math.floor(Date.now() / 1000);
const other = '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69';

/** One wrong ID token for a new browser: refused for this reason, and nobody is signed in. */
async function refuseClaims(
  stack: Stack,
  claims: Claims,
  reason: string,
  name = 'Ada Berg',
): Promise<void> {
  await test.step(`${reason} ${JSON.stringify(claims).slice(0, 120)}`, async () => {
    const robot = new Robot(stack);
    stack.entra.control.inject({ on: 'id_token', claims });
    const answer = await robot.signIn(name);
    await expectRejected(robot, stack.app as AppServer, answer, { reason });
    expect(await robot.me()).toBeUndefined();
  });
}

async function acceptClaims(stack: Stack, claims: Claims): Promise<Robot> {
  const robot = new Robot(stack);
  stack.entra.control.inject({ on: 'id_token', claims });
  const answer = await robot.signIn();
  expect(answer.headers.get('location'), JSON.stringify(claims)).toBe(`${stack.app.url}/account`);
  expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
  return robot;
}

test(title('TV-09'), async ({ stack, entra }) => {
  const { contoso } = entra.tenants;
  const hosts = [
    'https://evil.example',
    'https://login.microsoftonline.com',
    'https://entra-local.invalid.evil.example',
    'https://evil.example/https://entra-local.invalid',
    'http://entra-local.invalid',
    'https://entra-local.invalid:444',
    'https://entra-local.invalid@evil.example',
    entra.url,
  ];
  for (const host of hosts) await refuseClaims(stack, { iss: `${host}/${contoso}/v2.0` }, 'iss');
  for (const tail of ['/v2.0/', '/v2.0?x', '/v1.0', '']) {
    const iss = `https://entra-local.invalid/${contoso}${tail}`;
    await refuseClaims(stack, { iss }, 'iss_tid');
  }
});

test(title('TV-10'), async ({ stack, entra }) => {
  const { contoso, fabrikam, personal } = entra.tenants;
  const lists: [authority: string, tenantIds: string[], name: string, tenantId: string][] = [
    ['organizations', [contoso, fabrikam], 'Ada Berg', contoso],
    ['common', [contoso, fabrikam, personal], 'Ada Berg', contoso],
    ['consumers', [personal], 'Mia Rossi', personal],
    [contoso, [contoso], 'Ada Berg', contoso],
  ];
  for (const [authority, tenantIds, name, home] of lists) {
    await withApp(stack, { AZURE_VALID_TENANT_IDS: tenantIds.join(',') }, async (own) => {
      const robot = new Robot(own);
      const request = await robot.start();
      expect(request.pathname.split('/')[1]).toBe(authority);
      expect((await robot.fetch(await robot.answer(request, name))).headers.get('location')).toBe(
        `${own.app.url}/account`,
      );
      await refuseClaims(own, { tid: fabrikam }, 'iss_tid', name);
      await refuseClaims(own, { iss: issuerOf(fabrikam) }, 'iss_tid', name);
      if (home === personal) {
        // All its tokens are of one tenant, and so are its keys.
        await refuseClaims(own, { tid: fabrikam, iss: issuerOf(fabrikam) }, 'key_issuer', name);
      } else if (authority === contoso) {
        await refuseClaims(own, { tid: fabrikam, iss: issuerOf(fabrikam) }, 'iss_tid', name);
      }
    });
  }
});

test(title('TV-12'), async ({ stack, entra }) => {
  const { contoso } = entra.tenants;
  const upper = contoso.toUpperCase();
  const usual = await (await acceptClaims(stack, {})).me();
  for (const claims of [
    { tid: upper, iss: issuerOf(upper) },
    { tid: upper },
    { iss: issuerOf(upper) },
    { oid: usual?.objectId.toUpperCase() },
  ]) {
    expect(await (await acceptClaims(stack, claims)).me()).toEqual(usual);
  }
});

test(title('TV-13'), async ({ stack, entra }) => {
  const iss = `https://sts.windows.net/${entra.tenants.contoso}/`;
  await refuseClaims(stack, { iss, ver: '1.0' }, 'ver');
  await refuseClaims(stack, { ver: '1.0' }, 'ver');
  await refuseClaims(stack, { ver: '2.00' }, 'ver');
  await refuseClaims(stack, { iss }, 'iss');
  await refuseClaims(stack, { ver: null }, 'claim_missing:ver');
  await refuseClaims(stack, { ver: 2 }, 'claim_type:ver');
});

test(title('TV-14'), async ({ stack, entra }) => {
  const { clientId } = entra;
  for (const aud of [other, `${clientId} `, clientId.toUpperCase(), `api://${clientId}`]) {
    await refuseClaims(stack, { aud }, 'aud');
  }
  for (const aud of [[clientId], [clientId, other], [other], { 0: clientId }, '']) {
    await refuseClaims(stack, { aud }, 'claim_type:aud');
  }
  await refuseClaims(stack, { aud: other, azp: clientId }, 'aud');
});

test(title('TV-16'), async ({ stack }) => {
  for (const name of ['aud', 'iat', 'exp', 'sub', 'iss', 'tid', 'oid', 'ver']) {
    await refuseClaims(stack, { [name]: null }, `claim_missing:${name}`);
  }
});

test(title('TV-17'), async ({ stack }) => {
  for (const ago of [60, 61, 24 * 60 * 60]) {
    await refuseClaims(stack, { exp: nowSeconds() - ago }, 'expired');
  }
  for (const exp of [0, -1]) await refuseClaims(stack, { exp }, 'expired');
  for (const exp of ['soon', String(nowSeconds() + 600), true, [nowSeconds() + 600]]) {
    await refuseClaims(stack, { exp }, 'claim_type:exp');
  }
  for (const ago of [0, 20, 45]) await acceptClaims(stack, { exp: nowSeconds() - ago });
});

test(title('TV-19'), async ({ stack }) => {
  const minute = 60;
  const day = 24 * 60 * minute;
  await refuseClaims(stack, { nbf: nowSeconds() + 5 * minute + 30 }, 'nbf');
  await refuseClaims(stack, { nbf: nowSeconds() + day }, 'nbf');
  await refuseClaims(stack, { nbf: 'now' }, 'claim_type:nbf');
  for (const iat of [nowSeconds() + day, nowSeconds() + 6 * minute]) {
    await refuseClaims(stack, { iat }, 'iat');
  }
  for (const iat of [
    nowSeconds() - 20 * minute - 1,
    nowSeconds() - day,
    nowSeconds() - 3650 * day,
  ]) {
    await refuseClaims(stack, { iat, nbf: iat }, 'iat');
  }
  await refuseClaims(stack, { iat: 'now' }, 'claim_type:iat');
  await acceptClaims(stack, { iat: nowSeconds() + 4 * minute, nbf: nowSeconds() + 4 * minute });
  await acceptClaims(stack, { iat: nowSeconds() - 19 * minute });
  await acceptClaims(stack, { nbf: null });
});

test(title('TV-20'), async ({ stack, app }) => {
  await refuseClaims(stack, { nonce: 'of-another-flow' }, 'nonce');
  await refuseClaims(stack, { nonce: null }, 'claim_missing:nonce');
  for (const nonce of ['', 7, ['x']]) await refuseClaims(stack, { nonce }, 'claim_type:nonce');

  // A genuine token of another sign-in, of the same person and app.
  const robot = new Robot(stack);
  const earlier = (await robot.start()).searchParams.get('nonce') ?? '';
  const { id_token } = await genuineTokens(robot, earlier);
  await expectRejected(robot, app, await signInWithToken(robot, () => id_token), {
    reason: 'nonce',
  });
});

test(title('TV-21'), async ({ stack }) => {
  await refuseClaims(stack, { oid: null }, 'claim_missing:oid');
  for (const oid of ['', 7, 'ada@contoso.example', '*', [other], `${other}x`]) {
    await refuseClaims(stack, { oid }, 'claim_type:oid');
  }
  for (const sub of ['', 7, 'x'.repeat(5000), ['x'], {}]) {
    await refuseClaims(stack, { sub }, 'claim_type:sub');
  }
  await refuseClaims(stack, { tid: 'contoso.example' }, 'claim_type:tid');
});

test(title('TV-22'), async ({ stack, app, entra }) => {
  for (const typ of ['at+jwt', 'application/at+jwt', 'AT+JWT', 'logout+jwt']) {
    const robot = new Robot(stack);
    entra.control.inject({ on: 'id_token', header: { typ } });
    await expectRejected(robot, app, await robot.signIn(), { reason: 'token_type' });
  }
  // Microsoft's own access tokens have no such type: their audience tells them apart.
  for (const aud of ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']) {
    await refuseClaims(stack, { aud }, 'aud');
  }
  const robot = new Robot(stack);
  const answer = await signInWithToken(
    robot,
    async (nonce) => (await genuineTokens(robot, nonce)).access_token,
  );
  await expectRejected(robot, app, answer, { reason: 'id_token_shape' });
});

test(title('TV-24'), async ({ stack, app, entra }) => {
  const hashOf = (accessToken: string) =>
    createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
  const signIn = async (access_token: string | null, at_hash: unknown) => {
    const robot = new Robot(stack);
    entra.control.inject({ on: 'token', json: { access_token } });
    entra.control.inject({ on: 'id_token', claims: { at_hash } });
    return { robot, answer: await robot.signIn() };
  };
  for (const [accessToken, hash] of [
    ['mine', hashOf('another')],
    ['mine', ''],
    ['mine', hashOf('mine').slice(0, -1)],
    [null, hashOf('')],
  ] as const) {
    const { robot, answer } = await signIn(accessToken, hash);
    await expectRejected(robot, app, answer, { reason: 'at_hash' });
  }
  const { robot, answer } = await signIn('mine', 7);
  await expectRejected(robot, app, answer, { reason: 'claim_type:at_hash' });
  const right = await signIn('mine', hashOf('mine'));
  expect(right.answer.headers.get('location')).toBe(`${app.url}/account`);
  expect(await right.robot.me()).toMatchObject({ name: 'Ada Berg' });
});
