/** The endurance runs: what the project promises under load, measured against the build and the local
 * stand-in. Figures of one run are compared with each other, since the machine plays both sides. */
import { existsSync } from 'node:fs';
import { howToInstall, missingServers } from '../scripts/debian.mjs';
import { standaloneFolder } from '../scripts/instance.mjs';
import { gate } from './gate.mjs';
import { revocation } from './revocation.mjs';
import { rollingRestart } from './rolling-restart.mjs';
import { signIns } from './sign-ins.mjs';

/** @typedef {{ minutes: number, perSecond: number }} Options of the gate's section */
/** @typedef {{ what: string, measured: string | number, isReached?: boolean }} Figure one without a
 * verdict is told and not judged */
/** @typedef {{ name: string, title: string, needsServers?: boolean, run(options: Options): Promise<Figure[]> }} Section
 * `needsServers`: nginx and redis-server must be installed */

/** @type {Section[]} */
const sections = [signIns, rollingRestart, revocation, gate];

/** @param {string[]} names @param {Options} options @returns {Promise<number>} the exit code
 * @throws Error where they cannot be run */
export async function runSections(names, options) {
  const unknown = names.filter((name) => !sections.some((section) => section.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no ${unknown.join(', ')}. There are: ${sections.map(({ name }) => name)}`,
    );
  }
  if (!existsSync(`${standaloneFolder}/start.mjs`)) {
    throw new Error('There is no build yet. Run: npm run build');
  }
  if (!(options.minutes > 0 && options.perSecond > 0)) {
    throw new Error('--minutes and --rate must be positive numbers.');
  }
  const chosen = sections.filter(({ name }) => names.includes(name));
  const missing = missingServers();
  if (missing.length > 0 && chosen.some((one) => one.needsServers)) {
    throw new Error(howToInstall(missing));
  }
  let isReached = true;
  for (const { title, run } of chosen) {
    console.log(`\n${title}`);
    for (const figure of await run(options)) {
      const mark = { true: '✓', false: '✗', undefined: ' ' }[`${figure.isReached}`];
      console.log(`  ${mark} ${figure.what}: ${figure.measured}`);
      isReached &&= figure.isReached !== false;
    }
  }
  return isReached ? 0 : 1;
}
