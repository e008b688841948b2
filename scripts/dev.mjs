/** `npm run dev`: the app in development. Without any Azure setting it runs against the local
 * stand-in for Microsoft Entra ID, which lives in this process; with one, against the real thing. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { freePort } from './free-port.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const azureVariables = ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_VALID_TENANT_IDS'];

const { combinedEnv: files } = nextEnv.loadEnvConfig(root, true, {
  info() {},
  error: console.error,
});
/** @param {string} name */
const setting = (name) => (process.env[name] || files[name] || '').trim();

/** Keeps demo sessions alive over restarts. Made up per clone, so it opens nothing elsewhere. */
function demoSecret() {
  const folder = join(root, 'node_modules/.cache/azure-auth-manager');
  const file = join(folder, 'demo-secret');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const secret = randomBytes(32).toString('base64url');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}

/** Starts the stand-in. @returns its handle and the variables that point the app at it */
async function startStandIn() {
  const { listen } = await import('../entra-local/serve.mjs');
  const entra = await listen({ port: await freePort(4999) });
  return {
    entra,
    variables: {
      ENTRA_LOCAL_URL: entra.url,
      AZURE_CLIENT_ID: entra.clientId,
      AZURE_CLIENT_SECRET: entra.clientSecret,
      AZURE_VALID_TENANT_IDS: entra.validTenantIds.join(','),
      AUTH_SECRET: demoSecret(),
    },
  };
}

const wanted = Number(setting('PORT')) || 3000;
const port = await freePort(wanted);
const demo = !azureVariables.some(setting) && !setting('ENTRA_LOCAL_URL');
const standIn = demo ? await startStandIn() : undefined;
const appUrl = setting('AUTH_URL') || `http://localhost:${port}`;

const lines = [`App       ${appUrl}${port === wanted ? '' : `   (port ${wanted} is taken)`}`];
if (standIn) {
  lines.push(`Sign-in   local stand-in for Microsoft Entra ID, ${standIn.entra.url}`);
  lines.push('          No Azure account needed. Choose one of these accounts there:', '');
  for (const { name, username, note } of standIn.entra.accounts) {
    lines.push(`  ${name.padEnd(18)} ${username.padEnd(38)} ${note}`);
  }
} else {
  lines.push('Sign-in   Microsoft Entra ID, as your environment says');
  lines.push(`          Redirect URI to register: ${appUrl}/authorization-code/callback`);
}
console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);

const windows = process.platform === 'win32';
const next = spawn(
  process.execPath,
  [
    createRequire(import.meta.url).resolve('next/dist/bin/next'),
    'dev',
    '-H',
    'localhost',
    '-p',
    `${port}`,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    // A process group of its own, so that Next's own children can be ended with it.
    detached: !windows,
    env: { ...process.env, ...standIn?.variables, AUTH_URL: appUrl, PORT: `${port}` },
  },
);

/** @param {NodeJS.Signals} signal */
function endNext(signal) {
  try {
    if (windows || !next.pid) next.kill(signal);
    else process.kill(-next.pid, signal);
  } catch {
    // Nothing is left to end.
  }
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    endNext(signal);
    setTimeout(() => endNext('SIGKILL'), 5000).unref();
  });
}
process.on('exit', () => endNext('SIGKILL'));
next.on('exit', async (code) => {
  await standIn?.entra.close();
  process.exit(code ?? 0);
});
