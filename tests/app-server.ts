import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../scripts/free-port.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A production build that runs, and what its operator sees of it. */
export type AppServer = {
  url: string;
  /** Everything on stdout and stderr so far. */
  output(): string;
  /** The JSON lines of the log, by event name. */
  events(name: string): Record<string, unknown>[];
  /** Ends it as a platform does; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  process: ChildProcess;
};

/** The variables of this machine that a server may see: none that configures it. */
const { PATH, HOME } = process.env;

/** A test that fails half-way must not leave its servers behind. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts the standalone build in an empty environment plus `env`, on a free port.
 * @param folder the standalone folder of another build */
export async function startApp(
  env: Record<string, string>,
  folder = `${root}.next/standalone`,
): Promise<AppServer> {
  // Workers start at the same time: each looks for a port in a hundred of its own, or one would
  // talk to the app of another and judge that.
  const port = env.PORT ?? String(await freePort(20_000 + (process.pid % 125) * 100));
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['start.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      NODE_ENV: 'production',
      PORT: port,
      HOSTNAME: 'localhost',
      AUTH_URL: url,
      SHUTDOWN_DELAY_SECONDS: '0', // no balancer stands before it
      ...env,
    },
  });
  const closed = once(child, 'close');
  children.add(child);
  let output = '';
  // Line by line: a piece of one stream must not land in the middle of a line of the other.
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      output += `${line}\n`;
    });
  }
  const app: AppServer = {
    url,
    process: child,
    output: () => output,
    events: (name) =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ event }) => event === name),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await closed;
      }
      return child.exitCode;
    },
  };
  while (child.exitCode === null) {
    if (await isUp(url)) return app;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await closed; // it refused to start: its output tells why
  return app;
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}
