/** Programs that scripts and tests start, and that never outlive them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Servers are installed where the PATH of an ordinary person does not look.
 * @param {string} name @returns {string | undefined} the path of a program that is there */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @typedef {ReturnType<typeof startProgram>} Program */

/** Starts a program, out of reach of a Ctrl-C that is meant for whoever started it.
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, onLine?: (line: string) => void }} [options]
 * `onLine` gets every line of stdout and stderr, each whole */
export function startProgram(command, args, { cwd, env, onLine } = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    ...(cwd !== undefined && { cwd }),
    env: /** @type {NodeJS.ProcessEnv} */ (env ?? { PATH: process.env.PATH }),
  });
  running.add(child);
  const closed = once(child, 'close').finally(() => running.delete(child));
  closed.catch(() => {}); // whoever waits for it learns why it could not start
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => onLine?.(line));
  }
  const isRunning = () =>
    child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    child,
    isRunning,
    /** Resolves with the exit code; null where a signal ended it. */
    ended: async () => {
      await closed;
      return child.exitCode;
    },
    /** @param {NodeJS.Signals} signal @returns {Promise<number | null>} the exit code */
    async stop(signal = 'SIGTERM') {
      if (isRunning()) child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}

/** Asks again and again until the answer is yes. @param {() => Promise<boolean>} isSo
 * @param {string} what it is waited for @param {number} seconds */
export async function until(isSo, what, seconds = 30) {
  const last = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > last) throw new Error(`${what}: not within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
