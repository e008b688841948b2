/** `npm test`: everything that says whether this tree is releasable, in the order in which it fails
 * fastest: style, types, build, then all tests. The last line is `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// On Windows npm is a batch file, which only a shell can run.
const shell = process.platform === 'win32';

/** The environment without any setting of the app: a build needs none, and tests bring their own. */
const env = /** @type {NodeJS.ProcessEnv} */ (
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AZURE|AUTH|NEXTAUTH|ENTRA)_/.test(name)),
  )
);

/** @param {string} title @param {string[]} args */
function step(title, args) {
  console.log(`\n== ${title}`);
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', env, shell });
  if (status === 0) return;
  if (error) console.error(error.message);
  console.log(`\n${title} failed.\n0 passed, 1 failed`);
  process.exit(1);
}

step('Style', ['run', '--silent', 'lint']);
step('Types', ['run', '--silent', 'typecheck']);
if (!findChromium() && !installChromium()) {
  console.log('\nNo Chromium could be installed. Install one and name it in CHROMIUM_PATH.');
  console.log('0 passed, 1 failed');
  process.exit(1);
}
step('Build', ['run', '--silent', 'build']);
console.log('\n== Tests');
const tests = spawnSync('npm', ['exec', '--', 'playwright', 'test', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env,
  shell,
});
process.exit(tests.status ?? 1);
