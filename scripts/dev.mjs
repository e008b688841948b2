/** `npm run dev`: the app in development. Without any Azure setting it runs against the local
 * stand-in for Microsoft Entra ID, which lives in this process; with one, against the real thing. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { azureVariables } from './azure-settings.mjs';
import { freePort } from './free-port.mjs';
import { loadEnvConfig } from './next-env.mjs';
import { whenNpmEnds } from './parent.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Next reads the files again, and reloads them when they change; it gets what the shell gave us.
const shell = { ...process.env };
const { combinedEnv: files } = loadEnvConfig(root, true, {
  info() {},
  error: console.error,
});
/** @param {string} name */
const setting = (name) => (shell[name] || files[name] || '').trim();

/** Keeps sessions alive over restarts. Made up per clone, so it opens nothing elsewhere. */
function developmentSecret() {
  const folder = join(root, 'node_modules/.cache/azure-auth-manager');
  const file = join(folder, 'development-secret');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const secret = randomBytes(32).toString('base64url');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}

/** A public AUTH_URL in a file is meant for `npm start`; one in the shell is meant now.
 * @param {number} port */
function addressFor(port) {
  const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(setting('AUTH_URL'));
  return shell.AUTH_URL || (local ? setting('AUTH_URL') : `http://localhost:${port}`);
}

const wanted = Number(setting('PORT')) || 3000;
const port = await freePort(wanted);
const appUrl = addressFor(port);
const standIn = azureVariables.some(setting)
  ? undefined
  : await import('./stand-in.mjs').then(({ startStandIn }) => startStandIn());
// Whoever reads this terminal may open the set-up page. A machine that runs by itself has no reader.
const setupToken = shell.CI ? undefined : randomBytes(16).toString('base64url');

const lines = [
  `App       ${appUrl}${port === wanted ? '' : `   (port ${wanted} is taken)`}`,
  ...(standIn?.lines ?? [
    `Sign-in   ${setting('ENTRA_LOCAL_URL') || 'Microsoft Entra ID'}, as your environment says`,
    `          Redirect URI to register: ${appUrl}/authorization-code/callback`,
  ]),
  ...(setupToken
    ? ['', `Set up    real accounts, once: http://localhost:${port}/setup/open?t=${setupToken}`]
    : []),
];
console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);

const windows = process.platform === 'win32';
const bin = createRequire(import.meta.url).resolve('next/dist/bin/next');
const next = spawn(process.execPath, [bin, 'dev', '-H', 'localhost', '-p', `${port}`], {
  cwd: root,
  stdio: 'inherit',
  // A process group of its own, so that Next's own children can be ended with it.
  detached: !windows,
  env: {
    ...shell,
    // Below the files, which Next reads again as soon as one changes: what is saved counts at once.
    DEVELOPMENT_DEFAULTS: JSON.stringify({
      AUTH_SECRET: developmentSecret(),
      standIn: standIn?.variables,
    }),
    ...(setupToken && { SETUP_TOKEN: setupToken }),
    SETUP_SHELL_VARIABLES: azureVariables.filter((name) => shell[name]?.trim()).join(' '),
    AUTH_URL: appUrl,
    PORT: `${port}`,
  },
});

let ending = false;
/** @param {NodeJS.Signals} signal */
function endNext(signal) {
  ending = true;
  try {
    if (windows || !next.pid) next.kill(signal);
    else process.kill(-next.pid, signal);
  } catch {
    // Nothing is left to end.
  }
  setTimeout(() => process.exit(1), 5000).unref();
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => endNext(signal));
}
whenNpmEnds(() => endNext('SIGTERM'));
process.on('exit', () => endNext('SIGKILL'));
next.on('exit', async (code) => {
  await standIn?.close();
  process.exit(ending ? 0 : (code ?? 1));
});
