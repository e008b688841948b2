import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { listen } from '../../entra-local/serve.mjs';
import { freePort } from '../../scripts/free-port.mjs';
import { standaloneFolder, statusOf } from '../../scripts/instance.mjs';
import { startProgram, until } from '../../scripts/program.mjs';
import { Robot } from '../attack/robot';
import { imageOf, ownDockerfile } from '../dockerfile';
import { environmentFor } from './fixtures';

const image = imageOf(ownDockerfile());
const [uid = '', gid = ''] = image.user.split(':');
const isRoot = process.getuid?.() === 0;

/** As in a container: another user, with no right beyond files, and no way to get one. Without root's
 * rights the user stays, and only the folder is as in the image. */
const asUser = isRoot
  ? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs'].concat(
      ...['--bounding-set=-all', '--inh-caps=-all'],
    )
  : [];

/** Every file and folder below. */
const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));

/** Does to a folder what the last stage does to `/`, and makes all of it read-only.
 * @returns the image's root @throws Error at an instruction that this does not know */
function carryOut(): string {
  const root = mkdtempSync(join(tmpdir(), 'azure-auth-container-'));
  for (const path of [
    '/usr/local/lib/node_modules/npm',
    '/usr/local/bin',
    '/opt/yarn-v1',
    '/tmp',
  ]) {
    mkdirSync(join(root, path), { recursive: true });
  }
  writeFileSync(join(root, '/usr/local/bin/npm'), '');
  for (const text of image.runs) {
    const [command, flag, ...paths] = text.split(/\s+/);
    if (command !== 'rm' || flag !== '-rf' || !paths.every((path) => path.startsWith('/'))) {
      throw new Error(`not known: RUN ${text}`);
    }
    const inside = paths.map((path) => `.${path}`).join(' ');
    spawnSync('sh', ['-c', `rm -rf ${inside}`], { cwd: root });
  }
  const app = join(root, image.workdir);
  for (const text of image.copies) {
    if (text !== '--from=build --chown=0:0 /app/.next/standalone ./') {
      throw new Error(`not known: COPY ${text}`);
    }
    cpSync(standaloneFolder, app, { recursive: true, verbatimSymlinks: true });
  }
  if (isRoot) spawnSync('chown', ['-R', '0:0', root]);
  spawnSync('chmod', ['-R', 'a-w,a+rX', root]);
  return root;
}

test('the steps of the image run as another user who may write nothing, and stop in time', async () => {
  test.skip(process.platform === 'win32', 'users and rights are others there');
  const root = carryOut();
  const before = below(root);
  expect(before.filter((path) => /\/(npm|yarn)/.test(path.slice(root.length)))).toEqual([]);
  const app = join(root, image.workdir);
  const entra = await listen({ port: 0 });
  const port = await freePort(48_000 + (process.pid % 100) * 100);
  const url = `http://localhost:${port}`;
  let output = '';
  const env = {
    ...image.env,
    ...environmentFor(entra),
    AUTH_URL: url,
    SHUTDOWN_DELAY_SECONDS: '1',
    PORT: String(port), // somebody may have 3000
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    // What a container has without a tmpfs: nowhere to write.
    ...{ HOME: join(root, 'home'), TMPDIR: join(root, 'tmp') },
  };
  /** Runs something in there, as CMD and HEALTHCHECK are. */
  const commandLine = (command: string[]): [string, string[]] => {
    const [program = '', ...args] = [...asUser, ...command];
    return [program, args];
  };
  const healthcheck = () =>
    spawnSync(...commandLine(image.health), { cwd: app, env: env as never }).status;

  const mayWrite = spawnSync(...commandLine(['sh', '-c', 'touch here .next/here ../tmp/here']), {
    cwd: app,
  });
  expect(mayWrite.status).not.toBe(0);
  expect(below(root)).toEqual(before);
  expect(healthcheck()).toBe(1);

  const server = startProgram(...commandLine(image.command), {
    ...{ cwd: app, env },
    onLine: (line) => {
      output += `${line}\n`;
    },
  });
  try {
    const answers = async () => !server.isRunning() || (await statusOf(`${url}/readyz`)) === 200;
    await until(answers, 'the server does not answer', 45);
    expect(server.isRunning(), output).toBe(true);
    if (isRoot) {
      const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
      expect(status).toMatch(new RegExp(`^Uid:\\t${uid}\\t${uid}\\t`, 'm'));
      expect(status).toMatch(/^CapBnd:\t0+$/m);
    }
    // `spawnSync` would hold this process, and with it the stand-in.
    const health = startProgram(...commandLine(image.health), { cwd: app, env });
    expect(await health.ended()).toBe(0);

    const robot = new Robot({ entra, app: { url } });
    for (const path of ['/', '/auth/sign-in', '/no-such-page']) await robot.open(path);
    expect((await robot.signIn()).headers.get('location')).toBe(`${url}/account`);
    expect((await robot.open('/account')).status).toBe(200);

    const grace = parse(readFileSync('deploy/compose.yaml', 'utf8')).services.app.stop_grace_period;
    const started = performance.now();
    expect(image.stopSignal).toBe('SIGTERM');
    expect(await server.stop(image.stopSignal as NodeJS.Signals)).toBe(0);
    expect(performance.now() - started).toBeLessThan(Number.parseInt(grace, 10) * 1000);
    expect(healthcheck()).toBe(1);
    expect(below(root)).toEqual(before);
    expect(output).not.toMatch(/EACCES|EROFS|EPERM|ENOENT|[Ff]ailed/);
  } finally {
    await server.stop('SIGKILL');
    await entra.close();
    spawnSync('chmod', ['-R', 'u+w', root]);
    rmSync(root, { recursive: true });
  }
});
