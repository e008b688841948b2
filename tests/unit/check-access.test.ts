import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { access } from '../../lib/access';
import { type Invented, inventBuild, removeBuilds } from './invented-build';

test.afterAll(removeBuilds);

const jiti = createRequire(import.meta.url)
  .resolve('jiti/package.json')
  .replace('package.json', 'lib/jiti-cli.mjs');
const script = fileURLToPath(new URL('../../scripts/check-access.ts', import.meta.url));

/** What can be started of a build. */
const startable = ['.next/standalone/server.js', '.next/BUILD_ID'];

function check(folder: string) {
  const { status, stderr } = spawnSync(process.execPath, [jiti, script], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'development' }, // as somebody's shell may have it
    encoding: 'utf8',
  });
  return { status, stderr, left: startable.filter((file) => existsSync(join(folder, file))) };
}

/** A build with exactly what the table speaks of. */
const complete: Invented = {
  app: Object.fromEntries(
    Object.entries(access)
      .filter(([, policy]) => policy !== 'absent')
      .map(([line]) => line.replace('*', '[id]'))
      .map((path) => [`${path}/route`, path]),
  ),
  files: startable,
};

test('a build with what lib/access.ts speaks of, and nothing else, is kept', () => {
  expect(check(inventBuild(complete))).toEqual({ status: 0, stderr: '', left: startable });
});

test('of a build with an address that nobody decided about nothing is left to start', () => {
  const app = { ...complete.app, '/surprise/page': '/surprise' };
  const { status, stderr, left } = check(inventBuild({ ...complete, app }));
  expect([status, left]).toEqual([1, []]);
  expect(stderr).toContain("'/surprise': 'signed-in',");
});

test('of a build that cannot be read nothing is left to start', () => {
  const folder = inventBuild(complete);
  rmSync(join(folder, '.next/routes-manifest.json'));
  const { status, stderr, left } = check(folder);
  expect([status, left]).toEqual([1, []]);
  expect(stderr).toContain('routes-manifest.json');
});
