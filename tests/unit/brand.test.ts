import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { site } from '../../lib/site';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
/** What makes up the app: not its documents, tests and measurements. */
const folders = ['app', 'components', 'lib', 'setup', 'scripts'];
const files = [
  ...['middleware.ts', 'instrumentation.ts', 'next.config.mjs'],
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((file) => /\.(tsx?|mjs|css|svg)$/.test(file)),
  ),
];
const css = read('app/globals.css');
const tokens =
  /^[\s\S]*?\n\}\n\n@media \(prefers-color-scheme: dark\) \{\n {2}:root \{[\s\S]*?\n\}\n/.exec(
    css,
  )?.[0] ?? '';

test('the name that the starter comes with stands in lib/site.ts and nowhere else', () => {
  expect(files.length).toBeGreaterThan(100);
  const named = files.filter((file) => /northlight/i.test(read(file)));
  expect(named.filter((file) => file !== 'lib/site.ts')).toEqual([]);
  expect(read('lib/site.ts')).toContain(`name: '${site.name}'`);
});

test('colours stand among the tokens of app/globals.css and nowhere else', () => {
  const exempt = [
    'app/icon.svg', // the icon is a picture, which reads no tokens
    'components/sign-in-button.module.css', // Microsoft's button, in Microsoft's colours
    'components/sign-in-button.tsx',
    'lib/site.ts', // the next test
  ];
  const colour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i;
  const coloured = files.filter((file) =>
    colour.test(file === 'app/globals.css' ? css.slice(tokens.length) : read(file)),
  );
  expect(tokens).toContain('--on-accent');
  expect(coloured.filter((file) => !exempt.includes(file))).toEqual([]);
});

test('the browser’s bar has the colour of the surface, in both schemes', () => {
  const surfaces = [...tokens.matchAll(/--surface: (#[0-9a-f]{6});/g)].map(([, colour]) => colour);
  expect([site.browserBar.light, site.browserBar.dark]).toEqual(surfaces);
});
