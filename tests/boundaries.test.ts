import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

// Over 250 lines: every rule about the tree in one list, over one reading of the files.
const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['app', 'components', 'lib', 'setup', 'entra-local', 'scripts', 'bench', 'tests'];

/** Every source file of ours, as a path from the root. */
const files: string[] = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
  if (entry.isFile()) return [entry.name];
  if (!folders.includes(entry.name)) return [];
  return readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(entry.name, path.replaceAll('\\', '/')))
    .filter((path) => !path.startsWith('bench/peers/')); // other libraries, as their documentation has it
});
const sources = files.filter((file) => /\.(tsx?|mjs|cjs|jsx?|css)$/.test(file));
const scripts = sources.filter((file) => !file.endsWith('.css') && file !== 'next-env.d.ts');
const text = new Map(sources.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const read = (file: string) => text.get(file) ?? '';
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** The top folder of a file; `root` for the files beside package.json. */
const zoneOf = (file: string) => (file.includes('/') ? (file.split('/')[0] as string) : 'root');

/** What a file imports: our own files as paths from the root, packages as they are written. */
function importsOf(file: string): string[] {
  const pattern =
    /(?:^|[^\w.])(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[^\w.])import\s*['"]([^'"]+)['"]|(?:import|require|resolve)\(\s*['"]([^'"]+)['"]/gm;
  return [...read(file).matchAll(pattern)].map((match) => {
    const name = (match[1] ?? match[2] ?? match[3]) as string;
    if (name.startsWith('@/')) return name.slice(2);
    return name.startsWith('.') ? posix.join(posix.dirname(file), name) : `package:${name}`;
  });
}
const imports = new Map(
  scripts
    // They quote imports.
    .filter((file) => !file.startsWith('scripts/deletions/') && file !== 'tests/forks/wishes.ts')
    .map((file) => [file, importsOf(file)]),
);

/** What only `next dev` knows: its routes, and what they alone are made of. */
const isDevelopmentOnly = (file: string) =>
  /^app\/.*\.dev\.tsx?$/.test(file) || file.startsWith('components/setup/');

/** `file -> import` for every import that `forbidden` names. */
const importsThat = (forbidden: (file: string, name: string) => boolean): string[] =>
  [...imports].flatMap(([file, names]) =>
    names.filter((name) => forbidden(file, name)).map((name) => `${file} -> ${name}`),
  );
const packageNamed = (...packages: string[]) => new RegExp(`^package:(${packages.join('|')})(/|$)`);

test('the files of the project are found and their imports are read', () => {
  expect(scripts.length).toBeGreaterThan(40);
  expect(imports.get('lib/auth-js.ts')).toEqual(
    expect.arrayContaining(['package:next-auth', 'package:server-only', 'lib/transport']),
  );
  expect(imports.get('instrumentation.ts')).toContain('lib/boot');
  expect(imports.get('app/api/me/route.ts')).toContain('lib/auth');
});

test.describe('imports', () => {
  const allowed: Record<string, string[]> = {
    app: ['app', 'components', 'lib'],
    components: ['components', 'lib'],
    lib: ['lib'],
    setup: ['setup', 'lib'],
    root: ['root', 'lib'],
    'entra-local': ['entra-local'],
    scripts: ['scripts', 'entra-local', 'lib'],
    bench: ['bench', 'scripts', 'entra-local', 'lib', 'root'],
    tests: ['tests', 'setup', 'bench', 'scripts', 'entra-local', 'lib', 'root'],
  };
  for (const [zone, targets] of Object.entries(allowed)) {
    test(`${zone} imports only from ${targets.join(', ')}`, () => {
      const wrong = importsThat((file, name) => {
        if (zoneOf(file) !== zone || name.startsWith('package:')) return false;
        if (isDevelopmentOnly(file) && name.startsWith('setup/')) return false;
        // In a branch of development's, which no build has (tests/e2e/setup-absent.test.ts).
        if (file === 'instrumentation.ts' && name === 'setup/flights/recorder') return false;
        // Next's reader of `.env` files has one door, which the commands share.
        if (zoneOf(file) === 'setup' && name === 'scripts/next-env.mjs') return false;
        // The runner's own configuration stands with the tests.
        if (file === 'playwright.config.ts' && /^(scripts|tests)\//.test(name)) return false;
        return !targets.includes(zoneOf(name));
      });
      expect(
        wrong,
        'Imports point one way: app -> components -> lib. Routes only compose, lib never knows who calls it, and entra-local is the other side of the wire, deletable as a whole.',
      ).toEqual([]);
    });
  }

  test('entra-local imports only Node and its own files', () => {
    expect(
      importsThat(
        (file, name) => zoneOf(file) === 'entra-local' && /^package:(?!node:)/.test(name),
      ),
      'The stand-in must not share code or faults with the app, and runs without its packages.',
    ).toEqual([]);
  });

  test('only lib/auth-js.ts imports next-auth and @auth/core', () => {
    expect(
      importsThat(
        (file, name) =>
          file !== 'lib/auth-js.ts' &&
          zoneOf(file) !== 'tests' &&
          packageNamed('next-auth', '@auth').test(name),
      ),
      'Auth.js has one door, lib/auth-js.ts, where its defaults are replaced; a second one would be unguarded.',
    ).toEqual([]);
  });

  test('only lib/managed-identity.ts imports @azure/identity, and only while the app runs', () => {
    const importers = [...imports].filter(([, names]) => names.includes('package:@azure/identity'));
    expect(importers.map(([file]) => file)).toEqual(['lib/managed-identity.ts']);
    expect(
      read('lib/managed-identity.ts'),
      'Whoever has no managed identity does not pay for the library of one.',
    ).not.toMatch(/from '@azure\/identity'/);
  });

  test('only development imports the set-up page', () => {
    expect(
      importsThat((file, name) => !isDevelopmentOnly(file) && name.startsWith('components/setup/')),
      'The set-up page writes configuration. It must not get into a build.',
    ).toEqual([]);
  });

  const serverOnly = [
    'lib/approval.ts',
    'lib/auth-js.ts',
    'lib/auth.ts',
    'lib/command-endpoint.ts',
    'lib/csp-report.ts',
    'lib/current-words.ts',
    'lib/front-channel.ts',
    'lib/judge-admission.ts',
    'lib/product.ts',
    'lib/rate-limit.ts',
    'lib/refuse.ts',
    'lib/session-check.ts',
    'lib/sign-in.ts',
    'lib/sign-out.ts',
  ];
  test('exactly the composition root and what answers requests are server-only', () => {
    const users = [...imports].filter(([, names]) => names.includes('package:server-only'));
    expect(
      users.map(([file]) => file).sort(),
      'These hold secrets, keys and counters, or ask for the request. What reads a key or a token from a file cannot reach a browser, which has no node:fs; all other files of lib are pure and need no mark.',
    ).toEqual(serverOnly);
  });

  test('the rest of lib imports only zod and jose', () => {
    // The start-up check, what it sets up, and what reads a file: the edge needs none of them.
    const exempt = [
      ...serverOnly,
      'lib/boot.ts',
      'lib/client-certificate.ts',
      'lib/client-prover.ts',
      'lib/federated-token.ts',
      'lib/incoming-requests.ts',
      'lib/managed-identity.ts',
      'lib/node-cipher.ts',
      'lib/redis-client.ts',
      'lib/redis-problem.ts',
    ];
    expect(
      importsThat(
        (file, name) =>
          zoneOf(file) === 'lib' &&
          !exempt.includes(file) &&
          name.startsWith('package:') &&
          !packageNamed('zod', 'jose').test(name),
      ),
      'lib runs on the edge and in tests without mocks: no next, no react, no node:.',
    ).toEqual([]);
  });
});

test('the environment is read in the composition root and in start files alone', () => {
  const readers = [
    ...['lib/product.ts', 'lib/boot.ts', 'instrumentation.ts', 'middleware.ts', 'next.config.mjs'],
    ...['playwright.config.ts', 'entra-local/serve.mjs'],
  ];
  // A constant that the compiler writes down, so that a page can say more in development.
  const mayAsk = (file: string) =>
    ['app', 'components'].includes(zoneOf(file)) ||
    ['lib/access.ts', 'lib/flight.ts'].includes(file);
  const withoutConstant = (file: string) =>
    mayAsk(file) ? read(file).replaceAll(/\bprocess\.env\.NODE_ENV\b/g, '') : read(file);
  const wrong = scripts.filter(
    (file) =>
      /process\s*\??\.\s*env|process\s*\[|from ['"](node:)?process['"]/.test(
        withoutConstant(file),
      ) &&
      !isDevelopmentOnly(file) &&
      !readers.includes(file) &&
      !['setup', 'scripts', 'bench', 'tests'].includes(zoneOf(file)),
  );
  expect(
    wrong,
    'Every setting goes through parseConfig, so that a missing one stops the start and not a visitor. process.env.NODE_ENV is no setting: the compiler puts a constant in its place, in app/, components/, lib/access.ts and lib/flight.ts as well.',
  ).toEqual([]);
});

test("no file of lib begins with 'use server'", () => {
  const wrong = scripts.filter(
    (file) => zoneOf(file) === 'lib' && /^['"]use server['"]/m.test(read(file)),
  );
  expect(
    wrong,
    "Every export of a 'use server' module is an endpoint that anyone can call. Write the action inline in its form.",
  ).toEqual([]);
});

const clientComponents = [
  'app/error.tsx',
  'app/global-error.tsx',
  'components/copy-button.tsx',
  'components/session-watch.tsx',
  'components/setup/live-status.tsx',
  'components/signed-out-signal.tsx',
];
test('only what cannot do without JavaScript is a Client Component', () => {
  const wrong = scripts.filter(
    (file) => /^\s*['"]use client['"]/m.test(read(file)) && !clientComponents.includes(file),
  );
  expect(
    wrong,
    'What a Client Component imports is sent to browsers, and pages here need no JavaScript. A component that only the boundaries import needs no directive of its own.',
  ).toEqual([]);
});

test('redirects are built from the configured origin alone', () => {
  const wrong = scripts.filter(
    (file) =>
      ['app', 'components', 'lib', 'root'].includes(zoneOf(file)) &&
      /\b(Next)?Response\s*\.\s*redirect\s*\(/.test(read(file)),
  );
  expect(
    wrong,
    'Response.redirect invites new URL(path, request.url), whose host the visitor chooses. Use seeOther with config.origin.',
  ).toEqual([]);
});

test('no file is named for what it happens to hold', () => {
  const wrong = scripts.filter((file) =>
    /(^|[/.-])(utils?|helpers?|misc|common)\.[cm]?[jt]sx?$|(^|\/)index\.[cm]?[jt]sx?$/.test(file),
  );
  expect(
    wrong,
    'A file is named for the one thing that it is; barrels hide what is imported from where.',
  ).toEqual([]);
});

test('no source file is longer than 250 lines without saying why', () => {
  const wrong = sources.filter((file) => {
    const lines = read(file).trimEnd().split('\n');
    return lines.length > 250 && !lines.some((line) => /Over 250 lines: \S/.test(line));
  });
  expect(
    wrong,
    'A longer file is two files, or says why not in a line "Over 250 lines: <reason>".',
  ).toEqual([]);
});

test.describe('packages', () => {
  const { dependencies, devDependencies } = json('package.json') as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const locked = json('package-lock.json').packages as Record<string, { version: string }>;

  test('every version is pinned exactly', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose, 'What was tested is what is installed: no ranges, tags or URLs.').toEqual([]);
  });

  test('there are at most ten in production', () => {
    expect(
      Object.keys(dependencies).length,
      'Each is code of others that sees tokens and secrets. Write the ten lines, or take another out.',
    ).toBeLessThanOrEqual(10);
  });

  test('there is exactly one copy of @auth/core, next-auth, next and jose', () => {
    for (const name of ['@auth/core', 'next-auth', 'next', 'jose']) {
      const copies = Object.keys(locked).filter((path) => path.endsWith(`node_modules/${name}`));
      expect(
        copies,
        'A second copy has symbols and classes of its own: customFetch would be ignored without a word.',
      ).toEqual([`node_modules/${name}`]);
    }
  });
});
