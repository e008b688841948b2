import type { Environment } from '../../lib/config';
import { loadEnvConfig } from '../../scripts/next-env.mjs';

/** As `npm run dev` does: a public AUTH_URL in a file is meant for production, one in the shell is
 * meant now. */
function developmentOrigin(shell: Environment, setting: (name: string) => string): string {
  const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(setting('AUTH_URL'));
  const given = shell.AUTH_URL || (local && setting('AUTH_URL'));
  return given || `http://localhost:${Number(setting('PORT')) || 3000}`;
}

/** The variables as `npm run dev`, or in production `npm start`, would see them: the shell's, then
 * those of the `.env` files that Next reads. Changes the environment of this process.
 * @see https://nextjs.org/docs/app/guides/environment-variables#environment-variable-load-order */
export function readEnvironment(root: string, production: boolean): Environment {
  const shell = { ...process.env };
  const mode = { NODE_ENV: production ? 'production' : 'development' };
  Object.assign(process.env, mode); // for Next, `test` would be files of its own
  const quiet = { info() {}, error() {} };
  const { combinedEnv } = loadEnvConfig(root, !production, quiet);
  const env: Environment = { ...combinedEnv, ...shell, ...mode };
  if (production) return env;
  const setting = (name: string) => (shell[name] || combinedEnv[name] || '').trim();
  return { ...env, AUTH_URL: developmentOrigin(shell, setting) };
}
