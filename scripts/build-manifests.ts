/** What Next writes down about a build. These manifests are its own and undocumented, so one that is
 * missing or has another shape is an error: nobody could tell what it hides. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Records = Record<string, Record<string, unknown>>;

/** A manifest of a build. @throws Error when it is missing or no object */
export function readManifest(folder: string, name: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, '.next', name), 'utf8'));
  if (typeof manifest !== 'object' || !manifest) throw new Error(`.next/${name} is no manifest`);
  return manifest as Record<string, unknown>;
}

/** Part of a manifest. @throws Error when it is missing */
export function readPart(folder: string, name: string, part: string): Records {
  const value = readManifest(folder, name)[part];
  if (typeof value !== 'object' || !value) throw new Error(`.next/${name} has no ${part}`);
  return value as Records;
}

type Matcher = { regexp: string; has?: unknown; missing?: unknown };

/** Whether the middleware of a build sees a path, whatever else the request is like; undefined
 * where the build has no middleware. */
export function guardOf(folder: string): ((path: string) => boolean) | undefined {
  const onEdge = Object.values(readPart(folder, 'server/middleware-manifest.json', 'middleware'));
  const { '/_middleware': onNode } = readPart(
    folder,
    'server/functions-config-manifest.json',
    'functions',
  );
  const runs = [...onEdge, ...(onNode ? [onNode] : [])];
  if (runs.length === 0) return undefined;
  const always = runs
    .flatMap(({ matchers }) => matchers as Matcher[])
    .filter(({ has, missing }) => !has && !missing);
  return (path) => always.some(({ regexp }) => new RegExp(regexp).test(path));
}
