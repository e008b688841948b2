import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { signInErrors } from '../../lib/sign-in-error-table';
import { siteWords } from '../../lib/site';
import { fill, findLanguage, inEnglish, type Language } from '../../lib/words';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tags = readdirSync(join(root, 'lib/words')).map((file) => file.replace(/\.ts$/, ''));

/** Every sentence by its path. */
function sentencesOf(tree: unknown, path = ''): [path: string, text: string][] {
  if (typeof tree === 'string') return [[path, tree]];
  return Object.entries(tree as object).flatMap(([key, value]) =>
    sentencesOf(value, path ? `${path}.${key}` : key),
  );
}
const gapsIn = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
const english = new Map(sentencesOf(inEnglish.words));

test('there are English and four more languages', () => {
  expect(tags).toEqual(expect.arrayContaining(['de', 'en', 'es', 'fr', 'it']));
});

for (const tag of tags) {
  test(`the words in "${tag}" are complete, calm, and have the gaps of the English ones`, async () => {
    const { words, brand } = (await findLanguage(tag)) as Language;
    const sentences = sentencesOf(words);
    expect(sentences.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of sentences) {
      expect(gapsIn(text), path).toEqual(gapsIn(english.get(path) ?? ''));
      expect(text, path).not.toMatch(
        /[!¡<>]|\b(AADSTS|OAuth|tokens?|tenants?|Azure|Entra ID|HTTP|login|log out)\b/i,
      );
      expect(text.trim(), path).toBe(text);
      expect(text.length, path).toBeGreaterThan(0);
    }
    expect(Intl.DateTimeFormat.supportedLocalesOf(words.locale)).toEqual([words.locale]);
    expect(words.locale.split('-')[0]).toBe(tag.split('-')[0]);
    for (const text of Object.values(brand)) expect(gapsIn(text)).toEqual([]);
    const titles = Object.values(words.refusals).map(({ title }) => title);
    expect(new Set(titles).size, 'no two refusals have the same title').toBe(titles.length);
    expect(Object.keys(words.refusals).sort()).toEqual(Object.keys(signInErrors).sort());
  });
}

test('no language repeats an English sentence', async () => {
  for (const tag of tags.filter((one) => one !== 'en')) {
    const { words } = (await findLanguage(tag)) as Language;
    const same = sentencesOf(words).filter(
      ([path, text]) => text === english.get(path) && /\s/.test(text),
    );
    expect(same, tag).toEqual([]);
  }
});

test('the button has the words of Microsoft’s own pages', async () => {
  const buttons = await Promise.all(
    tags.map(async (tag) => [tag, (await findLanguage(tag))?.words.buttons.signIn] as const),
  );
  // howto-add-branding-in-apps in each language: docs/decisions/0021-words-in-one-place.md
  expect(Object.fromEntries(buttons)).toMatchObject({
    en: 'Sign in with Microsoft',
    de: 'Mit Microsoft anmelden',
    fr: 'Se connecter avec Microsoft',
    es: 'Iniciar sesión con Microsoft',
    it: 'Accedi con Microsoft',
  });
});

test('a sixth language is one file, and reads the brand in English until somebody says it', async () => {
  const parent = join(root, 'test-results');
  mkdirSync(parent, { recursive: true });
  const copy = mkdtempSync(join(parent, 'sixth-language-'));
  try {
    cpSync(join(root, 'lib'), join(copy, 'lib'), { recursive: true });
    const welsh = readFileSync(join(root, 'lib/words/de.ts'), 'utf8')
      .replace("locale: 'de-DE'", "locale: 'cy-GB'")
      .replace("signIn: 'Mit Microsoft anmelden'", "signIn: 'Mewngofnodi gyda Microsoft'");
    writeFileSync(join(copy, 'lib/words/cy.ts'), welsh);
    const { languageFromHeader }: typeof import('../../lib/words') = await import(
      pathToFileURL(join(copy, 'lib/words.ts')).href
    );
    const { tag, words, brand } = await languageFromHeader('cy-GB, en;q=0.5');
    expect([tag, words.buttons.signIn]).toEqual(['cy', 'Mewngofnodi gyda Microsoft']);
    expect(brand.tagline).toBe(siteWords('en').tagline);
    expect((await languageFromHeader('gd, cy;q=0.5')).tag).toBe('cy');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test('a tag that no file has the name of is no language, however often it is asked for', async () => {
  for (const tag of [
    'xx',
    'zz-zz',
    'EN',
    'de.ts',
    '../words',
    '../site',
    'words',
    '',
    'de/../en',
  ]) {
    expect(await findLanguage(tag), tag).toBeUndefined();
    expect(await findLanguage(tag), tag).toBeUndefined();
  }
});

test('a gap without a value stays, and a value is never read for gaps', () => {
  expect(fill('{a} {b}', { a: '{b}' })).toBe('{b} {b}');
  expect(fill('{toString}', {})).toBe('{toString}');
});
