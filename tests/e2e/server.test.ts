import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.mjs';
import { startApp } from '../app-server';
import { createCertificate } from '../certificate';
import { environmentFor, expect, test } from './fixtures';

/** Whether something listens on a port of this machine right now. */
function isListening(port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: 'localhost' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

test('a broken configuration ends the server with code 1 before it listens', async ({ entra }) => {
  const port = '31917';
  const good = environmentFor(entra);
  const canary = 'c4n4ry-value-that-no-log-may-show';
  const broken: Record<string, Record<string, string>> = {
    AZURE_CLIENT_ID: { AZURE_CLIENT_ID: canary },
    AZURE_CLIENT_SECRET: { AZURE_CLIENT_SECRET: '' },
    AZURE_CLIENT_CERTIFICATE_PATH: {
      AZURE_CLIENT_SECRET: '',
      AZURE_CLIENT_CERTIFICATE_PATH: `/${canary}.pem`,
    },
    AZURE_FEDERATED_TOKEN_FILE: {
      AZURE_CLIENT_SECRET: '',
      AZURE_FEDERATED_TOKEN_FILE: `/${canary}`,
    },
    AZURE_VALID_TENANT_IDS: { AZURE_VALID_TENANT_IDS: canary },
    AUTH_SECRET: { AUTH_SECRET: 'c4n4ry' },
    AUTH_URL: { AUTH_URL: `http://${canary}/path` },
    ENTRA_LOCAL_URL: { AUTH_URL: 'https://app.example.com' },
  };
  for (const [variable, change] of Object.entries(broken)) {
    let everListened = false;
    const watch = setInterval(async () => {
      everListened ||= await isListening(port);
    }, 5);
    const app = await startApp({ ...good, PORT: port, ...change });
    clearInterval(watch);
    expect(app.process.exitCode, variable).toBe(1);
    expect(everListened, `${variable}: the port was opened`).toBe(false);
    expect(app.events('config.error').map((event) => event.variable)).toEqual([variable]);
    expect(app.output()).not.toContain('c4n4ry');
  }
});

test('start and readiness tell which credential the app has, and when it expires soon', async ({
  entra,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-certificate-'));
  const path = join(folder, 'entra.pem');
  writeFileSync(path, (await createCertificate({ toDays: 12.5 })).pem);
  const certificate = { AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: path };
  const past = { AZURE_CLIENT_SECRET_EXPIRES: '2020-01-31' };
  for (const [changes, told, expiring] of [
    [{}, { credential: 'secret' }, undefined],
    [past, { clientSecretDaysLeft: expect.any(Number) }, { credential: 'secret', threshold: 0 }],
    [
      certificate,
      { credential: 'certificate', certificateDaysLeft: 12 },
      { credential: 'certificate', threshold: 30, daysLeft: 12 },
    ],
  ] as const) {
    const app = await startApp({ ...environmentFor(entra), ...changes });
    expect(app.events('app.started')).toEqual([expect.objectContaining(told)]);
    const events = expiring ? [expect.objectContaining(expiring)] : [];
    expect(app.events('credential.expiring')).toEqual(events);
    const ready = await fetch(`${app.url}/readyz`);
    expect(ready.status).toBe(200);
    expect((await ready.json()).credentialExpiresWithinDays).toBe(expiring?.threshold);
    expect(app.output()).not.toContain(folder);
    await app.stop();
  }
  rmSync(folder, { recursive: true });
});

test('stopping npm stops the server that npm start began', async ({ entra }) => {
  const port = String(await freePort(18_000));
  const npm = spawn('npm', ['start'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      ...environmentFor(entra),
      AUTH_URL: `http://localhost:${port}`,
      HOSTNAME: 'localhost',
      SHUTDOWN_DELAY_SECONDS: '0',
      PORT: port,
    },
    stdio: 'ignore',
  });
  await expect.poll(() => isListening(port)).toBe(true);
  npm.kill('SIGTERM');
  await expect.poll(() => isListening(port)).toBe(false);
});

test('behind a proxy, bound to 0.0.0.0, every address comes from AUTH_URL', async () => {
  const tenants = '8a6e9d14-3b7c-4f21-9e05-c1d2a3b4e5f6,2b7f0c35-6d48-4e9a-b1c7-d8e9f0a1b2c3';
  const origin = 'https://app.example.com';
  const app = await startApp({
    AUTH_URL: origin,
    HOSTNAME: '0.0.0.0',
    AZURE_CLIENT_ID: '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69',
    AZURE_CLIENT_SECRET: 'abcDEF123~ghiJKL456.mnoPQR789_st',
    AZURE_VALID_TENANT_IDS: tenants,
    AUTH_SECRET: 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA',
  });
  const url = app.url;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(url + path, { redirect: 'manual', ...init });

  const callback = await ask('/authorization-code/callback?code=x&state=y');
  expect(callback.headers.get('location')).toBe(`${origin}/auth/error?cookies=none`);
  const notice = callback.headers.getSetCookie().join();
  expect(notice).toContain('__Host-azure-auth.notice=');
  expect(notice).toContain('; Secure');
  const gate = await ask('/account?x=1');
  expect([`${origin}/auth/sign-in?returnTo=%2Faccount%3Fx%3D1`]).toContain(
    gate.headers.get('location'),
  );
  const foreign = await ask('/auth/start', { method: 'POST', headers: { origin: url } });
  expect(foreign.headers.get('location')).toContain(`${origin}/auth/sign-in`);
  const page = await ask('/');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("form-action 'self' https://login.microsoftonline.com https:;");
  expect(policy).toContain('upgrade-insecure-requests');
  expect(await page.text()).not.toMatch(/0\.0\.0\.0|Demo/);
  expect(app.output()).toContain('https://login.microsoftonline.com/organizations');
  await app.stop();
});

for (const hostname of ['127.0.0.1', '0.0.0.0', 'localhost']) {
  test(`bound to ${hostname}, every page answers whatever Host it is asked by`, async ({
    entra,
  }) => {
    const app = await startApp({ ...environmentFor(entra), HOSTNAME: hostname });
    const { port } = new URL(app.url);
    const pages = ['/', '/auth/sign-in', '/auth/error', '/auth/denied', '/auth/signed-out'];
    for (const path of ['/healthz', '/readyz', ...pages]) {
      for (const host of [`localhost:${port}`, '127.0.0.1', 'app.example.com']) {
        const status = await statusFrom(Number(port), path, host);
        expect(status, `${path} as ${host}`).toBe(
          { '/auth/error': 400, '/auth/denied': 403 }[path] ?? 200,
        );
      }
    }
    await app.stop();
  });
}

/** `fetch` does not let anyone choose the Host header. */
function statusFrom(port: number, path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get({ port, path, host: '127.0.0.1', headers: { host }, timeout: 5_000 });
    request.on('response', (response) => resolve(response.resume().statusCode));
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
  });
}

test('the gate runs on the edge runtime', () => {
  const manifest = JSON.parse(readFileSync('.next/server/middleware-manifest.json', 'utf8'));
  expect(Object.keys(manifest.middleware)).toEqual(['/']);
  expect(JSON.stringify(manifest.middleware['/'].files)).toContain('edge');
});

test('one copy of @auth/core is installed', () => {
  const tree = JSON.parse(
    execFileSync('npm', ['ls', '@auth/core', '--all', '--json'], { encoding: 'utf8' }),
  );
  const versions = JSON.stringify(tree).match(/"@auth\/core":\{"version":"[^"]+"/g) ?? [];
  expect(new Set(versions).size).toBe(1);
});
