/** `npm start`: the production server on this machine, with the `.env` files that Next reads. In a
 * container run `node start.mjs` in the standalone folder instead: variables alone, no files. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEnvConfig } from './next-env.mjs';
import { whenNpmEnds } from './parent.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const server = new URL('../.next/standalone/start.mjs', import.meta.url);
if (!existsSync(server)) {
  console.error('There is no build yet. Run: npm run build');
  process.exit(1);
}
loadEnvConfig(root, false);
whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
await import(server.href);
