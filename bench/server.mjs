/** A built server under measurement: it tells by itself what it has used. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createRequire } from 'node:module';

const meter = createRequire(import.meta.url).resolve('./meter.cjs');

/** @typedef {{ cpuMs: number, keysDerived: number, rssMb: number, heapMb: number }} Usage since the start
 * of the process: CPU time of all its threads */
/** @typedef {Awaited<ReturnType<typeof startServer>>} Server */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param {string} url @param {Record<string, string>} headers @returns {Promise<number>} the status;
 * 0 where nobody answers */
const statusOf = (url, headers) =>
  new Promise((resolve) => {
    get(url, { headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    }).on('error', () => resolve(0));
  });

/** Starts a build and waits for its first 200.
 * @param {import('./builds.mjs').Build} build
 * @param {{ port: number, env: Record<string, string>, path: string, headers?: Record<string, string>, preload?: string }} options
 * `path` and `headers` of the request that must be answered; `preload`: one more file to load first */
export async function startServer(build, { port, env, path, headers = {}, preload }) {
  const began = performance.now();
  const files = [meter, ...(preload ? [preload] : [])];
  const child = spawn(process.execPath, [build.start], {
    cwd: build.standalone,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: /** @type {NodeJS.ProcessEnv} */ ({
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      NODE_OPTIONS: files.map((file) => `--require ${JSON.stringify(file)}`).join(' '),
      HOSTNAME: 'localhost',
      SHUTDOWN_DELAY_SECONDS: '0',
      ...env,
      PORT: String(port),
    }),
  });
  running.add(child);
  const closed = once(child, 'close').finally(() => running.delete(child));
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece) => {
      last = `${last}${piece}`.slice(-4_000);
    });
  }
  const origin = `http://localhost:${port}`;
  while ((await statusOf(origin + path, headers)) !== 200) {
    if (child.exitCode !== null || performance.now() - began > 60_000) {
      child.kill('SIGKILL');
      throw new Error(`${build.standalone} does not answer 200 at ${path}:\n${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const startMs = performance.now() - began;

  /** @param {string} ask */
  async function told(ask) {
    const patience = AbortSignal.timeout(30_000);
    const answer = once(child, 'message', { signal: patience });
    child.send(ask);
    return (await answer)[0];
  }
  return {
    ...{ origin, startMs },
    /** @param {'read' | 'collect'} [ask] `collect`: after its garbage is gone @returns {Promise<Usage>} */
    usage: (ask = 'read') => told(ask),
    /** @param {'start' | 'stop'} ask @returns {Promise<import('node:inspector').Profiler.Profile>} what
     * was sampled, at the stop */
    profile: (ask) => told(ask),
    output: () => last,
    async stop() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
