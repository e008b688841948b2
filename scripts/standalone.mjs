/** Completes `.next/standalone` after `next build`: what Next leaves out of it goes in, and what must
 * never be in it comes out. The folder is then all that a server needs. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

// lib/incoming-requests.ts sets the headers of next.config.mjs on every response, on those also that
// Next would leave out. To match and set them twice costs a tenth of a millisecond per request, so
// only hosts that run Next in their own way keep them.
const manifest = join(standalone, '.next/routes-manifest.json');
const routes = JSON.parse(readFileSync(manifest, 'utf8'));
if (!Array.isArray(routes.headers)) throw new Error(`${manifest} is not as it was`);
writeFileSync(manifest, JSON.stringify({ ...routes, headers: [] }));
