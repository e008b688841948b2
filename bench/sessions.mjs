/** The cookies that the servers are asked with: good ones, sealed by each library itself, and bad ones. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { personName } from './candidates.mjs';

/** @typedef {Record<string, string>} Cookies by name */

const ownScript = fileURLToPath(new URL('peers/ours/session.mjs', import.meta.url));

/** Runs the `session.mjs` of a build, with the variables that its server has.
 * @param {import('./builds.mjs').Build} build @param {Record<string, string>} env
 * @param {number} [count] @returns {Cookies[]} a new session each */
export function sealSessions({ folder }, env, count = 1) {
  const script = join(folder, 'session.mjs');
  const args = [existsSync(script) ? script : ownScript, String(count)];
  const output = execFileSync(process.execPath, args, {
    cwd: folder,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line).cookies);
}

/** @param {Cookies} cookies */
export const headerOf = (cookies) =>
  Object.entries(cookies)
    .map((pair) => pair.join('='))
    .join('; ');

/** A session whose seal is broken, another one in each turn. The longest cookie is the sealed one; the
 * key id and everything else that is in the clear stays, so that the whole price is paid.
 * @param {Cookies} cookies @param {number} turn @returns {Cookies} */
export function forge(cookies, turn) {
  const [name = '', value = ''] =
    Object.entries(cookies).sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const mark = `x${turn.toString(36).padStart(7, '0')}`;
  const found = /[\w-]{8}/.exec(value.slice(Math.floor(value.length / 2)));
  const at = Math.floor(value.length / 2) + (found?.index ?? 0);
  return { ...cookies, [name]: value.slice(0, at) + mark + value.slice(at + mark.length) };
}

/** What no library ever wrote. @param {Cookies} cookies @returns {Cookies} */
export const junk = (cookies) =>
  Object.fromEntries(Object.keys(cookies).map((name) => [name, 'j'.repeat(2_000)]));

/** @param {import('./load.mjs').Answer} answer @returns {string | undefined} what is wrong with it */
export function faultOfAllowed({ status, body }) {
  if (status !== 200) return `a good session was answered ${status}`;
  return body.includes(personName) ? undefined : 'the answer names nobody';
}

/** @param {import('./load.mjs').Answer} answer @returns {string | undefined} */
export function faultOfRefused({ status, body }) {
  if (body.includes(personName)) return 'the answer names the person without a good session';
  return [302, 303, 307, 401].includes(status) ? undefined : `a bad session was answered ${status}`;
}
