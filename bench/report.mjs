/** A comparison as Markdown and as JSON. */
import { readFileSync } from 'node:fs';
import { keyOf } from './cpu.mjs';
import { manySessions } from './field.mjs';
import { machine } from './machine.mjs';
import { aboutTheFloor, howItIsMeasured } from './report-method.mjs';
import {
  cpuTable,
  latencyTable,
  profileTable,
  refusedTable,
  round,
  signInTable,
  sizeTable,
  table,
  thousands,
} from './report-tables.mjs';
import { mostMargin } from './results.mjs';
import { tenantCounts } from './tenants.mjs';
import { judge } from './verdicts.mjs';

/** @typedef {import('./compare.mjs').Comparison} Comparison */

/** The versions of what was compared, from the lock files that were installed.
 * @param {Comparison} comparison */
function versionsOf({ builds }) {
  /** @type {Record<string, string>} */
  const versions = {};
  for (const { folder } of builds.values()) {
    const { dependencies } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    for (const [name, version] of Object.entries(dependencies)) {
      const isPeer = /^(next|react|next-auth|iron-session|better-auth|@auth0\/.*|@workos-inc\/.*)$/;
      if (isPeer.test(name)) versions[name] ??= String(version);
    }
  }
  return versions;
}

/** @param {Comparison} comparison @returns {string} docs/benchmarks.md */
export function markdownOf(comparison) {
  const { options, growth, tenants, signIn } = comparison;
  const here = machine();
  const targets = judge(comparison);
  const addedByOthers = (/** @type {'json' | 'page'} */ place) =>
    comparison.figures.get(keyOf('ours', { place, kind: 'others', atATime: 16 }))?.addedMs;
  return `# Benchmarks

Written by \`npm run bench\`; run it again on your machine. Ratios carry over to others, absolute times do not.

${here.processors} × ${here.processor}, ${here.memoryGb} GB, ${here.system}, Node ${here.node}. ${Object.entries(
    versionsOf(comparison),
  )
    .map((pair) => pair.join(' '))
    .join(', ')}.

## What was to be reached

${table(
  ['', 'bound', 'measured', 'reached'],
  targets.map(({ what, bound, measured, isReached }) => [
    what,
    bound,
    measured,
    isReached ? 'yes' : '**no**',
  ]),
)}

## CPU per request with a good session

${options.rounds} rounds of ${options.seconds} s each, 16 requests at a time. "Twin": the same pages without auth in the same round. "±": how far off the median of a quotient may be (95 %, route / page); above ${mostMargin * 100} % nothing is reported.

${cpuTable(comparison)}

The gate of this project remembers the last thousand cookies that it opened. With another session at every request, ${thousands(manySessions)} in turn, it adds ${round(addedByOthers('json'))} ms at the route and ${round(addedByOthers('page'))} ms at the page.

## Where the time goes

Samples of the main thread, so less than all of the CPU time above, and without idling.

${profileTable(comparison)}

## Refused requests

${refusedTable(comparison)}

## Latency

The machine plays both sides, so compare these with each other only.

${latencyTable(comparison)}

## Sizes, memory, starts

Memory after ${thousands(options.requests)} requests. ${thousands(options.forgeries)} different forged cookies changed the live memory of this project's server by ${round(growth.forgeries.heapMb, 1)} MB, ${thousands(options.sessions)} different sessions by ${round(growth.sessions.heapMb, 1)} MB.

${sizeTable(comparison)}

## One sign-in, the provider ${round(signIn.ours?.roundTripMs, 0)} ms away

${signInTable(comparison)}

${aboutTheFloor}

## Tenants

${table(['tenants in AZURE_VALID_TENANT_IDS', ...tenantCounts.map(thousands)], [['CPU ms per request, JSON route', ...tenants.map((value) => round(value, 3))]])}

${howItIsMeasured}`;
}

/** @param {Comparison} comparison */
export const jsonOf = (comparison) => ({
  machine: machine(),
  versions: versionsOf(comparison),
  options: comparison.options,
  targets: judge(comparison),
  figures: Object.fromEntries(comparison.figures),
  pages: Object.fromEntries(comparison.pages),
  memory: Object.fromEntries(comparison.memory),
  profiles: Object.fromEntries(comparison.profiles),
  starts: Object.fromEntries(comparison.starts),
  builds: Object.fromEntries(
    [...comparison.builds].map(([name, { buildSeconds, installedMb, packages }]) => [
      name,
      { buildSeconds, installedMb, packages },
    ]),
  ),
  ...{ growth: comparison.growth, tenants: comparison.tenants, signIn: comparison.signIn },
});
