/** Browsers send fewer than a hundred characters; what is beyond this is not read. */
const mostCharacters = 500;
const mostCandidates = 20;

/** A language that a file of `lib/words/` may be named for, such as `de` or `pt-br`. Nothing else ever
 * becomes part of a module's name. */
const tagPattern = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})?$/;
export const isLanguageTag = (value: string): boolean => tagPattern.test(value);

/** A range and how much it is wanted, 0 to 1 (RFC 9110 §12.5.4, §12.4.2); undefined for garbage. */
function parseRange(text: string): { range: string; weight: number } | undefined {
  const [range = '', ...parameters] = text
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (!/^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/.test(range)) return undefined;
  if (parameters.length === 0) return { range, weight: 1 };
  const [, weight] = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.exec(parameters.join(';')) ?? [];
  return weight === undefined ? undefined : { range, weight: Number(weight) };
}

/** A range and what it falls back to: `zh-hant-tw`, `zh-hant`, `zh` (RFC 4647 §3.4). */
function fallbacksOf(range: string): string[] {
  const parts = range.split('-');
  return parts
    .map((_, index) => parts.slice(0, parts.length - index))
    .filter((kept) => kept.length === 1 || (kept.at(-1) ?? '').length > 1)
    .map((kept) => kept.join('-'));
}

/** The languages to look for, best first and in lower case: the "lookup" of RFC 4647 §3.4. What
 * somebody refuses (`q=0`) is not among them; `*` names no language, so it says nothing here. */
export function candidatesFromAcceptLanguage(header: string | null | undefined): string[] {
  if (!header) return [];
  const ranges = header
    .slice(0, mostCharacters)
    .split(',')
    .flatMap((text) => parseRange(text) ?? []);
  const refused = new Set(ranges.flatMap(({ range, weight }) => (weight === 0 ? [range] : [])));
  const wanted = ranges
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight) // stable: the first of equals stays first
    .flatMap(({ range }) => fallbacksOf(range))
    .filter((tag) => isLanguageTag(tag) && !refused.has(tag));
  return [...new Set(wanted)].slice(0, mostCandidates);
}
