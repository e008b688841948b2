/** Completes `.next/standalone` after `next build`: what Next leaves out of it goes in, and what must
 * never be in it comes out. The folder is then all that a server needs. */
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const standalone = join(root, '.next/standalone');

cpSync(join(root, '.next/static'), join(standalone, '.next/static'), { recursive: true });
if (existsSync(join(root, 'public'))) {
  cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
}
cpSync(join(root, 'scripts/server.mjs'), join(standalone, 'start.mjs'));

// Next copies .env and .env.production into the folder: a secret would end up in every image.
for (const name of readdirSync(standalone)) {
  if (name.startsWith('.env')) rmSync(join(standalone, name));
}
