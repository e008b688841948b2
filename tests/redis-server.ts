import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '../scripts/free-port.mjs';

/** A Redis of our own, in memory alone. */
export type RedisServer = {
  port: number;
  url: string;
  pid: number;
  /** Ends it at once, with all that it held. */
  kill(): Promise<void>;
};

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts `redis-server`. @param options as on its command line, without the two dashes
 * @param port one that was free before, to start again where clients look for it */
export async function startRedis(
  options: Record<string, string> = {},
  port?: number,
): Promise<RedisServer> {
  const at = port ?? (await freePort(40_000 + (process.pid % 125) * 100));
  const settings = { port: String(at), bind: '127.0.0.1', save: '', appendonly: 'no', ...options };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  children.add(child);
  const exited = once(child, 'exit');
  while (!(await accepts(at))) {
    if (child.exitCode !== null) throw new Error('redis-server did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    port: at,
    url: `redis://127.0.0.1:${at}`,
    pid: child.pid ?? 0,
    async kill() {
      children.delete(child);
      if (child.exitCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
