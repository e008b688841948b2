import type { ChildProcess } from 'node:child_process';
import { freePort } from '../scripts/free-port.mjs';
import { startInstance } from '../scripts/instance.mjs';

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

/** Starts the standalone build in an empty environment plus `env`, on a free port.
 * @param folder the standalone folder of another build */
export async function startApp(env: Record<string, string>, folder?: string): Promise<AppServer> {
  // Workers start at the same time: each looks for a port in a hundred of its own, or one would
  // talk to the app of another and judge that.
  const port = env.PORT ?? String(await freePort(20_000 + (process.pid % 125) * 100));
  let output = '';
  const { child, url, stop } = await startInstance({
    port: Number(port),
    env: {
      AUTH_URL: `http://localhost:${port}`,
      SHUTDOWN_DELAY_SECONDS: '0', // no balancer stands before it
      ...env,
    },
    ...(folder && { folder }),
    onLine: (line) => {
      output += `${line}\n`;
    },
  });
  return {
    url,
    process: child,
    output: () => output,
    events: (name) =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ event }) => event === name),
    stop,
  };
}
