import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What there is in a build, in the words of Next's manifests. */
export type Invented = {
  /** Entry -> route, `/account/page` -> `/account`. */
  app?: Record<string, string>;
  pages?: Record<string, string>;
  /** Path -> the route that it was made from. */
  made?: Record<string, string>;
  dynamic?: string[];
  rewrites?: { source: string; destination: string }[];
  actions?: { workers: string[]; filename: string; exportedName: string }[];
  /** Its matchers; nothing for a build without a middleware. */
  middleware?: { regexp: string; has?: unknown; missing?: unknown }[] | undefined;
  /** The same, where it runs on Node. */
  proxy?: { regexp: string }[];
  /** Source and public files, which need no content. */
  files?: string[];
};

const folders: string[] = [];

/** Removes every build that was invented. */
export function removeBuilds(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Writes the manifests that Next would write. @returns the project's folder */
export function inventBuild(build: Invented): string {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-build-'));
  folders.push(folder);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const { middleware = [{ regexp: '^/.*$' }] } = build;
  const hasMiddleware = !('middleware' in build) || build.middleware !== undefined;
  const manifests = {
    'app-path-routes-manifest.json': { '/_not-found/page': '/_not-found', ...build.app },
    'prerender-manifest.json': {
      routes: Object.fromEntries(
        Object.entries(build.made ?? {}).map(([path, srcRoute]) => [path, { srcRoute }]),
      ),
      dynamicRoutes: Object.fromEntries((build.dynamic ?? []).map((route) => [route, {}])),
    },
    'routes-manifest.json': {
      rewrites: { beforeFiles: [], afterFiles: build.rewrites ?? [], fallback: [] },
    },
    'server/pages-manifest.json': { '/500': 'pages/500.html', ...build.pages },
    'server/server-reference-manifest.json': {
      node: Object.fromEntries(
        (build.actions ?? []).map(({ workers, ...rest }, index) => [
          `00${index}`,
          { ...rest, workers: Object.fromEntries(workers.map((one) => [one, {}])) },
        ]),
      ),
      edge: {},
      encryptionKey: 'invented',
    },
    'server/middleware-manifest.json': {
      middleware: hasMiddleware ? { '/': { matchers: middleware } } : {},
    },
    'server/functions-config-manifest.json': {
      functions: build.proxy ? { '/_middleware': { matchers: build.proxy } } : {},
    },
  };
  for (const [name, manifest] of Object.entries(manifests)) {
    write(join('.next', name), JSON.stringify(manifest));
  }
  for (const file of build.files ?? []) write(file, '');
  return folder;
}
