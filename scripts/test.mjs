/** `npm test`: everything that says whether this tree is releasable, in the order in which it fails
 * fastest: style, types, build, then all tests. The last line is `N passed, N failed`. */
import { requireChromium, runTests, step } from './steps.mjs';

step('Style', ['run', '--silent', 'lint']);
step('Types', ['run', '--silent', 'typecheck']);
requireChromium();
step('Build', ['run', '--silent', 'build']);
process.exit(runTests(process.argv.slice(2)));
