/** Next's own reader of `.env` files, out of the copy that Next itself has: another version could read
 * a file in another way than the server does. */
import { createRequire } from 'node:module';

const next = createRequire(import.meta.url).resolve('next/package.json');

/** @type {typeof import('@next/env')} */
const nextEnv = createRequire(next)('@next/env');

export const { loadEnvConfig } = nextEnv;
