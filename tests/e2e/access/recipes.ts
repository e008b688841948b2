import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { access, roles, tenants } from '../../../lib/access';

/** The tables of lib/access.ts as plain data, or the lines that a recipe adds to them. */
export type Tables = {
  roles: Record<string, string>;
  tenants: Record<string, Record<string, unknown>>;
  access: Record<string, unknown>;
};

type Recipe = {
  number: number;
  tables: Tables;
  /** New files by their path. */
  files: Record<string, string>;
  env: Record<string, string>;
};

/** What a block for lib/access.ts says, once its comments are gone: every table is plain data. */
function tablesOf(block: string): Tables {
  const names = [...block.matchAll(/^export const (\w+) = \{$/gm)].map(([, name]) => name);
  const script = `${block.replaceAll('export const', 'const')}\nreturn { ${names.join(', ')} };`;
  return { roles: {}, tenants: {}, access: {}, ...new Function(script)() };
}

/** Adds lines to tables as a developer does: a line that is there is replaced, and what is said of
 * a tenant is added to what is said of it already. */
function addTo(tables: Tables, added: Tables): Tables {
  const rules = Object.entries(added.tenants).map(([id, rule]) => [
    id,
    { ...tables.tenants[id], ...rule },
  ]);
  return {
    roles: { ...tables.roles, ...added.roles },
    tenants: { ...tables.tenants, ...Object.fromEntries(rules) },
    access: { ...tables.access, ...added.access },
  };
}

/** The moment that the recipes have as an example, and the one that stands in its place here: now. */
const example = '2026-01-31T09:00:00Z';
export const moment = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();

/** The recipes of docs/access.md, block by block. The word after a block's language names its file. */
export const recipes: readonly Recipe[] = readFileSync('docs/access.md', 'utf8')
  .replaceAll(example, moment)
  .split(/^## (?=\d+\. )/m)
  .slice(1)
  .map((section) => {
    const recipe: Recipe = {
      number: Number.parseInt(section, 10),
      tables: { roles: {}, tenants: {}, access: {} },
      files: {},
      env: {},
    };
    for (const [, file = '', block = ''] of section.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)) {
      if (file === 'lib/access.ts') recipe.tables = addTo(recipe.tables, tablesOf(block));
      else if (file === '.env.local') Object.assign(recipe.env, parseEnv(block));
      else recipe.files[file] = block;
    }
    return recipe;
  });

/** The variables that a recipe sets. */
export function envOf(number: number): Record<string, string> {
  const recipe = recipes.find((one) => one.number === number);
  if (!recipe) throw new Error(`docs/access.md has no recipe ${number}`);
  return recipe.env;
}

/** A table of lib/access.ts, from its opening brace to its closing one. */
const literal = (name: string) =>
  new RegExp(`(export const ${name}\\b[^=]*= )\\{\\n[\\s\\S]*?\\n\\}`);

type Addition = Pick<Recipe, 'tables' | 'files'>;

/** The app's own tables with the lines of every recipe, and of what a test adds to them. */
export function tablesWith(more: Addition): Tables {
  const base: Tables = { roles: { ...roles }, tenants: { ...tenants }, access: { ...access } };
  return [...recipes, more].reduce((sum, one) => addTo(sum, one.tables), base);
}

/** Applies every recipe to a copy of the project, and what a test adds to them. */
export function applyRecipes(folder: string, more: Addition): void {
  const tables = tablesWith(more);
  const file = join(folder, 'lib/access.ts');
  let text = readFileSync(file, 'utf8');
  for (const [name, table] of Object.entries(tables)) {
    if (!literal(name).test(text)) throw new Error(`lib/access.ts has no table ${name}`);
    text = text.replace(literal(name), (_, head) => head + JSON.stringify(table, null, 2));
  }
  writeFileSync(file, text);
  const files = [...recipes, more].flatMap((one) => Object.entries(one.files));
  for (const [path, page] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), page);
  }
}
