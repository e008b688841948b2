import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { sources } from '../../scripts/copy-project.mjs';
import { runsLinters } from '../../scripts/linters.mjs';
import { finalStage, imageOf, ownDockerfile } from '../dockerfile';

/** What is wrong with a Dockerfile: what its linter says, and what makes an image less than safe. */
function problemsOf(dockerfile: string): string[] {
  const { user, stopSignal, command, health, copies } = imageOf(dockerfile);
  const problems = validate(dockerfile).map(({ message }) => String(message));
  const add = (isWrong: boolean, problem: string) => isWrong && problems.push(problem);
  for (const [, image = ''] of dockerfile.matchAll(/^FROM (\S+)/gm)) {
    add(!/(:\d+\.\d+\.\d+-\w+|@sha256:[0-9a-f]{64})/.test(image), `${image} is no exact version`);
  }
  add(!/^[1-9]\d*:[1-9]\d*$/.test(user), 'the user is root, or named');
  add(!stopSignal, 'no stop signal');
  add(command.length === 0, 'the command is a shell that gets the signals instead');
  add(health.length === 0, 'no health check');
  add(/^ADD /m.test(dockerfile), 'ADD fetches and unpacks');
  add(
    copies.some((text) => !text.startsWith('--from=build ')),
    'something is copied past the build',
  );
  add(
    /^(ARG|ENV)\s.*(SECRET|PASSWORD|TOKEN|KEY|AZURE|AUTH_)/im.test(dockerfile),
    'a secret or a setting would be in a layer',
  );
  return problems;
}

test('the Dockerfile is without fault, and its image without package managers', () => {
  expect(problemsOf(ownDockerfile())).toEqual([]);
  const removed = finalStage(ownDockerfile()).find(({ name }) => name === 'RUN')?.text;
  expect(removed).toMatch(/^rm -rf .*\/npm .*\/npx .*\/corepack .*\/yarn /);
});

for (const [what, from, to] of [
  ['an instruction that does not exist', 'EXPOSE 3000', 'EXPOSES 3000'],
  ['a port that is none', 'EXPOSE 3000', 'EXPOSE web'],
  ['a flag that does not exist', '--interval=30s', '--every=30s'],
  ['a signal that does not exist', 'STOPSIGNAL SIGTERM', 'STOPSIGNAL TERMINATE'],
  ['a moving tag', /^FROM node:\S+$/m, 'FROM node:22'],
  ['root', 'USER 1000:1000', 'USER 0:0'],
  ['a user by name', 'USER 1000:1000', 'USER node'],
  ['a command in a shell', /^CMD .*$/m, 'CMD node start.mjs'],
  ['no health check', /^HEALTHCHECK [\s\S]*?\n {2}CMD .*$/m, ''],
  ['a file past the build', 'USER ', 'COPY .env ./\nUSER '],
  ['a secret', 'ENV NODE_ENV', 'ENV AUTH_SECRET=x NODE_ENV'],
] as const) {
  test(`a Dockerfile with ${what} is refused`, () => {
    const broken = ownDockerfile().replace(from, to);
    expect(broken).not.toBe(ownDockerfile());
    expect(problemsOf(broken)).not.toEqual([]);
  });
}

test('an image is built of what a build needs, and of no file with a secret', () => {
  const lines = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  expect(lines[0]).toBe('*');
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  expect(allowed.toSorted()).toEqual(sources.toSorted());
  // Below the folders that come along, whoever left it there.
  const never = ['.env*', '*.env', '*.key', '*.pem', '*.pfx', '.npmrc'].map((one) => `**/${one}`);
  expect(lines.slice(lines.findLastIndex((line) => line.startsWith('!')) + 1)).toEqual(never);
});

type Service = Record<string, unknown> & {
  environment?: Record<string, string>;
  networks: string[];
};
const composeFile = 'deploy/compose.yaml';
const services = (): Record<string, Service> => parse(readFileSync(composeFile, 'utf8')).services;

test('every container is read-only, without rights, and watched', () => {
  for (const [name, service] of Object.entries(services())) {
    expect(service, name).toMatchObject({
      ...{ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
      ...{ init: true, tmpfs: ['/tmp'], pids_limit: expect.any(Number) },
    });
    expect(service, name).not.toHaveProperty('privileged');
    // The app's are in the Dockerfile.
    if (name === 'app') continue;
    expect(service.user, name).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service, name).toHaveProperty('healthcheck.test');
    expect(service.image, name).toMatch(/:\d+\.\d+\.\d+(-\w+)?(@sha256:\w+)?$/);
  }
});

test('only the proxy can be reached, the store by the app alone, and both wait for each other', () => {
  const { app, proxy, store } = services();
  expect([app?.ports, store?.ports]).toEqual([undefined, undefined]);
  expect(parse(readFileSync(composeFile, 'utf8')).networks.back).toEqual({ internal: true });
  expect([app?.networks, proxy?.networks, store?.networks]).toEqual([
    ...[['front', 'back'], ['front'], ['back']],
  ]);
  expect(app?.depends_on).toEqual({ store: { condition: 'service_healthy' } });
  expect(proxy?.depends_on).toEqual({ app: { condition: 'service_healthy', restart: true } });
  // Six seconds for what hangs (docs/deploy.md, Health), and a few to spare.
  const delay = Number(app?.environment?.SHUTDOWN_DELAY_SECONDS);
  expect(Number.parseInt(String(app?.stop_grace_period), 10)).toBeGreaterThan(delay + 6);
});

test('passwords are in no file, on no command line, and in no container that needs none', () => {
  const { proxy, store } = services();
  expect(Object.keys(proxy?.environment ?? {}).toSorted()).toEqual([
    ...['AUTH_URL', 'NGINX_ENVSUBST_FILTER', 'NGINX_ENVSUBST_OUTPUT_DIR'],
  ]);
  const [, , settings = ''] = (store?.command ?? []) as string[];
  expect(settings).toMatch(/^exec valkey-server - <<SETTINGS\nrequirepass \$\$REDIS_PASSWORD\n/);
  expect(settings).toContain('maxmemory-policy noeviction');
  const example = readFileSync('deploy/.env.example', 'utf8');
  for (const name of ['AUTH_SECRET', 'REDIS_PASSWORD', 'AZURE_CLIENT_SECRET']) {
    expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
  }
});

test.describe('by its linter', () => {
  test.skip(!runsLinters, 'dclint needs Node 20.19');
  const problemsIn = async (text: string) => {
    const { DCLinter } = await import('dclint');
    const folder = mkdtempSync(join(tmpdir(), 'azure-auth-compose-'));
    const path = join(folder, 'compose.yaml');
    writeFileSync(path, text);
    // Our order tells what a service is, then how it is locked up.
    const linter = new DCLinter({
      rules: {
        'service-keys-order': 0,
        'require-quotes-in-ports': [2, { quoteType: 'double' }],
      },
      ...{ quiet: true, debug: false, exclude: [] },
    });
    const found = linter.lintFiles([path], false);
    rmSync(folder, { recursive: true });
    return found.flatMap(({ messages }) => messages.map(({ rule, line }) => `${line} ${rule}`));
  };

  test('the compose file follows the specification, and one with a fault does not', async () => {
    const own = readFileSync(composeFile, 'utf8');
    expect(await problemsIn(own)).toEqual([]);
    for (const [from, to] of [
      ['read_only: true', 'readonly: true'],
      ['condition: service_healthy', 'condition: healthy'],
      ['"0.0.0.0:80:8080"', '"80:8080"'],
      ['nginx:1.30.4', 'nginx'],
    ] as const) {
      expect(await problemsIn(own.replace(from, to)), to).not.toEqual([]);
    }
  });
});
