/** `npm run cluster`: production in small on this machine. nginx before two instances of the build,
 * and Redis, with the local stand-in unless real settings for Microsoft Entra ID are there. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { azureVariables } from './azure-settings.mjs';
import { howToInstall, missingServers } from './debian.mjs';
import { standaloneFolder } from './instance.mjs';
import { loadEnvConfig } from './next-env.mjs';
import { whenNpmEnds } from './parent.mjs';
import { startCluster } from './servers.mjs';

/** @param {string} message */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

const missing = missingServers();
if (missing.length > 0) refuse(howToInstall(missing));
if (!existsSync(`${standaloneFolder}/start.mjs`)) {
  refuse('There is no build yet. Run: npm run build');
}

const root = fileURLToPath(new URL('..', import.meta.url));
loadEnvConfig(root, false, { info() {}, error: console.error });
const isReal = azureVariables.some((name) => process.env[name]?.trim());
const standIn = isReal
  ? undefined
  : await import('./stand-in.mjs').then(({ startStandIn }) => startStandIn());

/** The log of both, each line with the instance that wrote it.
 * @param {string} who @param {string} line */
const print = (who, line) => {
  if (line.startsWith('{')) console.log(`${who}  ${line}`);
};

/** @type {Awaited<ReturnType<typeof startCluster>> | undefined} */
let cluster;
let isEnding = false;
async function end() {
  if (isEnding) return;
  isEnding = true;
  await cluster?.close();
  await standIn?.close();
  process.exit(0);
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, end);
whenNpmEnds(end);

try {
  cluster = await startCluster({
    env: standIn ? standIn.variables : process.env,
    port: Number(process.env.PORT) || 3000,
    onLine: print,
  });
} catch (error) {
  await standIn?.close();
  refuse(error instanceof Error ? error.message : String(error));
  throw error;
}
const lines = [
  `App       ${cluster.origin}   nginx, no affinity`,
  ...cluster.places.map(({ url }, index) => `Instance ${index + 1} ${url}`),
  `Redis     ${cluster.redis.url}`,
  ...(standIn?.lines ?? [
    'Sign-in   Microsoft Entra ID, as your environment says',
    `          Redirect URI to register: ${cluster.origin}/authorization-code/callback`,
  ]),
  '',
  'Ctrl-C ends everything.',
];
console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
