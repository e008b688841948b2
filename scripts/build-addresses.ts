/** The addresses that a build answers. */
import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { canonicalPath } from './access-lines';
import { readManifest, readPart } from './build-manifests';

/** One address of a build. `file` is where it is written, from the project's folder. */
export type Address = {
  path: string;
  kind: 'page' | 'handler' | 'public file' | 'rewrite';
  /** Whether the answer is made at build time, and the same for everybody. */
  isMade: boolean;
  file: string;
};

/** Next's own entries. They have no data, and their addresses are as closed as any unknown one. */
const builtIn = ['/_not-found/page', '/_global-error/page'];
const builtInPages = ['/_app', '/_document', '/_error', '/404', '/500'];

/** The address of a page that is shown inside another one: `/feed/(.)photo` is `/feed/photo`.
 * @see https://nextjs.org/docs/app/api-reference/file-conventions/intercepting-routes */
function shownAddress(path: string): string {
  const [, above = '', marker = '', shown = ''] =
    /^(.*?)\/(\(\.{3}\)|(?:\(\.{1,2}\))+)(.*)$/.exec(path) ?? [];
  if (!marker) return path;
  const parts = above.split('/').slice(1);
  const ups = marker === '(...)' ? parts.length : marker.split('(..)').length - 1;
  return ['', ...parts.slice(0, parts.length - ups), shown].join('/');
}

/** The addresses of a route as its manifest names it. An optional catch-all has two, because a
 * wildcard of the policy does not speak of the path that it hangs from. */
export function addressesAt(route: string): string[] {
  const path = canonicalPath(shownAddress(route));
  const [, above, name] = /^(.*)\/\[\[\.{3}(.+)\]\]$/.exec(path) ?? [];
  return above === undefined ? [path] : [above || '/', `${above}/[...${name}]`];
}

/** The file of a route, as its developer knows it; a metadata file has a name of its own. */
function sourceOf(folder: string, router: 'app' | 'pages', entry: string): string {
  const stem = router + entry;
  const metadata = stem.replace(/\/route$/, '');
  const extensions = ['tsx', 'ts', 'jsx', 'js'];
  const underscored = stem.replaceAll('/_', '/%5F'); // a folder with an underscore is no route
  const found = [
    ...[stem, underscored].flatMap((one) => extensions.map((extension) => `${one}.${extension}`)),
    metadata,
    ...[metadata, metadata.replace(/\.\w+$/, '')].flatMap((one) =>
      extensions.map((extension) => `${one}.${extension}`),
    ),
  ].find((file) => /\.\w+$/.test(file) && existsSync(join(folder, file)));
  return found ?? stem;
}

function publicFiles(folder: string): Address[] {
  const root = join(folder, 'public');
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .map((name) => name.split(sep).join('/'))
    .map((name) => ({
      path: canonicalPath(name.replaceAll('%', '%25')),
      kind: 'public file',
      isMade: true,
      file: `public${name}`,
    }));
}

function rewrites(folder: string): Address[] {
  const all = Object.values(readPart(folder, 'routes-manifest.json', 'rewrites')).flat() as {
    source: string;
    destination: string;
  }[];
  return all
    .filter(({ destination }) => !/\/\(\.{1,3}\)/.test(destination)) // its page is an address
    .flatMap(({ source }) => {
      const [fixed = '', rest = ''] = source.split(/(\/[^/]*[:(*].*)/);
      const parameter = rest && (/^\/:\w+[*?]$/.test(rest) ? '/[[...rest]]' : '/[rest]');
      return addressesAt(fixed + parameter);
    })
    .map((path) => ({
      path,
      kind: 'rewrite',
      isMade: false,
      file: 'A rewrite of next.config.mjs',
    }));
}

/** Every address of a build. @param folder where `.next` and `public` lie */
export function addressesOf(folder: string): Address[] {
  const made = Object.entries(readPart(folder, 'prerender-manifest.json', 'routes')).flatMap(
    ([path, { srcRoute }]) => [path, srcRoute],
  );
  const dynamic = Object.keys(readPart(folder, 'prerender-manifest.json', 'dynamicRoutes'));
  const isMade = (path: string) => made.includes(path) || dynamic.includes(path);

  const app = Object.entries(readManifest(folder, 'app-path-routes-manifest.json'))
    .filter(([entry]) => !builtIn.includes(entry))
    .flatMap(([entry, route]) =>
      addressesAt(String(route)).map((path): Address => {
        const kind = entry.endsWith('/route') ? 'handler' : 'page';
        return { path, kind, isMade: isMade(String(route)), file: sourceOf(folder, 'app', entry) };
      }),
    );
  const pages = Object.entries(readManifest(folder, 'server/pages-manifest.json'))
    .filter(([route]) => !builtInPages.includes(route))
    .flatMap(([route, built]) =>
      addressesAt(route).map((path): Address => {
        const kind = route.startsWith('/api/') ? 'handler' : 'page';
        const isHtml = String(built).endsWith('.html');
        return {
          ...{ path, kind, isMade: isHtml || isMade(route) },
          file: sourceOf(folder, 'pages', route),
        };
      }),
    );
  const all = [...app, ...pages, ...publicFiles(folder), ...rewrites(folder)];
  // The slots of a layout and the pages shown inside others have an address that is there already.
  const isSame = (one: Address, other: Address) =>
    one.path === other.path && one.isMade === other.isMade;
  return all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
}
