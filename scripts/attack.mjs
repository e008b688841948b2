/** `npm run attack`: the acceptance matrix against the production build, as a table of verdicts. The
 * exit code is the verdict: 0 only when every row was run and held. `-- --prove` switches off one
 * defence after the other in copies of the project, and shows that the rows notice. */
import { readFileSync } from 'node:fs';
import { requireChromium, requireServers, runTests, step } from './steps.mjs';

const [first, ...rest] = process.argv.slice(2);
const proves = first === '--prove';
const args = proves ? rest : process.argv.slice(2);

requireChromium();
requireServers();
step('Build', ['run', '--silent', 'build']);
const status = runTests([`--project=${proves ? 'prove' : 'load'}`, ...args]);
if (proves || status !== 0) process.exit(status);

const report = JSON.parse(
  readFileSync(new URL('../attack-report/report.json', import.meta.url), 'utf8'),
);
process.exit(report.held === report.rows.length ? 0 : 1);
