import fc from 'fast-check';
import { hold } from '../hold';
import { inFull } from '../in-full';

/** Ten thousand cases in all, and a thousand by hand. `FUZZ_SEED` tries others, and a case that was found becomes a test with
 * a name. */
export const seed = Number(process.env.FUZZ_SEED ?? 1);
export const runs = {
  callback: inFull(3000),
  cookies: inFull(2500),
  returnPaths: inFull(2000),
  headers: inFull(1500),
  claims: inFull(1000),
};

export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\0',
      '\r\n',
      '..',
      '//evil.example',
      '/\\evil.example',
      '%2e%2e%2f',
      '%',
      '%E0%A4',
    ],
    ...[
      '__proto__',
      'constructor',
      '[object Object]',
      '<script>alert(1)</script>',
      "'--",
      '{{7*7}}',
    ],
    ...['javascript:alert(1)', 'data:text/html,x', '\u202e', '\ud800', 'null', '-1', '1e999'],
  ),
  fc.string({ unit: 'grapheme-ascii', minLength: 2000, maxLength: 6000 }),
);

/** Whether an answer gives `input` back. Short pieces of text stand on every page by chance. */
export const echoes = (answer: string, input: string) =>
  input.trim().length > 8 && answer.includes(input);

export type Answer = { status: number; location: string; setCookies: string[]; body: string };

export const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  location: response.headers.get('location') ?? '',
  setCookies: response.headers.getSetCookie(),
  body: await response.text(),
});

/** What holds for every answer to whatever a stranger sends. */
export function holdHarmless(
  { status, location, setCookies, body }: Answer,
  origins: string[],
): void {
  hold(status < 500, `no error of ours, but ${status}`);
  hold(!setCookies.some((line) => /\.session=[^;]/.test(line)), 'no session');
  hold(!/Ada Berg|\bat \S+ \(/.test(body), 'no person and no stack in the page');
  if (location) hold(origins.includes(new URL(location, origins[0]).origin), 'no other site');
}
