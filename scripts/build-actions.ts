import { addressesAt } from './build-addresses';
import { readManifest, readPart } from './build-manifests';

/** A Server Action, and the routes at which it can be called. A build names no inline action. */
export type Action = { id: string; name?: string; file: string; routes: string[] };

/** Every Server Action of a build: those written inline and every export of a `'use server'` file
 * that some route imports, used or not. */
export function actionsOf(folder: string): Action[] {
  const paths = readManifest(folder, 'app-path-routes-manifest.json');
  const byRuntime = ['node', 'edge'].map((runtime) =>
    readPart(folder, 'server/server-reference-manifest.json', runtime),
  );
  return byRuntime.flatMap(Object.entries).map(([id, { workers, filename, exportedName }]) => {
    const name = String(exportedName ?? '$$');
    return {
      id,
      ...(!name.startsWith('$$') && { name }),
      file: String(filename ?? 'a file'),
      routes: [
        ...new Set(
          Object.keys(workers as object).flatMap((worker) =>
            addressesAt(String(paths[worker.replace(/^app/, '')] ?? `/${worker}`)),
          ),
        ),
      ],
    };
  });
}
