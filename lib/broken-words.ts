import { site } from './site';

/** What people read when a page breaks. Apart from the rest of `lib/words/en.ts`, because browsers
 * hold these few sentences: an error boundary is code of theirs. */
export const brokenInEnglish = {
  title: 'Something went wrong',
  text: 'We could not show this page. You can try again, or go back to the start page.',
  again: 'Try again',
  start: 'Start page',
  /** `{ask}` is the link of the next line. */
  help: 'If it keeps happening, {ask}.',
  helpWithNumber: 'If it keeps happening, {ask} and give this number: {number}.',
  ask: 'ask for help',
} as const;

/** What people read while the app cannot start. The edge says it, which carries no catalogue. */
export const notSetUpInEnglish = 'This app is not set up yet.';

/** The subject of a mail to support. */
export const helpMailInEnglish = {
  help: '{app} sign-in',
  helpWithNumber: '{app} sign-in, number {number}',
} as const;

/** The words of a page that broke, which `app/layout.tsx` hands to browsers. */
export type BrokenWords = Readonly<
  Record<keyof typeof brokenInEnglish, string> & {
    mail: Record<keyof typeof helpMailInEnglish, string>;
  }
>;

const { help, helpWithNumber } = helpMailInEnglish;

/** For where no layout has said anything. */
export const wordsWithoutLayout: BrokenWords = {
  ...brokenInEnglish,
  mail: {
    help: help.replace('{app}', site.name),
    helpWithNumber: helpWithNumber.replace('{app}', site.name),
  },
};
