import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { UsageError } from '../../../setup/command';
import { parseCommand } from '../../../setup/doctor/command';
import { exitCodeOf, jsonFromFindings, linesFromFindings } from '../../../setup/doctor/report';
import type { Finding, Status } from '../../../setup/finding';
import { dayFrom, production, secret, tenant } from './doctor-environments';
import { createProject, root, write } from './doctor-projects';
import { removeFolders } from './folder';

test.afterAll(removeFolders);

const usual = { help: false, json: false, offline: false, production: false };

test('the arguments say what is looked at', () => {
  expect(parseCommand([], undefined)).toEqual(usual);
  expect(parseCommand([], 'production')).toEqual({ ...usual, production: true });
  expect(parseCommand(['--production', '--offline', '--json'], 'development')).toEqual({
    ...usual,
    ...{ production: true, offline: true, json: true },
  });
  for (const [text, url] of [
    ['https://app.example.com', 'https://app.example.com'],
    ['HTTPS://App.example.com:8443/', 'https://app.example.com:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
  ] as const) {
    expect(parseCommand([`--url=${text}`], undefined)).toEqual({ ...usual, url });
  }
});

test('an address that is no origin, or goes over http, is refused without repeating it', () => {
  const wrong = [
    ...['canary', 'app.example.com', 'http://canary.example.com', 'https://canary.example.com/app'],
    ...['https://canary.example.com/?x', 'https://canary.example.com/#', 'ftp://localhost'],
    ...['https://canary@app.example.com', 'http://localhost.canary.example', '', 'https://'],
  ];
  const refusals = wrong.map((text) => {
    try {
      return parseCommand(['--url', text], undefined);
    } catch (error) {
      return error;
    }
  });
  expect(refusals.filter((one) => !(one instanceof UsageError))).toEqual([]);
  expect(refusals.join()).not.toContain('canary');
  expect(() => parseCommand(['--canary'], undefined)).toThrow(UsageError);
  expect(() => parseCommand(['canary'], undefined)).toThrow(UsageError);
});

const finding = (status: Status, subject = 'Gate'): Finding => ({
  ...{ code: `is_${status}`, status, subject, says: `It is ${status}.` },
  ...(status !== 'ok' && { next: 'Mend it.' }),
});

test('the exit code is the worst finding', () => {
  const cases: [findings: Status[], code: number, ok: boolean][] = [
    [[], 0, true],
    [['ok', 'ok'], 0, true],
    [['ok', 'warn'], 1, true],
    [['warn', 'fail', 'ok'], 2, false],
    [['fail'], 2, false],
  ];
  for (const [statuses, code, ok] of cases) {
    const findings = statuses.map((status) => finding(status));
    expect(exitCodeOf(findings)).toBe(code);
    expect(JSON.parse(jsonFromFindings(findings))).toEqual({ ok, findings });
  }
});

test('findings are told by subject, with sign and next step', () => {
  const findings = [finding('ok'), finding('warn', 'Packages'), finding('fail')];
  expect(linesFromFindings(findings)).toEqual([
    ...['Gate', '  ✓ It is ok.', '  ✗ It is fail.', '    Mend it.', ''],
    ...['Packages', '  ! It is warn.', '    Mend it.', ''],
    '1 to mend, 1 to know, 1 right',
  ]);
});

test.describe('npm run doctor', () => {
  const jiti = join(
    createRequire(import.meta.url).resolve('jiti/package.json'),
    '../lib/jiti-cli.mjs',
  );
  function doctor(
    folder: string,
    args: string[],
    NODE_ENV: 'production' | 'development' = 'development',
  ) {
    const { PATH = '', HOME = '' } = process.env;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [jiti, join(root, 'setup/doctor.ts'), '--offline', ...args],
      { cwd: folder, encoding: 'utf8', env: { PATH, HOME, NODE_ENV } },
    );
    expect(stderr).toBe('');
    const faults = (JSON.parse(stdout).findings as Finding[]).filter(({ status: s }) => s !== 'ok');
    return { status, stdout, faults: faults.map(({ subject, code }) => `${subject} ${code}`) };
  }

  test('reads what Next would read, and ends with 0, 1 or 2', () => {
    const folder = createProject();
    expect(doctor(folder, ['--json'])).toMatchObject({
      status: 1,
      faults: ['Settings stand_in_used'],
    });

    // A public AUTH_URL in a file is for production; development makes its own session secret.
    write(
      folder,
      '.env.local',
      [
        `AZURE_CLIENT_ID=${production.AZURE_CLIENT_ID}`,
        `AZURE_CLIENT_SECRET=${secret}`,
        `AZURE_CLIENT_SECRET_EXPIRES=${dayFrom(100)}`,
        `AZURE_VALID_TENANT_IDS=${tenant}`,
        'AUTH_URL=https://portal.contoso.example',
      ].join('\n'),
    );
    expect(doctor(folder, ['--json'])).toMatchObject({ status: 0, faults: [] });
    // Beside a public address it would be refused.
    write(folder, '.env.development', 'ENTRA_LOCAL_URL=http://127.0.0.1:4999');
    expect(doctor(folder, ['--json'])).toMatchObject({
      status: 1,
      faults: ['ENTRA_LOCAL_URL stand_in_used'],
    });
    const asDeployed = doctor(folder, ['--json'], 'production');
    expect(asDeployed).toMatchObject({ status: 2, faults: ['AUTH_SECRET missing'] });
    expect(asDeployed.stdout).not.toContain(secret);
    write(folder, '.env.production', `AUTH_SECRET=${production.AUTH_SECRET}`);
    expect(doctor(folder, ['--json', '--production'])).toMatchObject({ status: 0, faults: [] });
  });
});
