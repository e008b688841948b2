import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { candidatesFromAcceptLanguage, isLanguageTag } from '../../lib/accept-language';
import { languageFromHeader } from '../../lib/words';

const languages: [header: string | null, tag: string][] = [
  [null, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de', 'de'],
  ['DE', 'de'],
  ['de-AT', 'de'],
  ['de-Latn-DE-1996', 'de'],
  ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr'],
  ['es-419', 'es'],
  ['it-IT,it;q=0.9,en-US;q=0.8,en;q=0.7', 'it'],
  ['en-US,en;q=0.9,de;q=0.8', 'en'],
  ['en;q=0.5, de;q=0.8', 'de'],
  ['de;q=0.8, fr;q=0.8', 'de'],
  ['qaa, de;q=0.4', 'de'],
  ['qaa, qab;q=0.4', 'en'],
  ['de;q=0, fr;q=0.1', 'fr'],
  ['de-AT, de;q=0, it;q=0.1', 'it'],
  ['de;q=0', 'en'],
  ['*, fr;q=0.1', 'fr'],
  [' de ; q=0.3 , es ; q=0.4 ', 'es'],
  ['de;q=1.1, fr', 'fr'],
  ['de;q=-1, fr;q=0.001', 'fr'],
  ['de;level=1, fr', 'fr'],
  ['de_DE, fr', 'fr'],
  ['..%2f..%2fen, ../de, constructor, __proto__, fr/../de', 'en'],
  [`${'x'.repeat(600)}, de`, 'en'],
  [`${'qaa,'.repeat(10)}de`, 'de'],
];
for (const [header, tag] of languages) {
  test(`Accept-Language "${`${header}`.slice(0, 60)}" is answered in ${tag}`, async () => {
    expect((await languageFromHeader(header)).tag).toBe(tag);
  });
}

test('a range falls back part by part, and never to a single letter', () => {
  expect(candidatesFromAcceptLanguage('zh-Hant-TW, de-x-private')).toEqual(['zh-hant', 'zh', 'de']);
});

test('no header leads to anything but a few tags, of which a file may have the name', () => {
  const range = fc.stringMatching(/^[a-zA-Z*]{1,3}(-[a-zA-Z0-9]{1,8}){0,3}(;q=[0-9.]{1,4})?$/);
  const headers = fc.oneof(
    fc.string({ maxLength: 2000 }),
    fc.array(range).map((all) => all.join()),
  );
  fc.assert(
    fc.property(headers, (header) => {
      const tags = candidatesFromAcceptLanguage(header);
      expect(tags.length).toBeLessThanOrEqual(20);
      expect(tags.filter((tag) => !isLanguageTag(tag))).toEqual([]);
    }),
  );
});
