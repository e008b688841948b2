/** `npm test`: everything that says whether this tree is releasable, in the order in which it fails
 * fastest: style, types, what is unused, build, then all tests. The last line is `N passed, N failed`. */
import { runsLinters } from './linters.mjs';
import { requireChromium, requireServers, runTests, step } from './steps.mjs';

step('Style', ['run', '--silent', 'lint']);
step('Types', ['run', '--silent', 'typecheck']);
if (runsLinters) step('Unused files, exports and packages', ['run', '--silent', 'unused']);
requireChromium();
requireServers();
step('Build', ['run', '--silent', 'build']);
// `prove` builds the app some forty times: it is a command of its own (scripts/attack.mjs).
const names = ['unit', 'e2e', 'attack', 'load'];
// Ten minutes more, for changes that everybody gets (scripts/forks.mjs).
if (process.env.CI) names.push('forks');
const projects = names.map((name) => `--project=${name}`);
process.exit(runTests([...projects, ...process.argv.slice(2)]));
