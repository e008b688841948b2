/** The servers that a cluster is made of, and where they come from. */
import { spawnSync } from 'node:child_process';
import { findProgram } from './program.mjs';

/** The programs; in Debian and Ubuntu the packages have the same names. */
const servers = ['nginx', 'redis-server'];

/** @returns {string[]} those that are not there */
export const missingServers = () => servers.filter((name) => !findProgram(name));

/** @param {string[]} missing @returns {string} what to do about it */
export const howToInstall = (missing) =>
  `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not installed.
  Debian, Ubuntu   apt-get install ${missing.join(' ')}
  Fedora           dnf install ${missing.map((name) => (name === 'redis-server' ? 'redis' : name)).join(' ')}
  macOS            brew install ${missing.map((name) => (name === 'redis-server' ? 'redis' : name)).join(' ')}`;

const isRoot = process.getuid?.() === 0;
const mayInstall =
  process.platform === 'linux' &&
  findProgram('apt-get') !== undefined &&
  // A machine of one's own is not changed with rights that were given for something else.
  (isRoot || (Boolean(process.env.CI) && findProgram('sudo') !== undefined));

/** @param {string[]} args */
function aptGet(...args) {
  const [command = '', ...all] = [...(isRoot ? [] : ['sudo', '-n']), 'apt-get', ...args];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, all, { stdio: 'inherit', env }).status === 0;
}

/** Installs the missing ones where that is possible, from Debian's packages: by root, and in CI. Should
 * their services start, on their default ports, they are in nobody's way: nothing here uses those.
 * @returns {string[]} those that are missing still */
export function installServers() {
  const missing = missingServers();
  if (missing.length === 0 || !mayInstall) return missing;
  const install = () => aptGet('install', '-q', '-y', '--no-install-recommends', ...missing);
  if (!install() && aptGet('update', '-q')) install();
  return missingServers();
}
