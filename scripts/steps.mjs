/** The steps that `npm test` and `npm run attack` are made of. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './chromium.mjs';
import { howToInstall, installServers } from './debian.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// On Windows npm is a batch file, which only a shell can run.
const shell = process.platform === 'win32';

/** The environment without any setting of the app: a build needs none, and tests bring their own. */
const env = /** @type {NodeJS.ProcessEnv} */ (
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(AZURE|AUTH|NEXTAUTH|ENTRA|SESSION|SETUP|TRUSTED|SHUTDOWN|REDIS)_/.test(name),
    ),
  )
);

/** Runs npm with these arguments. @param {string[]} args */
function npm(args) {
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', env, shell });
  if (error) console.error(error.message);
  return status ?? 1;
}

/** A step that all others need: when it fails, the run ends. @param {string} title @param {string[]} args */
export function step(title, args) {
  console.log(`\n== ${title}`);
  if (npm(args) === 0) return;
  console.log(`\n${title} failed.\n0 passed, 1 failed`);
  process.exit(1);
}

/** Ends the run where no browser can be had. */
export function requireChromium() {
  if (findChromium() || installChromium()) return;
  console.log('\nNo Chromium could be installed. Install one and name it in CHROMIUM_PATH.');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** Sees to it that nginx and redis-server are there. Where they cannot be installed, the tests that
 * need them are skipped with this line (tests/e2e/cluster.test.ts); in CI that is a failure. */
export function requireServers() {
  const missing = installServers();
  if (missing.length === 0) return;
  console.log(`\n!! ${howToInstall(missing)}`);
  if (!process.env.CI) {
    console.log('!! The tests of several instances will be SKIPPED.');
    return;
  }
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** Runs tests. @param {string[]} args for Playwright @returns {number} the exit code */
export function runTests(args) {
  console.log('\n== Tests');
  return npm(['exec', '--', 'playwright', 'test', ...args]);
}
