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

/** @param {string[]} args */
const aptGet = (...args) =>
  spawnSync('apt-get', args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** Installs the missing ones where that is possible: by root, from Debian's packages. Should their
 * services start, on their default ports, they are in nobody's way: nothing here uses those.
 * @returns {string[]} those that are missing still */
export function installServers() {
  const missing = missingServers();
  if (missing.length === 0) return [];
  if (process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get')) {
    const install = () => aptGet('install', '-q', '-y', '--no-install-recommends', ...missing);
    if (!install() && aptGet('update', '-q')) install();
  }
  return missingServers();
}
