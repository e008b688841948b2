/** `npm run bench`: this project beside its peers, measured on this machine in one run, into
 * docs/benchmarks.md and bench/results/. It builds everything by itself.
 *
 *   npm run bench                        all of it: half an hour on an idle machine
 *   npm run bench -- --quick             counts and bytes alone, as `npm test` looks at them
 *   npm run bench -- --peers next-auth   fewer peers; with --rounds, --seconds, --reuse (builds) shorter yet.
 *                                        Nothing is written to docs/ then
 *   npm run bench -- --only sign-ins     one of the endurance runs: sign-ins, rolling-restart, revocation,
 *                                        gate (--minutes, --rate) */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from './builds.mjs';
import { candidates } from './candidates.mjs';
import { compare, resultsFolder } from './compare.mjs';
import { runQuick } from './quick.mjs';
import { jsonOf, markdownOf } from './report.mjs';
import { runSections } from './sections.mjs';
import { judge } from './verdicts.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '1000' },
    quick: { type: 'boolean', default: false },
    peers: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '1' },
    requests: { type: 'string', default: '20000' },
    sessions: { type: 'string', default: '100000' },
    reuse: { type: 'boolean', default: false },
  },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => process.exit(1)); // what was started ends with this process
}

/** @param {import('./targets.mjs').Target[]} targets @returns {number} the exit code */
function tell(targets) {
  for (const { what, bound, measured, isReached } of targets) {
    console.log(`  ${isReached ? '✓' : '✗'} ${what}: ${measured} (${bound})`);
  }
  return targets.every(({ isReached }) => isReached) ? 0 : 1;
}

/** Without these nothing can be compared. */
const always = ['no-auth', 'ours', 'app', 'app-twin'];

async function runComparison() {
  const all = candidates.map(({ name }) => name);
  const wanted = values.peers?.split(',') ?? all;
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown}. There are: ${all}`);
  const numbers = ['rounds', 'seconds', 'requests', 'sessions'].map((name) =>
    Number(values[/** @type {'rounds'} */ (name)]),
  );
  const [rounds = 0, seconds = 0, requests = 0, sessions = 0] = numbers;
  if (numbers.some((number) => !(number > 0))) {
    throw new Error('--rounds, --seconds, --requests and --sessions must be positive numbers.');
  }
  const names = all.filter((name) => always.includes(name) || wanted.includes(name));
  const comparison = await compare(
    {
      names,
      rounds,
      seconds,
      reuse: values.reuse,
      requests,
      sessions,
      forgeries: 10_000,
      signIns: 30,
      warmUps: 100,
    },
    (line) => console.log(`  ${line}`),
  );
  writeFileSync(
    join(resultsFolder, 'latest.json'),
    `${JSON.stringify(jsonOf(comparison), null, 2)}\n`,
  );
  const markdown = markdownOf(comparison);
  writeFileSync(join(resultsFolder, 'latest.md'), markdown);
  if (!values.peers) publish(markdown);
  return tell(judge(comparison));
}

/** @param {string} markdown */
function publish(markdown) {
  const page = join(projectFolder, 'docs/benchmarks.md');
  writeFileSync(page, markdown);
  execFileSync('npx', ['biome', 'format', '--write', page], { cwd: projectFolder });
}

async function main() {
  if (values.only !== undefined) {
    const options = { minutes: Number(values.minutes), perSecond: Number(values.rate) };
    return runSections(values.only.split(','), options);
  }
  return values.quick ? tell(await runQuick(values.reuse)) : runComparison();
}

process.exit(
  await main().catch((problem) => {
    console.error(problem instanceof Error ? problem.message : problem);
    return 1;
  }),
);
