import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLIENT_SECRET, EXCHANGE_AUDIENCE } from '../../entra-local/registration.mjs';
import { startApp } from '../app-server';
import { Robot } from '../attack/robot';
import { expect, type StandIn, test } from './fixtures';

const folder = mkdtempSync(join(tmpdir(), 'azure-auth-credentials-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A token of an issuer that the registration trusts; no secret is registered any more. */
function federate(entra: StandIn, issuer: string, subject: string) {
  const audience = EXCHANGE_AUDIENCE;
  const federatedCredentials = [{ issuer, subject, audiences: [audience] as [string] }];
  entra.control.patchRegistration({ federatedCredentials, secrets: [] });
  return () => entra.control.issueToken({ issuer, subject, audience });
}

/** Starts the build with these settings in the place of its secret, and signs Ada in.
 * @returns what the log says of credentials */
async function signedInWith(
  { stack, entra }: { stack: { env: Record<string, string> }; entra: StandIn },
  settings: Record<string, string>,
  people = 1,
) {
  const app = await startApp({ ...stack.env, AZURE_CLIENT_SECRET: '', ...settings });
  try {
    for (let count = 0; count < people; count += 1) {
      const robot = new Robot({ entra, app });
      await robot.signIn();
      expect(await robot.me(), app.output()).toBeTruthy();
    }
    for (const value of Object.values(settings)) {
      if (value.length > 16) expect(app.output()).not.toContain(value);
    }
    const [started] = app.events('app.started');
    const { credential, nextCredential } = started ?? {};
    return { credential, nextCredential, fallbacks: app.events('credential.fallback') };
  } finally {
    await app.stop();
  }
}

test('a federated token file signs people in, and no secret is anywhere', async ({
  stack,
  entra,
}) => {
  const token = federate(entra, 'https://oidc.cluster.example/1', 'system:serviceaccount:a:b');
  const path = join(folder, 'azure-identity-token');
  writeFileSync(path, token());
  expect(await signedInWith({ stack, entra }, { AZURE_FEDERATED_TOKEN_FILE: path })).toMatchObject({
    credential: 'federated_token_file',
    nextCredential: undefined,
  });
});

test('a platform that has no token for a moment takes no instance out of service', async ({
  stack,
  entra,
}) => {
  const token = federate(entra, 'https://oidc.cluster.example/1', 'system:serviceaccount:a:b');
  const path = join(folder, 'token-of-a-moment');
  writeFileSync(path, token());
  const settings = { AZURE_CLIENT_SECRET: '', AZURE_FEDERATED_TOKEN_FILE: path };
  const app = await startApp({ ...stack.env, ...settings });
  try {
    writeFileSync(path, '');
    const robot = new Robot({ entra, app });
    await robot.signIn();
    expect(await robot.me()).toBeUndefined();
    await expect
      .poll(() => app.events('sign_in.failed'))
      .toMatchObject([{ code: 'app_credentials', stage: 'credential' }]);
    // Microsoft was not asked, and the next sign-in may well succeed: requests must still come here.
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { credentials: 'untried' }]);
    writeFileSync(path, token());
    await robot.signIn();
    expect(await robot.me()).toBeTruthy();
  } finally {
    await app.stop();
  }
});

test('a managed identity signs people in, through the library in the build', async ({
  stack,
  entra,
}) => {
  const token = federate(entra, 'https://entra-local.invalid/contoso/v2.0', crypto.randomUUID());
  const server = createServer((_, response) => {
    const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
    const answer = { access_token: token(), expires_on, token_type: 'Bearer' };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const settings = {
      AZURE_MANAGED_IDENTITY_CLIENT_ID: '6b0f4d7a-52c1-4e98-a3d7-9c1e5f2b8a46',
      IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
      IDENTITY_HEADER: 'the-header-of-this-container',
    };
    const { credential } = await signedInWith({ stack, entra }, settings);
    expect(credential).toBe('managed_identity');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('Vercel’s own token signs people in', async ({ stack, entra }) => {
  const token = federate(entra, 'https://oidc.vercel.com/contoso', 'owner:contoso:project:portal');
  const settings = { VERCEL: '1', VERCEL_OIDC_TOKEN: token() };
  expect((await signedInWith({ stack, entra }, settings)).credential).toBe('vercel');
});

test('a secret that is replaced turns nobody away, and the log says once which one is in use', async ({
  stack,
  entra,
}) => {
  const settings = {
    AZURE_CLIENT_SECRET: 'an-older-secret-of-this-app-4f1c9b7a',
    AZURE_CLIENT_SECRET_NEXT: CLIENT_SECRET,
  };
  const { credential, nextCredential, fallbacks } = await signedInWith(
    { stack, entra },
    settings,
    3,
  );
  expect([credential, nextCredential]).toEqual(['secret', 'next_secret']);
  expect(fallbacks).toMatchObject([{ credential: 'secret', nextCredential: 'next_secret' }]);
});
