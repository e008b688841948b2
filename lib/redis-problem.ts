/** Why the store cannot be used at the moment, in one stable word for the log. */
export type RedisProblem =
  | 'unreachable'
  | 'timeout'
  | 'credentials'
  | 'read_only'
  | 'full'
  | 'permissions'
  | 'foreign_data'
  | 'too_many'
  | 'protocol';

/** What an error of the client means. Its own words may hold an address and stay out of the log.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
export function problemOf(error: unknown): RedisProblem {
  const { message = '', name = '', code = '' } = error as Error & { code?: string };
  if (/^(WRONGPASS|NOAUTH|ERR (invalid password|AUTH))/.test(message)) return 'credentials';
  if (/^(READONLY|MISCONF|NOREPLICAS)/.test(message)) return 'read_only';
  if (/^OOM/.test(message)) return 'full';
  if (/^NOPERM/.test(message)) return 'permissions';
  if (/^WRONGTYPE/.test(message)) return 'foreign_data';
  if (message === 'too_many') return 'too_many';
  if (/timeout/i.test(`${message} ${name}`)) return 'timeout';
  if (
    code ||
    /Socket|Closed|Offline|Disconnect|Connection/.test(`${name} ${error?.constructor?.name}`)
  ) {
    return 'unreachable';
  }
  return 'protocol';
}
