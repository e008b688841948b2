import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { expect, test } from '@playwright/test';

/** Built, brought or private: not ours to read. */
const skipped = /^(node_modules|test-results|playwright-report|attack-report|next-env.*|\..*)$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.test(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const read = (path: string) => readFileSync(path, 'utf8');
const files = filesBelow('.');
const documents = files.filter((path) => extname(path) === '.md');
const hostGuides = documents.filter((path) => /^docs[/\\]deploy/.test(path));
const withoutCode = (text: string) => text.replace(/^ *```[\s\S]*?^ *```/gm, '');

/** How GitHub names a heading: lower case, no punctuation, hyphens for spaces. */
const anchorOf = (heading: string) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function anchorsOf(path: string): string[] {
  const text = withoutCode(read(path));
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return [...headings, ...[...text.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)];
}

for (const document of documents) {
  test(`every link of ${document} leads somewhere`, () => {
    const text = withoutCode(read(document)).replace(/`[^`\n]*`/g, '');
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)/g)];
    const dead = links.flatMap(([link, path = '', anchor]) => {
      const target = path ? normalize(join(dirname(document), path)) : document;
      const isThere = files.some((file) => file === target || file.startsWith(join(target, '/')));
      if (!isThere) return [link];
      return anchor && !anchorsOf(target).includes(anchor) ? [link] : [];
    });
    expect(dead).toEqual([]);
  });
}

test('every npm script that a document names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const unknown = documents.flatMap((document) =>
    [...read(document).matchAll(/\bnpm run (?:--?[\w-]+ )*([a-z][\w:-]*)/g)].flatMap(
      ([, name = '']) => (name in scripts ? [] : [`${document}: ${name}`]),
    ),
  );
  expect(unknown).toEqual([]);
});

/** Variables of Node, Next, Redis’ admin and the hosts. */
const foreign = [
  /^(NODE|NEXT|VERCEL|WEBSITES?|SCM)_/,
  /^AUTH_REDIRECT_PROXY_URL$/, // named as one that does nothing here
  /^REDIS_URL_OF_AN_ADMIN$/,
];

/** Names that the guides' shell snippets give to a value of their own. */
const local = hostGuides
  .flatMap((document) => [...read(document).matchAll(/(?:^|[ ;])([A-Z][A-Z0-9_]*)=(?=[$<\w])/gm)])
  .map(([, name = '']) => name)
  .filter((name) => !/^(AZURE|AUTH|SESSION|ENTRA|REDIS|TRUSTED|SHUTDOWN)_/.test(name));

const configuration = readdirSync('lib')
  .filter((name) => name.startsWith('config'))
  .map((name) => read(join('lib', name)))
  .join('\n');
const isOurs = (name: string) => new RegExp(`\\b${name}\\b`).test(configuration);

test('every variable that the deployment guides name is one that the app reads', () => {
  const unknown = hostGuides.flatMap((document) => {
    const text = read(document);
    const names = new Set(text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g));
    return [...names]
      .filter((name) => !isOurs(name) && !local.includes(name))
      .filter((name) => !foreign.some((pattern) => pattern.test(name)))
      .map((name) => `${document}: ${name}`);
  });
  expect(unknown).toEqual([]);
});

test('every red line that a guide explains is one that the doctor says', () => {
  const said = files
    .filter((path) => /^setup[/\\]deployment[/\\]/.test(path))
    .map(read)
    .join('\n');
  const explained = hostGuides.flatMap((document) =>
    [...read(document).matchAll(/^\| "([^"]+)"/gm)].map(([, says = '']) => ({ document, says })),
  );
  expect(explained.length).toBeGreaterThan(20);
  expect(explained.filter(({ says }) => !said.includes(says))).toEqual([]);
});
