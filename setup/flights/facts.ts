import { createHash } from 'node:crypto';
import type { Session } from '../../lib/session-token';
import type { Fact } from './flights';

/** A value that comes again is known by its digest alone. */
export const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/** What is shown as it was, where it looks as it must: the app's own settings, and words of the
 * protocol. All else is told by its length. */
const harmless: Readonly<Record<string, RegExp>> = {
  client_id: /^[0-9a-f-]{36}$/i,
  redirect_uri: /^https?:\/\/[a-z0-9.:[\]-]{1,100}(\/[a-z-]{1,40}){0,6}$/,
  response_type: /^code$/,
  response_mode: /^(query|form_post|fragment)$/,
  scope: /^((https:\/\/[a-z.-]{1,60}\/)?[a-z_]{1,40}(\.[a-z]{1,40}){0,3}( |$)){1,20}$/i,
  code_challenge_method: /^(S256|plain)$/,
  prompt: /^(select_account|login|consent|none)$/,
  max_age: /^\d{1,9}$/,
  claims: /^\{"id_token":\{"acrs":\{"essential":true,"value":"c\d{1,2}"\}\}\}$/,
  grant_type: /^authorization_code$/,
  client_assertion_type: /^urn:[\w:-]{1,100}$/,
  token_type: /^Bearer$/i,
  expires_in: /^\d{1,9}$/,
  ext_expires_in: /^\d{1,9}$/,
  error: /^[a-z_]{1,40}$/,
  trace_id: /^[0-9a-f-]{36}$/i,
  correlation_id: /^[0-9a-f-]{36}$/i,
};

/** How long a text is, in words. */
export const lengthOf = ({ length }: string) => `${length} character${length === 1 ? '' : 's'}`;

/** A name as it was where it looks like one: no code or token does, should one stand in its place. */
const nameOf = (name: string) =>
  /^[a-z][a-z_]{0,39}$/i.test(name) ? name : `a name of ${lengthOf(name)}`;

/** A short word of a token's header. */
export function wordOf(value: unknown): string {
  if (value === undefined) return 'missing';
  return typeof value === 'string' && /^[\w.+-]{1,64}$/.test(value) ? value : 'of another shape';
}

function factOf([name, value]: [string, unknown]): Fact {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return { name: nameOf(name), says: Array.isArray(value) ? 'a list' : `a ${typeof value}` };
  }
  const text = String(value);
  const isShown = Object.hasOwn(harmless, name) && harmless[name]?.test(text);
  return { name: nameOf(name), ...(isShown ? { value: text } : { says: lengthOf(text) }) };
}

/** Parameters or fields by name and length, and by their value where that tells nothing. At most
 * forty: the callback's parameters are the visitor's to choose. */
export const factsOf = (fields: Iterable<[string, unknown]>) =>
  [...fields].slice(0, 40).map(factOf);

/** Adds to a fact whether its value is the one of an earlier step.
 * @param mark the digest of that one */
export function compare(
  facts: readonly Fact[],
  name: string,
  value: string,
  mark: string | undefined,
  of: string,
): void {
  const fact = facts.find((one) => one.name === name);
  if (!fact) return;
  const same = mark === digest(value) ? `the same as in the ${of}` : `not the one of the ${of}`;
  const verdict = mark === undefined ? 'nothing on record to compare it with' : same;
  fact.says = fact.says ? `${fact.says}, ${verdict}` : verdict;
}

/** What of an ID token is no secret and nobody's: its header, and the names of its claims. */
export function idTokenFacts(idToken: unknown): Fact[] {
  const read = (part = ''): Record<string, unknown> =>
    JSON.parse(Buffer.from(part, 'base64url').toString());
  try {
    const [header, payload] = String(idToken).split('.');
    const { alg, typ, kid } = read(header);
    const names = Object.keys(read(payload)).slice(0, 60).map(nameOf);
    return [
      { name: 'its header', says: `alg ${wordOf(alg)}, typ ${wordOf(typ)}, kid ${wordOf(kid)}` },
      { name: 'its claims', says: names.join(', ') },
    ];
  } catch {
    return [{ name: 'its parts', says: 'cannot be read' }];
  }
}

/** What a session holds, by name. */
export function sessionFacts({ identity, ...session }: Session): Fact[] {
  const fields = [
    ...Object.entries(identity).map(([name, value]) => [`identity.${name}`, value] as const),
    ...Object.entries(session),
  ];
  const isEmpty = (value: unknown) =>
    value === undefined || (Array.isArray(value) && value.length === 0);
  const names = (empty: boolean) =>
    fields.filter(([, value]) => isEmpty(value) === empty).map(([name]) => name);
  const facts = [{ name: 'holds', says: names(false).join(', ') }];
  const nothing = names(true);
  return nothing.length ? [...facts, { name: 'empty', says: nothing.join(', ') }] : facts;
}
