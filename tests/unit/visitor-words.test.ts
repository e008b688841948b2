import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = ['app', 'components'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.tsx')),
);

/** What operators read: English, as docs/decisions/0021-words-in-one-place.md says. */
const isForOperators = (file: string) =>
  /^(app\/setup\/|app\/\(signed-in\)\/admin\/|components\/(setup\/|admin-))/.test(file);
/** A link to a page of development's, and the name of a clock, which is the same in all languages. */
const noWords = ['Back to set-up', 'UTC'];

/** An element that names the language of its words, as one must that has them in one alone: those
 * of operators, and those that a fork does not translate (WCAG 3.1.2). */
const inOneLanguage = /<(\w+)(?=\s)[^>]*\slang="[a-z-]+"[^>]*>(?:(?!<\1\b)[\s\S])*?<\/\1>/g;

const withoutComments = (source: string) =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');

/** What a page says in words of its own: text between tags, text for readers in attributes, and
 * strings that are sentences. A scan and no parser: what it takes for words, a person would, too. */
function literalWords(source: string): string[] {
  const code = withoutComments(source).replaceAll(inOneLanguage, '');
  const jsx = code.slice(code.search(/return\s*\(?\s*</));
  const between = [...jsx.matchAll(/(?:[^=]>|\})([^<>{}]*)(?=[<{])/g)]
    .map(([, text = '']) => text.trim())
    .filter((text) => /\p{L}{2}/u.test(text) && !/[;=()]|^,?\s*\w+:$/.test(text));
  const attributes = [
    ...code.matchAll(/\b(?:aria-label|aria-description|alt|title|placeholder|label)="([^"]*)"/g),
  ].map(([, text = '']) => text);
  const withoutAttributes = code.replaceAll(/[\w-]+="[^"]*"/g, '');
  const strings = [...withoutAttributes.matchAll(/(['`"])((?:\p{Lu}|\p{L}+ )[^'`"\n]*)\1/gu)]
    .map(([, , text = '']) => text)
    .filter((text) => /^\p{Lu}\p{L}+( |$)|\p{L} \p{L}+ \p{L}/u.test(text));
  return [...between, ...attributes, ...strings].filter((text) => !noWords.includes(text));
}

test('the scan finds a sentence wherever a page may have one', () => {
  const page = (body: string) =>
    `export default function Page() {\n  return (\n    ${body}\n  );\n}`;
  const rows: [body: string, found: string[]][] = [
    ['<h1>Your account</h1>', ['Your account']],
    ['<h1>\n      Your account\n    </h1>', ['Your account']],
    ['<p>\n      You are <bdi>{name}</bdi>, and welcome.\n    </p>', ['You are', ', and welcome.']],
    ['<p>{name} has gone.</p>', ['has gone.']],
    ['<nav aria-label="Account">{x}</nav>', ['Account']],
    ["<p>{done && 'Confirmed. It is done.'}</p>", ['Confirmed. It is done.']],
    ["<p>{done && 'it is done'}</p>", ['it is done']],
    ['<p>{`Go to $' + '{name} now`}</p>', [`Go to $` + '{name} now']],
    ['<p>{words.title}</p>', []],
    ['<p lang="en">Trees, and <b>more</b> trees.</p>', []],
    ['<p><span lang="en">Trees</span> and more trees.</p>', ['and more trees.']],
    ['<p>Before <bdi lang="en">Trees</bdi></p>', ['Before']],
    ['<p className="panel notice stack">{a < b ? c : d} · {e}</p>', []],
  ];
  for (const [body, found] of rows) expect(literalWords(page(body)), body).toEqual(found);
});

test('no page for visitors says anything in words of its own', () => {
  const pages = files.filter((file) => !isForOperators(file));
  expect(pages.length).toBeGreaterThan(25);
  const said = pages.flatMap((file) =>
    literalWords(readFileSync(join(root, file), 'utf8')).map((text) => `${file}: ${text}`),
  );
  const advice =
    'Its place is lib/words/en.ts, and every other language there; or say its language: lang="en".';
  expect(said, advice).toEqual([]);
});

test('operators’ pages say so: their words are in English, whatever the page around them', () => {
  const pages = [
    ...['app/setup/page.dev.tsx', 'app/setup/flights/page.dev.tsx', 'components/setup/locked.tsx'],
    ...['app/(signed-in)/admin/page.tsx'],
  ].filter((file) => existsSync(join(root, file))); // a fork may have taken them out
  for (const file of pages) {
    expect(readFileSync(join(root, file), 'utf8'), file).toMatch(/return \(\s*<div lang="en"/);
  }
});
