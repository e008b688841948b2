/** Starts the standalone build; `scripts/standalone.mjs` copies it there as `start.mjs`. Next opens its
 * port first and runs `instrumentation.ts` afterwards, so the configuration is checked here before:
 * a server with a broken one exits with code 1 and never listens. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
Object.assign(process.env, { NODE_ENV: 'production', NEXT_RUNTIME: 'nodejs' });
// With it, Next would print every address with its query: at the callback an authorization code.
delete process.env.DEBUG;

// Next ends with 143 after it has drained on SIGTERM. A stop that was asked for is no failure.
process.on('exit', (code) => {
  if (code === 130 || code === 143) process.exitCode = 0;
});

await require('./.next/server/instrumentation.js').register();
await import(new URL('./server.js', import.meta.url).href);
