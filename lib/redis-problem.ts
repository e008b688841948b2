import {
  ClientClosedError,
  ClientOfflineError,
  DisconnectsClientError,
  ErrorReply,
  SocketClosedUnexpectedlyError,
} from '@redis/client';

/** Why the store cannot be used at the moment, in one stable word for the log. */
export type RedisProblem =
  | 'unreachable'
  | 'timeout'
  | 'tls'
  | 'credentials'
  | 'read_only'
  | 'full'
  | 'permissions'
  | 'foreign_data'
  | 'too_many'
  | 'protocol';

/** The first words with which Redis refuses.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const refusals: [RegExp, RedisProblem][] = [
  [/^(WRONGPASS|NOAUTH|ERR (invalid password|AUTH))/, 'credentials'],
  [/^(READONLY|MISCONF|NOREPLICAS)/, 'read_only'],
  [/^OOM/, 'full'],
  [/^NOPERM/, 'permissions'],
  [/^WRONGTYPE/, 'foreign_data'],
];

const gone = [
  ClientClosedError,
  ClientOfflineError,
  DisconnectsClientError,
  SocketClosedUnexpectedlyError,
];

/** What an error of the client means. Its own words may hold an address and stay out of the log;
 * names of classes are no guide, because a bundle shortens them. */
export function problemOf(error: unknown): RedisProblem {
  const { message, code } = error as Error & { code?: string };
  if (error instanceof ErrorReply) {
    return refusals.find(([words]) => words.test(message))?.[1] ?? 'protocol';
  }
  if (message === 'too_many') return 'too_many';
  if (code === 'ETIMEDOUT' || /timeout/i.test(message)) return 'timeout';
  if (code && /CERT|TLS|SSL|VERIFY|EPROTO/.test(code)) return 'tls';
  if (code || gone.some((kind) => error instanceof kind)) return 'unreachable';
  return 'protocol';
}
