import { readFileSync } from 'node:fs';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { ConfigError, type ProblemCode } from './config-problem';

const variable = 'AZURE_FEDERATED_TOKEN_FILE';

function refuse(code: ProblemCode, problem: string): never {
  throw new ConfigError([{ variable, code, problem }]);
}

/** Whether a text is a signed JWT. Who signed it, and for whom, is for Microsoft to judge. */
function isSignedJwt(text: string): boolean {
  try {
    return (
      /^[^.]+\.[^.]+\.[^.]+$/.test(text) &&
      Boolean(decodeProtectedHeader(text).alg) &&
      Boolean(decodeJwt(text))
    );
  } catch {
    return false;
  }
}

/** Reads the token that the platform keeps in a file for this app. It lasts for an hour or less and
 * is replaced in time, so it is read for every use.
 * @throws ConfigError that never repeats the path or what is in the file
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview#service-account-token-volume-projection */
export function readFederatedToken(path: string): string {
  let token: string;
  try {
    token = readFileSync(/* turbopackIgnore: true */ path, 'utf8').trim();
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return refuse('unreadable_file', `names a file that cannot be read (${code}).`);
  }
  if (!token) return refuse('empty_file', 'names a file that is empty.');
  if (!isSignedJwt(token)) return refuse('not_a_jwt', 'names a file that holds no token (a JWT).');
  return token;
}
