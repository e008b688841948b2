import 'server-only';

import { headers } from 'next/headers';
import { cache } from 'react';
import { type Language, languageFromHeader, type Words } from './words';

/** The visitor's language, chosen once per request, however many components ask. */
export const currentLanguage = cache(
  async (): Promise<Language> => languageFromHeader((await headers()).get('accept-language')),
);

/** The words of the visitor's language. */
export const currentWords = async (): Promise<Words> => (await currentLanguage()).words;
