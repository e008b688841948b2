import { candidatesFromAcceptLanguage, isLanguageTag } from './accept-language';
import { type SiteWords, site, siteWords } from './site';
import english from './words/en';

/** The gaps of a sentence: `name` in `Continue as {name}`. */
type Gaps<Text extends string> = Text extends `${string}{${infer Gap}}${infer Rest}`
  ? Gap | Gaps<Rest>
  : never;
/** A translation may do without the brand, and without nothing else. */
type Needed<Text extends string> = Exclude<Gaps<Text>, 'app' | 'support' | 'Support'>;
type TextWith<Gap extends string> = (
  Gap extends unknown
    ? (text: `${string}{${Gap}}${string}`) => void
    : never
) extends (text: infer All) => void
  ? All
  : never;
type Translated<English> = English extends string
  ? [Needed<English>] extends [never]
    ? string
    : TextWith<Needed<English>>
  : { readonly [Key in keyof English]: Translated<English[Key]> };

/** What every file of `lib/words/` says. A sentence that is missing, or has lost a gap, is a type
 * error there. */
export type Words = Translated<typeof english>;

/** A language, by the name of its file (a BCP 47 tag), and its words with the brand in them. */
export type Language = { tag: string; words: Words; brand: SiteWords };

/** Fills the gaps of a sentence; one without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (gap, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : gap,
  );
}

function fillAll<Tree>(tree: Tree, values: Readonly<Record<string, string>>): Tree {
  if (typeof tree === 'string') return fill(tree, values) as Tree;
  const entries = Object.entries(tree as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, value]) => [key, fillAll(value, values)])) as Tree;
}

/** A language with the brand in its words. */
function languageFrom(tag: string, words: Words): Language {
  const { support = words.support, ...brand } = siteWords(tag);
  const [first = '', ...rest] = support;
  const Support = first.toLocaleUpperCase(tag) + rest.join('');
  const gaps = { app: site.name, support, Support };
  return { tag, words: fillAll(words, gaps), brand: fillAll(brand, gaps) };
}

/** What operators read, what code reads, and what is shown where no language of ours is wanted. */
export const inEnglish: Language = languageFrom('en', english);

/** As many tags as are remembered, ours and those that we do not have: anyone can invent more. */
const mostRemembered = 500;
const found = new Map<string, Promise<Language | undefined>>([['en', Promise.resolve(inEnglish)]]);

/** The language of a file of `lib/words/`; undefined without one. */
export function findLanguage(tag: string): Promise<Language | undefined> {
  if (!isLanguageTag(tag)) return Promise.resolve(undefined);
  const known = found.get(tag);
  if (known) return known;
  // Bundlers take the whole folder along for this line, so that a language is one file.
  const language = import(`./words/${tag}.ts`).then(
    ({ default: words }: { default: Words }) => languageFrom(tag, words),
    () => undefined,
  );
  if (found.size < mostRemembered) found.set(tag, language);
  return language;
}

/** The language that a visitor wants most among those that we have; English without one. */
export async function languageFromHeader(header: string | null | undefined): Promise<Language> {
  for (const tag of candidatesFromAcceptLanguage(header)) {
    const language = await findLanguage(tag);
    if (language) return language;
  }
  return inEnglish;
}
