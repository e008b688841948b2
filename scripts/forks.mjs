/** `npm run forks`: takes each part out of a copy of this project (`npm run without`), and runs style,
 * types, build and tests of what is left. `npm test` does the same in CI. */
import { requireChromium, requireServers, runTests, step } from './steps.mjs';

requireChromium();
requireServers();
step('Build', ['run', '--silent', 'build']);
process.exit(runTests(['--project=forks', '--no-deps', ...process.argv.slice(2)]));
