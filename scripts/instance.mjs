/** One instance of the standalone build. */
import { fileURLToPath } from 'node:url';
import { startProgram, until } from './program.mjs';

/** What `npm run build` makes. */
export const standaloneFolder = fileURLToPath(new URL('../.next/standalone', import.meta.url));

/** @param {string} url @returns {Promise<number>} the status; 0 where nobody answers */
export const statusOf = (url) =>
  fetch(url).then(
    (answer) => answer.status,
    () => 0,
  );

/** Starts the build in an empty environment plus `env`, and waits until it answers or has ended.
 * @param {object} options
 * @param {Record<string, string | undefined>} options.env
 * @param {number} options.port
 * @param {string} [options.host] where it listens
 * @param {string} [options.folder] the standalone folder of another build
 * @param {(line: string) => void} [options.onLine] */
export async function startInstance({ env, port, host, folder, onLine }) {
  const url = `http://${host ?? 'localhost'}:${port}`;
  const program = startProgram(process.execPath, ['start.mjs'], {
    cwd: folder ?? standaloneFolder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      HOSTNAME: 'localhost',
      ...env,
      ...(host && { HOSTNAME: host }),
      PORT: String(port),
    },
    ...(onLine && { onLine }),
  });
  const isSettled = async () => !program.isRunning() || (await statusOf(`${url}/healthz`)) === 200;
  // A machine that does nothing but tests may take its time.
  await until(isSettled, `the app on port ${port} does not answer`, 60);
  if (!program.isRunning()) await program.ended(); // its output tells why
  return { ...program, url };
}
