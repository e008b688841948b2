import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { TENANTS } from '../../entra-local/directory.mjs';
import { CLIENT_SECRET, EXCHANGE_AUDIENCE } from '../../entra-local/registration.mjs';
import { createCertificate } from '../certificate';
import { type Entra, startEntra } from './entra-local/visitor';
import { createApp } from './stand-in-sign-in';

const folder = mkdtempSync(join(tmpdir(), 'azure-auth-credentials-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

let entra: Entra;
test.beforeEach(() => {
  entra = startEntra({ registration: { secrets: [] } });
});
/** An issuer that the app's registration trusts, and what it would sign for this app. */
function trust(issuer: string, subject: string, audience = EXCHANGE_AUDIENCE) {
  const federatedCredentials = [{ issuer, subject, audiences: [audience] as [string] }];
  entra.control.patchRegistration({ federatedCredentials });
  return (changes = {}) => entra.control.issueToken({ issuer, subject, audience, ...changes });
}

test('a client secret signs in', async () => {
  entra.control.patchRegistration({
    secrets: [{ value: CLIENT_SECRET, expiresAtSeconds: null }],
  });
  const credential = { kind: 'secret', secret: CLIENT_SECRET } as const;
  expect(await createApp(entra, { credential }).signIn()).toBe('signed in, 1');
});

test('a certificate signs in', async () => {
  const made = await createCertificate();
  const path = join(folder, 'entra.pem');
  writeFileSync(path, made.pem);
  entra.control.patchRegistration({ certificates: [made.certificate] });
  const credential = { kind: 'certificate', path } as const;
  expect(await createApp(entra, { credential }).signIn()).toBe('signed in, 1');
});

test.describe('a federated token file', () => {
  const path = join(folder, 'azure-identity-token');
  const credential = { kind: 'federated_token_file', path } as const;
  const issue = () => trust('https://oidc.cluster.example/1', 'system:serviceaccount:portal:app');

  test('signs in, and is read anew for every exchange', async () => {
    const token = issue();
    writeFileSync(path, `\n${token({ lifetimeSeconds: -1 })} \n`);
    const { signIn } = createApp(entra, { credential });
    expect(await signIn()).toBe('app_credentials 700024, 1');
    writeFileSync(path, token());
    expect(await signIn()).toBe('signed in, 1');
    writeFileSync(path, token({ audience: 'https://kubernetes.default.svc' }));
    expect(await signIn()).toBe('app_credentials 700212, 1');
  });

  test('that cannot be used refuses the sign-in, is told once, and is mended without a restart', async () => {
    const token = issue();
    const { signIn, problems } = createApp(entra, { credential });
    for (const [text, code] of [
      ['', 'empty_file'],
      [' \n', 'empty_file'],
      ['canary', 'not_a_jwt'],
      ['a.b.c', 'not_a_jwt'],
      [token().split('.').slice(0, 2).join('.'), 'not_a_jwt'],
    ] as const) {
      writeFileSync(path, text);
      expect(await signIn()).toBe(`app_credentials ${code}, 0`);
    }
    rmSync(path);
    expect(await signIn()).toBe('app_credentials unreadable_file, 0');
    expect(problems.map(({ code }) => code)).toEqual([
      'empty_file',
      'not_a_jwt',
      'unreadable_file',
    ]);
    expect(JSON.stringify(problems)).not.toContain('canary');
    expect(JSON.stringify(problems)).not.toContain(folder);
    writeFileSync(path, token());
    expect(await signIn()).toBe('signed in, 1');
    rmSync(path);
    expect(await signIn()).toBe('app_credentials unreadable_file, 0');
    expect(problems).toHaveLength(4);
  });
});

test.describe('Vercel’s token', () => {
  const context = Symbol.for('@vercel/request-context');
  const holder = globalThis as { [context]?: unknown };
  test.afterEach(() => {
    delete holder[context];
  });
  const credential = { kind: 'vercel' } as const;
  const issue = () =>
    trust(
      'https://oidc.vercel.com/contoso',
      'owner:contoso:project:portal:environment:production',
      'https://vercel.com/contoso',
    );

  test('of the request that is being answered signs in, before that of the environment', async () => {
    const token = issue();
    const ofEnvironment = token({ lifetimeSeconds: -1 });
    const { signIn } = createApp(entra, { credential }, { vercelToken: () => ofEnvironment });
    expect(await signIn()).toBe('app_credentials 700024, 1');
    holder[context] = { get: () => ({ headers: { 'x-vercel-oidc-token': token() } }) };
    expect(await signIn()).toBe('signed in, 1');
  });

  test('of the environment signs in where no request brings one', async () => {
    const token = issue();
    for (const empty of [undefined, {}, { get: () => undefined }, { get: () => ({}) }]) {
      holder[context] = empty;
      const { signIn } = createApp(entra, { credential }, { vercelToken: () => ` ${token()}\n` });
      expect(await signIn()).toBe('signed in, 1');
    }
  });

  test('that is missing refuses the sign-in, and says what to turn on', async () => {
    const { signIn, problems } = createApp(entra, { credential });
    expect(await signIn()).toBe('app_credentials no_token, 0');
    expect(problems).toMatchObject([{ variable: 'VERCEL', code: 'no_token' }]);
    expect(problems[0]?.problem).toContain('OIDC federation');
  });
});

test.describe('a managed identity', () => {
  const identityId = '6b0f4d7a-52c1-4e98-a3d7-9c1e5f2b8a46';
  const principalId = 'f41c9e20-7b85-4d63-8a1f-c05d3e7b9264';
  const header = 'the-header-of-this-container';
  const credential = { kind: 'managed_identity', clientId: identityId } as const;
  const issuer = `https://entra-local.invalid/${TENANTS.contoso.id}/v2.0`;

  /** The endpoint that App Service and Container Apps give to each container.
   * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
  async function identityEndpoint(token: () => string, status = 200) {
    const asked: { query: Record<string, string>; header: unknown }[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
      const query = Object.fromEntries(searchParams);
      asked.push({ query, header: request.headers['x-identity-header'] });
      const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
      const { resource, client_id } = query;
      const answer = { access_token: token(), expires_on, resource, client_id };
      response.writeHead(status, { 'content-type': 'application/json' });
      const fault = { statusCode: status, message: 'canary: no identity' };
      response.end(JSON.stringify(status === 200 ? { ...answer, token_type: 'Bearer' } : fault));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${port}/msi/token`;
    process.env.IDENTITY_HEADER = header;
    const close = () => {
      delete process.env.IDENTITY_ENDPOINT;
      delete process.env.IDENTITY_HEADER;
      server.closeAllConnections();
      server.close();
    };
    return { asked, close };
  }

  test('signs in through Azure’s own library, which keeps its token', async () => {
    const token = trust(issuer, principalId);
    const { asked, close } = await identityEndpoint(token);
    try {
      const { signIn } = createApp(entra, { credential });
      for (let count = 0; count < 3; count += 1) expect(await signIn()).toBe('signed in, 1');
      expect(asked).toHaveLength(1);
      expect(asked[0]).toMatchObject({
        header,
        query: { resource: EXCHANGE_AUDIENCE, client_id: identityId },
      });
    } finally {
      close();
    }
  });

  test('that the machine does not have refuses the sign-in, and its words are not repeated', async () => {
    const { close } = await identityEndpoint(() => '', 400);
    try {
      const { signIn, problems } = createApp(entra, {
        credential: { ...credential, clientId: principalId }, // the library keeps tokens per process
      });
      expect(await signIn()).toBe('app_credentials no_token, 0');
      expect(problems).toMatchObject([
        { variable: 'AZURE_MANAGED_IDENTITY_CLIENT_ID', code: 'no_token' },
      ]);
      expect(JSON.stringify(problems)).not.toContain('canary');
    } finally {
      close();
    }
  });
});
