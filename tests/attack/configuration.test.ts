import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { access } from '../../lib/access';
import type { Policy } from '../../lib/route-policy';
import { site } from '../../lib/site';
import { type Lock, type Manifest, packagesBelowFloor } from '../../setup/package-floor';
import { startApp } from '../app-server';
import { expect, type Stack, test } from '../e2e/fixtures';
import { inventoryProblems } from './inventory';
import { schemaFromDocument, schemaFromSource, schemaProblems } from './log-schema';
import { title } from './matrix';
import { expectRefusedStart } from './outcomes';
import { Robot } from './robot';

type Refused = [variable: string, value: string, code: string];

/** Every value keeps the app from starting, with the reason and without the value. */
async function expectEachRefused(env: Stack['env'], cases: readonly Refused[]): Promise<void> {
  for (const [variable, value, code] of cases) {
    await test.step(`${variable}=${value}`, async () => {
      const app = await startApp({ ...env, [variable]: value });
      expectRefusedStart(app, { variable, code }, value.length > 8 ? [value] : []);
      expect(app.output()).toContain(`${variable} `);
    });
  }
}

test(title('CF-01'), async ({ stack }) => {
  const good = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
  await expectEachRefused(stack.env, [
    ['AUTH_SECRET', '', 'missing'],
    ['AUTH_SECRET', 'a', 'too_short'],
    ['AUTH_SECRET', good.slice(0, 31), 'too_short'],
    ['AUTH_SECRET', `${good},short`, 'too_short'],
    ['AUTH_SECRET', 'change-me-change-me-change-me-change-me', 'placeholder'],
    ['AUTH_SECRET', '<run: openssl rand -base64 32>', 'placeholder'],
    ['AUTH_SECRET', 'a'.repeat(44), 'too_simple'],
    ['AUTH_SECRET', 'Passw0rd'.repeat(6), 'too_simple'],
  ]);
});

test(title('CF-02'), async ({ stack }) => {
  const { AZURE_VALID_TENANT_IDS: list = '' } = stack.env;
  const [first = ''] = list.split(',');
  const host = 'https://login.microsoftonline.com';
  await expectEachRefused(stack.env, [
    ['AZURE_CLIENT_ID', '', 'missing'],
    ['AZURE_CLIENT_ID', 'undefined', 'not_a_guid'],
    ['AZURE_CLIENT_ID', '00000000-0000-0000-0000-000000000000', 'placeholder'],
    ['AZURE_CLIENT_SECRET', '', 'missing'],
    ['AZURE_CLIENT_SECRET', '8a6e9d14-3b7c-4f21-9e05-c1d2a3b4e5f6', 'secret_id'],
    ['AZURE_CLIENT_SECRET', '"abc~8Q~defghijklmnopqrst"', 'quoted'],
    ['AZURE_ISSUER_URI', `${host}/contoso.onmicrosoft.com/v2.0`, 'not_an_issuer'],
    ['AZURE_ISSUER_URI', `https://sts.windows.net/${first}/`, 'not_an_issuer'],
    ['AZURE_ISSUER_URI', `${host}/${first}`, 'not_an_issuer'],
    ['AZURE_ISSUER_URI', 'https://login.microsoftonline.de/common/v2.0', 'not_an_issuer'],
    ['AZURE_AUTHORITY_HOST', `${host}.evil.example`, 'unknown_cloud'],
    ['AZURE_AUTHORITY_HOST', 'https://evil.ciamlogin.com.example', 'unknown_cloud'],
    ['AZURE_ISSUER_URI', `${host}.evil.example/common/v2.0`, 'not_an_issuer'],
    ['AZURE_ISSUER_URI', `${host}/${first}/v2.0`, 'issuer_excludes_tenants'],
  ]);
  const app = await startApp({ ...stack.env, AZURE_ISSUER_URI: `${host}/contoso.com/v2.0` });
  expect(app.events('config.error')[0]?.problem).toContain('not a domain name');

  // All that is missing is named at once, and no stand-in steps in for it.
  const nothing = await startApp({ AUTH_URL: '' });
  expect(nothing.process.exitCode).toBe(1);
  const problems = nothing.events('config.error').map(({ variable, code }) => [variable, code]);
  expect(problems.sort()).toEqual([
    ['AUTH_SECRET', 'missing'],
    ['AUTH_URL', 'missing'],
    ['AZURE_CLIENT_ID', 'missing'],
    ['AZURE_CLIENT_SECRET', 'missing'],
    ['AZURE_VALID_TENANT_IDS', 'missing'],
  ]);
});

test(title('CF-03'), async ({ stack, entra }) => {
  const { ENTRA_LOCAL_URL: _, ...real } = stack.env;
  await expectEachRefused(real, [
    ['AUTH_URL', '', 'missing'],
    ['AUTH_URL', 'not a url', 'not_an_origin'],
    ['AUTH_URL', 'javascript:alert(1)', 'not_an_origin'],
    ['AUTH_URL', 'https://app.example.com/app', 'not_an_origin'],
    ['AUTH_URL', 'https://user@app.example.com', 'not_an_origin'],
    ['AUTH_URL', 'http://app.example.com', 'not_https'],
    ['AUTH_URL', 'http://localhost.evil.example', 'not_https'],
    ['AUTH_URL', 'http://192.168.0.10', 'not_https'],
  ]);

  const evil = 'https://evil.example';
  for (const AUTH_TRUST_HOST of ['false', 'true', '0', '1']) {
    const others = { NEXTAUTH_URL: evil, NEXTAUTH_URL_INTERNAL: evil, VERCEL: '1', CF_PAGES: '1' };
    const app = await startApp({
      ...stack.env,
      ...others,
      AUTH_TRUST_HOST,
      AUTH_REDIRECT_PROXY_URL: evil,
    });
    try {
      const robot = new Robot({ entra, app });
      const forwarded = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example;proto=https',
      };
      const gate = await robot.open('/account', { headers: forwarded });
      expect(gate.headers.get('location')).not.toContain('evil');
      const start = await robot.fetch('/auth/start', {
        method: 'POST',
        headers: { ...forwarded, origin: robot.origin, 'sec-fetch-site': 'same-origin' },
      });
      const request = new URL(start.headers.get('location') ?? '');
      expect(request.origin).toBe(entra.url);
      expect(request.searchParams.get('redirect_uri')).toBe(
        `${app.url}/authorization-code/callback`,
      );
      expect(request.href).not.toContain('evil');
      const callback = await robot.answer(request);
      const answer = await robot.fetch(callback, { headers: forwarded });
      expect(answer.headers.get('location')).toBe(app.url + site.homePath);
      expect(await robot.me()).toBeTruthy();
      expect([...robot.cookies().keys()].filter((name) => name.startsWith('__'))).toEqual([]);
    } finally {
      await app.stop();
    }
  }
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('node_modules'));

test(title('CF-04'), async ({ stack, entra }) => {
  await expectEachRefused(stack.env, [
    ['AZURE_ISSUER_URI', 'http://login.microsoftonline.com/common/v2.0', 'not_an_issuer'],
    ['AZURE_ISSUER_URI', 'https://localhost:4000/common/v2.0', 'not_an_issuer'],
    ['AZURE_ISSUER_URI', 'https://entra-local.invalid/common/v2.0', 'not_an_issuer'],
    ['ENTRA_LOCAL_URL', 'http://entra.example.com', 'not_loopback'],
    ['ENTRA_LOCAL_URL', 'http://192.168.0.10:4000', 'not_loopback'],
    ['ENTRA_LOCAL_URL', 'https://127.0.0.1:4000', 'not_loopback'],
  ]);
  const beside = await startApp({ ...stack.env, AUTH_URL: 'https://app.example.com' });
  expectRefusedStart(beside, { variable: 'ENTRA_LOCAL_URL', code: 'not_loopback' });

  // Its texts outlive every minifier, so none of them may be in anything that is deployed.
  const read = (files: string[]) => files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const ours = read(['app', 'components', 'lib', 'scripts'].flatMap(filesBelow));
  const texts = filesBelow('entra-local')
    .filter((file) => file.endsWith('.mjs'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'([^'\n]{30,})'/g)])
    .map(([, text = '']) => text)
    .filter((text) => !ours.includes(text));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts).toContain('Member of a listed organisation, with the app role Admin.');
  expect(existsSync('.next/standalone/entra-local')).toBe(false);
  for (const folder of ['.next/standalone', '.next/static', '.next/server']) {
    const files = filesBelow(folder);
    expect(files.length, folder).toBeGreaterThan(3);
    for (const file of files) {
      const built = readFileSync(file, 'utf8');
      expect(
        texts.filter((text) => built.includes(text)),
        file,
      ).toEqual([]);
    }
  }

  // Nor does the app answer in its place.
  const wellKnown = '/common/v2.0/.well-known/openid-configuration';
  const there = await fetch(entra.url + wellKnown);
  expect(await there.json()).toHaveProperty('issuer');
  const robot = new Robot(stack);
  for (const path of [wellKnown, '/common/oauth2/v2.0/authorize', '/__control']) {
    expect((await robot.open(path)).status, path).toBe(303);
    expect([303, 401], path).toContain((await robot.post(path)).status);
  }
  await robot.signIn();
  for (const path of [wellKnown, '/common/oauth2/v2.0/authorize', '/__control']) {
    expect((await robot.open(path)).status, path).toBe(404);
  }
});

const source = (file: string) => readFileSync(file, 'utf8');

test(title('CF-08'), () => {
  const manifest: Manifest = JSON.parse(source('package.json'));
  const lock: Lock = JSON.parse(source('package-lock.json'));
  expect(packagesBelowFloor(manifest, lock)).toEqual([]);
  const older: [name: string, version: string][] = [
    ['next', '16.3.2'],
    ['next', '16.4.0-canary.1'],
    ['next', '^16.4.6'],
    ['next-auth', '5.0.0-beta.4'],
    ['@auth/core', '0.9.9'],
  ];
  for (const [name, version] of older) {
    const dependencies = { ...manifest.dependencies, [name]: version };
    const nested = { [`node_modules/other/node_modules/${name}`]: { version } };
    const missing = Object.fromEntries(
      Object.entries(lock.packages).filter(([path]) => path !== `node_modules/${name}`),
    );
    expect(packagesBelowFloor({ dependencies }, lock)).toHaveLength(1);
    expect(packagesBelowFloor(manifest, { packages: { ...lock.packages, ...nested } })).toEqual([
      expect.stringContaining(`${name} ${version}: `),
    ]);
    expect(packagesBelowFloor(manifest, { packages: missing })).toHaveLength(1);
  }

  expect(inventoryProblems()).toEqual([]);
  const decided: Record<string, Policy> = { ...access, '/gone': 'public' };
  const { '/account': _, ...table } = decided;
  expect(inventoryProblems('.next/standalone', table)).toEqual([
    'nothing_there /gone',
    'no_policy /account',
  ]);

  const [audit, error, described] = [
    source('lib/audit.ts'),
    source('lib/sign-in-error.ts'),
    source('docs/logs.md'),
  ] as const;
  const document = schemaFromDocument(described);
  const problems = (code: string) => schemaProblems(schemaFromSource(code, error), document);
  expect(problems(audit)).toEqual([]);
  expect(document.events.size).toBe(audit.match(/event: '[\w.]+'(?!,)/g)?.length);
  const changes: [from: string, to: string][] = [
    ["| { event: 'example.action'", "| { event: 'new.event' }\n  | { event: 'example.action'"],
    ["{ event: 'example.action'; sessionId: string }", "{ event: 'example.action' }"],
    ["'session.invalid'; reason: string", "'session.invalid'; reason?: string"],
    ["event: 'sign_out';", "event: 'sign_out';\n      email: string;"],
    ["scope: 'app' | 'microsoft' | 'everywhere'", "scope: 'app' | 'elsewhere'"],
    ["event: 'rate_limited'", "event: 'rate.limited'"],
  ];
  for (const [from, to] of changes) {
    expect(audit).toContain(from);
    expect(problems(audit.replace(from, to)).length, to).toBeGreaterThan(0);
  }
  const forgotten = described.replace(/^\| `gate\.deny`.*\n/m, '');
  const schema = schemaFromSource(audit, error);
  expect(schemaProblems(schema, schemaFromDocument(forgotten))).toHaveLength(1);
});
