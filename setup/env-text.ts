/** One assignment of a `.env` file: name, then a value in one of three kinds of quotes (over lines,
 * if need be) or up to a comment. As loose as dotenv's own, or we would find other values than Next.
 * @see https://nextjs.org/docs/app/guides/environment-variables
 * @see https://github.com/motdotla/dotenv (what @next/env contains, with dotenv-expand) */
const assignment =
  /^\s*(?:export\s+)?(?<name>[\w.-]+)(?<between>\s*=\s*?|:\s+?)(?<value>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/dgm;

/** Where a name's value stands in the text, and what is there. */
type Place = { name: string; start: number; end: number; raw: string };

function* assignments(text: string): Generator<Place> {
  for (const match of text.matchAll(assignment)) {
    const { name = '', value = '' } = match.groups ?? {};
    const { value: where, between } = match.indices?.groups ?? {};
    const raw = value.trim();
    const start = where
      ? where[0] + (raw ? value.length - value.trimStart().length : 0)
      : (between?.[1] ?? 0);
    yield { name, start, end: start + raw.length, raw };
  }
}

function unquoted(raw: string): string {
  const inner = raw.replace(/^(['"`])([\s\S]*)\1$/gm, '$2');
  return raw.startsWith('"') ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}

/** The values before `$NAME` is filled in; of a name that is there twice, the last counts. */
function rawVariables(text: string): Map<string, string> {
  const lines = text.replace(/\r\n?/g, '\n');
  return new Map([...assignments(lines)].map(({ name, raw }) => [name, unquoted(raw)]));
}

/** What a `.env` text sets, as Next reads it. `$NAME` stays as it is written. */
export function variablesFromText(text: string): Map<string, string> {
  const raw = rawVariables(text);
  return new Map([...raw].map(([name, value]) => [name, value.replaceAll('\\$', '$')]));
}

/** Every way to write a value down, the plainest first. `$` would begin the name of another
 * variable; nothing else can be escaped, so it is the quotes that are chosen. */
function spellings(value: string): string[] {
  const escaped = value.replaceAll('$', () => '\\$');
  const quoted = ["'", '"', '`'].map((quote) => `${quote}${escaped}${quote}`);
  return /^[\w.~,+/=@:-]*$/.test(value) ? [escaped] : [...quoted, escaped];
}

function withValue(text: string, name: string, spelling: string): string {
  const places = [...assignments(text)].filter((place) => place.name === name);
  if (places.length > 0) {
    return places.reduceRight(
      (changed, { start, end }) => changed.slice(0, start) + spelling + changed.slice(end),
      text,
    );
  }
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const closed = text === '' || /[\r\n]$/.test(text);
  return closed ? `${text}${name}=${spelling}${lineEnd}` : `${text}${lineEnd}${name}=${spelling}`;
}

const isSame = (one: Map<string, string>, other: Map<string, string>) =>
  one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);

/** Sets variables in a `.env` text and leaves all else as it is: other names, comments, order, line
 * ends. A name that is there several times gets the value everywhere, or the old one would be back
 * as soon as somebody deletes the last line. Each step is read again as Next would.
 * @returns the new text, or the name whose value has no spelling that Next reads back */
export function withVariables(
  text: string,
  variables: Readonly<Record<string, string>>,
): { text: string } | { unwritable: string } {
  let changed = text;
  for (const [name, value] of Object.entries(variables)) {
    const wanted = rawVariables(changed).set(
      name,
      value.replaceAll('$', () => '\\$'),
    );
    const next = /[\r\n]/.test(value)
      ? undefined
      : spellings(value)
          .map((spelling) => withValue(changed, name, spelling))
          .find((candidate) => isSame(rawVariables(candidate), wanted));
    if (next === undefined) return { unwritable: name };
    changed = next;
  }
  return { text: changed };
}
