import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { expect, test } from '@playwright/test';
import { listen } from '../../../entra-local/serve.mjs';

type Running = Awaited<ReturnType<typeof listen>>;
const METADATA = '/common/v2.0/.well-known/openid-configuration';

async function running(
  options: Parameters<typeof listen>[0],
  body: (entra: Running) => Promise<void>,
) {
  const entra = await listen(options);
  try {
    await body(entra);
  } finally {
    await entra.close();
  }
}

/** A status with headers that fetch would not let us write. */
const statusOf = (port: number, headers: Record<string, string>, path = METADATA) =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, setHost: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject).end();
  });

test('only the exact Host is answered, any other gets 421', () =>
  running({}, async ({ port }) => {
    expect(await statusOf(port, { host: `127.0.0.1:${port}` })).toBe(200);
    for (const host of [
      `localhost:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `evil.example:${port}`,
      'entra-local.invalid',
    ]) {
      expect(await statusOf(port, { host })).toBe(421);
      expect(await statusOf(port, { host }, '/__control')).toBe(421);
    }
  }));

test('the date of an answer is that of its clock, behind the socket too', () =>
  running({ now: () => 1_800_000_000_000 }, async ({ url }) => {
    const { headers } = await fetch(url + METADATA);
    expect(headers.get('date')).toBe('Fri, 15 Jan 2027 08:00:00 GMT');
  }));

test('a request that names another origin in its target is refused', () =>
  running({}, async ({ port }) => {
    const headers = { host: `127.0.0.1:${port}` };
    expect(await statusOf(port, headers, `http://evil.example${METADATA}`)).toBe(400);
    expect(await statusOf(port, headers, '//evil.example/')).toBe(400);
  }));

test('it listens on 127.0.0.1 only', () =>
  running({}, async ({ port, url }) => {
    expect(url).toBe(`http://127.0.0.1:${port}`);
    await expect(fetch(`http://[::1]:${port}${METADATA}`)).rejects.toThrow();
  }));

test('a body over 64 KB is refused', () =>
  running({}, async ({ url }) => {
    const response = await fetch(`${url}/common/oauth2/v2.0/token`, {
      method: 'POST',
      body: 'x'.repeat(70_000),
    });
    expect(response.status).toBe(413);
  }));

test('a taken port is met with the next free one, or with an error when strict', async () => {
  const blocker = createServer();
  const taken = await new Promise<number>((resolve) => {
    blocker.listen(0, '127.0.0.1', () => {
      const address = blocker.address();
      resolve(address && typeof address === 'object' ? address.port : 0);
    });
  });
  await running({ port: taken }, async ({ port }) => expect(port).toBeGreaterThan(taken));
  await expect(listen({ port: taken, strictPort: true })).rejects.toThrow('EADDRINUSE');
  blocker.close();
});

test('it tells the application’s settings and the accounts', () =>
  running({}, async (entra) => {
    expect(entra.validTenantIds).toEqual([entra.tenants.contoso, entra.tenants.fabrikam]);
    expect(entra.validTenantIds).not.toContain(entra.tenants.northwind);
    expect(entra.tenants.personal).toBe('9188040d-6c67-4c5b-b112-36a304b66dad');
    expect(entra.clientId).toMatch(/^[\da-f-]{36}$/);
    expect(entra.clientSecret).not.toMatch(/^[\da-f-]{36}$/);
    expect(entra.accounts).toHaveLength(11);
    for (const { username, name, note, tenantId } of entra.accounts) {
      expect(username).toMatch(/@\w+\.example$/);
      expect(Boolean(name && note && tenantId)).toBe(true);
    }
  }));

test('close ends at once, with connections kept alive and answers delayed', async () => {
  const entra = await listen();
  await (await fetch(`${entra.url}${METADATA}`)).text();
  entra.control.inject({ on: 'keys', delayMs: 60_000 });
  entra.control.inject({ on: 'discovery', dripMs: 10_000 });
  const pending = [
    fetch(`${entra.url}/common/discovery/v2.0/keys`),
    fetch(`${entra.url}${METADATA}`).then((r) => r.text()),
  ];
  const settled = Promise.allSettled(pending);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const startedMs = Date.now();
  await entra.close();
  const outcomes = await settled;
  expect(Date.now() - startedMs).toBeLessThan(2000);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(fetch(`${entra.url}${METADATA}`)).rejects.toThrow();
});

test('a reset fault cuts the socket', () =>
  running({}, async ({ url, control }) => {
    control.inject({ on: 'discovery', reset: true });
    await expect(fetch(`${url}${METADATA}`)).rejects.toThrow();
    expect((await fetch(`${url}${METADATA}`)).status).toBe(200);
  }));

test('offline cuts every connection, online answers on the same port', () =>
  running({}, async ({ url, control }) => {
    await (await fetch(`${url}${METADATA}`)).text();
    control.goOffline();
    await expect(fetch(`${url}${METADATA}`)).rejects.toThrow();
    control.goOnline();
    expect((await fetch(`${url}${METADATA}`)).status).toBe(200);
  }));

test('reset goes back online', () =>
  running({}, async ({ url, control }) => {
    control.goOffline();
    await expect(fetch(`${url}${METADATA}`)).rejects.toThrow();
    control.reset();
    expect((await fetch(`${url}${METADATA}`)).status).toBe(200);
  }));

test('Node’s fetch may use the control endpoint', () =>
  running({}, async ({ url, control }) => {
    const response = await fetch(`${url}/__control`, {
      method: 'POST',
      headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'inject', args: [{ on: 'discovery', status: 502 }] }),
    });
    expect(response.status).toBe(200);
    expect((await fetch(`${url}${METADATA}`)).status).toBe(502);
  }));

const serve = (
  args: string[],
  nodeEnv: 'development' | 'production',
  file = 'entra-local/serve.mjs',
) => {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, NODE_ENV: nodeEnv },
  });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  child.stderr.on('data', (part) => (output += part));
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return { child, ended, output: () => output };
};

test('the command refuses to start in production', async () => {
  const { ended, output } = serve([], 'production');
  expect(await ended).toBe(1);
  expect(output()).toContain('NODE_ENV=production');
});

test('the command prints the settings and ends on SIGTERM', async () => {
  const { child, ended, output } = serve(['--port', '0'], 'development');
  await expect.poll(output, { timeout: 15_000 }).toContain('Ada Berg');
  for (const name of [
    'ENTRA_LOCAL_URL=http://127.0.0.1:',
    'AZURE_CLIENT_ID=',
    'AZURE_CLIENT_SECRET=',
    'AZURE_VALID_TENANT_IDS=',
    'AUTH_SECRET=<openssl rand -base64 32>',
    'AUTH_SECRET="$(openssl rand -base64 32)" npm run dev',
  ]) {
    expect(output()).toContain(name);
  }
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the command starts through a path with a symbolic link', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entra-local-'));
  const link = join(folder, 'linked');
  await symlink(resolvePath('entra-local'), link);
  const { child, ended, output } = serve(['--port', '0'], 'development', `${link}/serve.mjs`);
  try {
    await expect.poll(output, { timeout: 15_000 }).toContain('ENTRA_LOCAL_URL=');
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  }
});

test('imported, the command does not start', async () => {
  const script = "await import('./entra-local/serve.mjs'); console.log('imported')";
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, 'no-such-file']);
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0);
  expect(output).toBe('imported\n');
});
