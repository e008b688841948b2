/** `npm run bench`: what the project promises in figures, measured on this machine against the build and
 * the local stand-in. `--only rolling-restart,sign-ins` runs those sections alone; the gate is under load
 * for 30 minutes at a thousand requests a second, `--minutes N` and `--rate N` change that. Figures of
 * one run are compared with each other, since the machine plays both sides. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { howToInstall, missingServers } from '../scripts/debian.mjs';
import { standaloneFolder } from '../scripts/instance.mjs';
import { gate } from './gate.mjs';
import { revocation } from './revocation.mjs';
import { rollingRestart } from './rolling-restart.mjs';
import { signIns } from './sign-ins.mjs';

/** @typedef {{ minutes: number, perSecond: number }} Options */
/** @typedef {{ what: string, measured: string | number, isReached?: boolean }} Figure one without a
 * verdict is told and not judged */
/** @typedef {{ name: string, title: string, needsServers?: boolean, run(options: Options): Promise<Figure[]> }} Section
 * `needsServers`: nginx and redis-server must be installed */

/** @type {Section[]} */
const sections = [signIns, rollingRestart, revocation, gate];

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: sections.map(({ name }) => name).join(',') },
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '1000' },
  },
});
const options = { minutes: Number(values.minutes), perSecond: Number(values.rate) };
const wanted = values.only.split(',');
const unknown = wanted.filter((name) => !sections.some((section) => section.name === name));

/** @param {string} message */
function refuse(message) {
  console.error(message);
  process.exit(1);
}
if (!existsSync(`${standaloneFolder}/start.mjs`)) {
  refuse('There is no build yet. Run: npm run build');
}
if (unknown.length > 0) {
  refuse(`There is no ${unknown.join(', ')}. There are: ${sections.map(({ name }) => name)}`);
}
if (!(options.minutes > 0 && options.perSecond > 0)) {
  refuse('--minutes and --rate must be positive numbers.');
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => process.exit(1)); // what was started ends with this process
}

const chosen = sections.filter(({ name }) => wanted.includes(name));
const missing = missingServers();
if (missing.length > 0 && chosen.some((one) => one.needsServers)) refuse(howToInstall(missing));

let isReached = true;
for (const { title, run } of chosen) {
  console.log(`\n${title}`);
  for (const figure of await run(options)) {
    const mark = { true: '✓', false: '✗', undefined: ' ' }[`${figure.isReached}`];
    console.log(`  ${mark} ${figure.what}: ${figure.measured}`);
    isReached &&= figure.isReached !== false;
  }
}
process.exit(isReached ? 0 : 1);
