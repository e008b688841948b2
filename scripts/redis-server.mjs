/** A real Redis on this machine, for as long as somebody needs it. It keeps nothing on disk. */
import { connect } from 'node:net';
import { findProgram, startProgram, until } from './program.mjs';

/** @param {number} port @returns {Promise<boolean>} whether a Redis answers there */
const isUp = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      resolve(/^(\+PONG|-NOAUTH)/.test(`${answer}`));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

/** Starts Redis on loopback. It can be killed and started again at the same address, empty.
 * @param {number} port @param {{ folder: string, options?: string[], onLine?: (line: string) => void }} where
 * `options` as on the command line of redis-server */
export async function startRedis(port, { folder, options = [], onLine }) {
  const command = findProgram('redis-server');
  if (!command) throw new Error('redis-server is not installed.');
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder];
  const launch = async () => {
    const program = startProgram(
      command,
      [...args, '--save', '', '--appendonly', 'no', ...options],
      { cwd: folder, ...(onLine && { onLine }) },
    );
    await until(async () => !program.isRunning() || (await isUp(port)), 'Redis does not answer');
    if (!program.isRunning()) throw new Error(`Redis ended with code ${await program.ended()}.`);
    return program;
  };
  let program = await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    isRunning: () => program.isRunning(),
    pid: () => program.child.pid ?? 0,
    /** @param {NodeJS.Signals} [signal] */
    stop: (signal) => program.stop(signal),
    async start() {
      program = await launch();
    },
  };
}
