import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = readFileSync(
  fileURLToPath(new URL('../lib/rate-limit.ts', import.meta.url)),
  'utf8',
);

/** How many requests a client may make in a minute: from the text, because `server-only` lets nothing
 * but a build import that file. */
export const mostRequests = Number(/const mostRequests = (\d+);/.exec(source)?.[1]);
if (!mostRequests) throw new Error('lib/rate-limit.ts does not say how many requests it lets in');
