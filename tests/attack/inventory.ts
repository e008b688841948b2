import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { access } from '../../lib/access';
import { needsSession, type Policy } from '../../lib/route-policy';

/** One address that a build answers, and who may open it. */
export type Route = {
  path: string;
  kind: 'page' | 'handler' | 'made at build time' | 'public file' | 'rewrite' | 'absent';
  policy: Policy;
  /** The ids of the Server Actions that run there. */
  actions: string[];
};

type Table = Readonly<Record<string, Policy>>;
type Manifest = Record<string, unknown>;

/** Next's own pages. They have no data, and their addresses are as closed as any unknown one. */
const builtIn = /^\/(_[^/]+|404|500)$/;

const readManifest = (folder: string, name: string): Manifest => {
  const file = join(folder, '.next', name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};

/** The line that speaks of a route: its own, or for `/docs/[id]` the one of `/docs/*`. A wildcard
 * that merely covers a route is not enough: nobody decided about that route. */
function ownLine(path: string): string {
  const parameter = path.indexOf('/[');
  return parameter < 0 ? path : `${path.slice(0, parameter)}/*`;
}

function publicFiles(folder: string): string[] {
  const root = join(folder, 'public');
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .map((path) => path.split(sep).map(encodeURIComponent).join('/'));
}

/** Every address of a build, as its own manifests name it. */
function addresses(folder: string): { path: string; kind: Route['kind'] }[] {
  const app = Object.entries(readManifest(folder, 'app-path-routes-manifest.json'));
  const pages = Object.keys(readManifest(folder, 'server/pages-manifest.json'));
  const made = Object.keys(
    (readManifest(folder, 'prerender-manifest.json').routes ?? {}) as Manifest,
  );
  const { rewrites = {} } = readManifest(folder, 'routes-manifest.json') as {
    rewrites?: Record<string, { source: string }[]>;
  };
  const routes = [
    ...app.map(([entry, path]) => ({
      path: String(path),
      kind: entry.endsWith('/route') ? ('handler' as const) : ('page' as const),
    })),
    ...pages.map((path) => ({ path, kind: 'page' as const })),
  ].filter(({ path }) => !builtIn.test(path));
  return [
    ...routes.map((route) =>
      made.includes(route.path) ? { ...route, kind: 'made at build time' as const } : route,
    ),
    ...publicFiles(folder).map((path) => ({ path, kind: 'public file' as const })),
    ...Object.values(rewrites)
      .flat()
      .map(({ source }) => ({
        path: source.replace(/\/:.*/, '/[rest]'),
        kind: 'rewrite' as const,
      })),
  ];
}

/** The Server Actions of a build by the routes whose pages can call them. */
function actionsByRoute(folder: string): Map<string, string[]> {
  const routeOf = readManifest(folder, 'app-path-routes-manifest.json');
  const byRoute = new Map<string, string[]>();
  for (const actions of Object.values(
    readManifest(folder, 'server/server-reference-manifest.json'),
  )) {
    if (typeof actions !== 'object') continue; // the key that seals what actions close over
    for (const [id, { workers }] of Object.entries(
      actions as Record<string, { workers: object }>,
    )) {
      for (const worker of Object.keys(workers)) {
        const route = String(routeOf[worker.replace(/^app/, '')] ?? worker);
        byRoute.set(route, [...(byRoute.get(route) ?? []), id]);
      }
    }
  }
  return byRoute;
}

function problemOf({ path, kind, policy, actions }: Route, isGuarded: (path: string) => boolean) {
  if (policy === 'absent' && kind !== 'absent') return `${path} is there, and its policy is absent`;
  if (needsSession(policy) && !isGuarded(path)) return `${path} is never seen by the middleware`;
  if (needsSession(policy) && kind === 'public file') {
    return `${path} is a public file: only the middleware closes it. Serve it from a route handler`;
  }
  if (needsSession(policy) && kind === 'made at build time') {
    return `${path} is made at build time: caches may keep it, and it knows no session`;
  }
  if (!needsSession(policy) && actions.length > 0) return `${path} is open and has a Server Action`;
  return undefined;
}

/** Every route of a build with its verdict, and what is wrong with the table.
 * @param folder a standalone folder: what is really run */
export function inventory(folder = '.next/standalone', table: Table = access) {
  const actions = actionsByRoute(folder);
  const found = addresses(folder);
  const middleware = Object.values(
    (readManifest(folder, 'server/middleware-manifest.json').middleware ?? {}) as Record<
      string,
      { matchers: { regexp: string }[] }
    >,
  );
  const matchers = middleware.flatMap(({ matchers }) => matchers);
  const isGuarded = (path: string) => matchers.some(({ regexp }) => new RegExp(regexp).test(path));

  const routes = found.map(
    ({ path, kind }): Route => ({
      ...{ path, kind, actions: actions.get(path) ?? [] },
      policy: table[ownLine(path)] ?? 'signed-in',
    }),
  );
  const lines = new Set(found.map(({ path }) => ownLine(path)));
  const problems = [
    ...found
      .filter(({ path }) => !Object.hasOwn(table, ownLine(path)))
      .map(({ path, kind }) => `${path} (${kind}) has no line in lib/access.ts`),
    ...Object.entries(table)
      .filter(([line, policy]) => policy !== 'absent' && !lines.has(line))
      .map(([line]) => `${line} has a line in lib/access.ts, and there is nothing`),
    ...routes.flatMap((route) => problemOf(route, isGuarded) ?? []),
    ...[...actions.keys()]
      .filter((path) => !found.some((one) => one.path === path))
      .map((path) => `${path} has a Server Action, and is no route`),
  ];
  const absent = Object.keys(table)
    .filter((line) => table[line] === 'absent')
    .map((line): Route => {
      const path = line.replace('/*', '/session');
      return { path, kind: 'absent', policy: 'absent', actions: [] };
    });
  return { routes: [...routes, ...absent], problems };
}

/** What keeps a build out: each address, action or file that nobody decided about. */
export function inventoryProblems(folder?: string, table?: Table): string[] {
  return inventory(folder, table).problems;
}
