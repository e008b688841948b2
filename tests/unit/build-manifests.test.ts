import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { coveredRoutes } from '../../scripts/covered-routes';
import { inventBuild, removeBuilds } from './invented-build';

test.afterAll(removeBuilds);

test('a manifest that is missing is an error, and not an empty build', () => {
  for (const name of [
    'app-path-routes-manifest.json',
    'prerender-manifest.json',
    'routes-manifest.json',
    'server/functions-config-manifest.json',
    'server/middleware-manifest.json',
    'server/pages-manifest.json',
    'server/server-reference-manifest.json',
  ]) {
    const folder = inventBuild({});
    expect(coveredRoutes(folder, {}).problems).toEqual([]);
    rmSync(join(folder, '.next', name));
    expect(() => coveredRoutes(folder, {}), name).toThrow(name.split('/').at(-1));
  }
});
