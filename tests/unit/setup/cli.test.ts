import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { parseCommand } from '../../../setup/command';
import type { Tests } from '../../../setup/connect';
import { saveVariables } from '../../../setup/env-file';
import type { Typed } from '../../../setup/fields';
import { heldValue } from '../../../setup/prompt';
import { runSetup } from '../../../setup/run';
import { createFolder, readByNext, removeFolders } from './folder';

test.afterAll(removeFolders);

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const client = '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57';
const secret = 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo';

/** A conversation: what is answered to each question, and what the tests find each time. */
async function converse(
  answers: string[],
  { args = [] as string[], known = {} as Partial<Typed>, found = [[]] as string[][] } = {},
) {
  const root = createFolder();
  const said: string[] = [];
  const asked: { question: string; hidden: boolean }[] = [];
  const tests: Tests = {
    testConnection: async () =>
      (found.shift() ?? []).map((code) => ({
        ...{ code, status: 'fail', subject: 'Client secret' },
        ...{ says: 'It is wrong.', next: 'Mend it.', link: 'https://entra.microsoft.com' },
      })),
    resolveTenants: async () => ({ tenantIds: [], findings: [] }),
  };
  const code = await runSetup(
    parseCommand(args),
    {
      place: { root, appUrl: 'http://localhost:3000' },
      known: { clientId: '', clientSecret: '', tenants: '', ...known },
      ask: async (question, { hidden = false } = {}) => {
        asked.push({ question, hidden });
        const answer = answers.shift();
        if (answer === undefined) throw new Error(`nobody answers: ${question}`);
        return answer;
      },
      say: (line) => said.push(line),
      answer: (json) => said.push(json),
      tools: {
        fetch: () => Promise.reject(new Error('nobody asked')),
        nowSeconds: () => 1_800_000_000,
        save: saveVariables,
        randomSecret: () => 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
        az: () => Promise.reject(new Error('nobody asked')),
        wait: async () => {},
      },
    },
    tests,
  );
  return { code, root, said, asked, left: answers.length };
}

test('three answers are tested and saved; the secret is asked for without showing it', async () => {
  const { code, root, said, asked } = await converse([client, secret, contoso], {
    args: ['--host', 'https://app.example.com'],
  });
  expect(code).toBe(0);
  expect(readByNext([root])[0]).toMatchObject({
    AZURE_CLIENT_ID: client,
    AZURE_CLIENT_SECRET: secret,
    AZURE_VALID_TENANT_IDS: contoso,
  });
  expect(asked.map(({ hidden }) => hidden)).toEqual([false, true, false]);
  expect(said.filter((line) => /^ {2}http/.test(line)).map((line) => line.trim())).toEqual([
    'http://localhost/authorization-code/callback',
    'http://localhost/auth/signed-out',
    'http://localhost/auth/approve/done',
    'https://app.example.com/authorization-code/callback',
    'https://app.example.com/auth/signed-out',
    'https://app.example.com/auth/approve/done',
    'https://app.example.com/authorization-code/front-channel-logout', // https alone
  ]);
  expect(said.join()).not.toContain(secret);
  expect(said.at(-1)).toContain('npm run dev');
});

test('a field is asked for again until it can be right', async () => {
  const answers = ['nonsense', client, contoso, secret, 'common', contoso];
  const { code, said, left } = await converse(answers);
  expect([code, left]).toEqual([0, 0]);
  expect(said.filter((line) => line.startsWith('✗'))).toHaveLength(3);
});

test('Enter keeps what is known, of which only the end is shown', async () => {
  const known = { clientId: client, clientSecret: secret, tenants: contoso };
  const { code, root, asked } = await converse(['', ' ', ''], { known });
  expect([code, readByNext([root])[0]?.AZURE_CLIENT_SECRET]).toEqual([0, secret]);
  const questions = asked.map(({ question }) => question).join();
  expect(questions).toContain(`set, ends in …${secret.slice(-3)}`);
  for (const value of Object.values(known)) expect(questions).not.toContain(value.slice(-4));
  expect(heldValue('short-one')).toBe('set');
});

test('after a test that failed the values can be changed, and nothing was saved meanwhile', async () => {
  const again = await converse([client, secret, contoso, 'y', '', `${secret}2`, ''], {
    found: [['secret_wrong'], []],
  });
  expect([again.code, readByNext([again.root])[0]?.AZURE_CLIENT_SECRET]).toEqual([0, `${secret}2`]);
  expect(again.said).toEqual(
    expect.arrayContaining(['✗ Client secret: It is wrong.', '    Mend it.']),
  );
  const enough = await converse([client, secret, contoso, ''], { found: [['secret_wrong']] });
  expect([enough.code, readdirSync(enough.root)]).toEqual([1, []]);
});

test('values that are only wrong beside each other are asked for again', async () => {
  const { code, left } = await converse([contoso, secret, contoso, client]);
  expect([code, left]).toEqual([0, 0]);
});

const jiti = createRequire(import.meta.url)
  .resolve('jiti/package.json')
  .replace('package.json', 'lib/jiti-cli.mjs');
const cli = fileURLToPath(new URL('../../../setup/cli.ts', import.meta.url));

function runCli(args: string[], { env = {}, input = '', cwd = createFolder() } = {}) {
  const { PATH } = process.env;
  const options = {
    cwd,
    input,
    encoding: 'utf8' as const,
    env: { PATH, NODE_ENV: 'development', ...env },
  };
  return {
    cwd,
    ...spawnSync(process.execPath, [jiti, cli, ...args], options as never),
  } as unknown as {
    cwd: string;
    status: number;
    stdout: string;
    stderr: string;
  };
}

test('the command refuses what it cannot ask or must not be told', () => {
  const pipe = runCli([]);
  expect([pipe.status, pipe.stdout]).toEqual([2, '']);
  expect(pipe.stderr).toContain('--yes');
  const told = runCli(['--yes', '--json', `--client-secret=${secret}`]);
  expect([told.status, told.stdout]).toEqual([2, '']);
  expect(told.stderr).not.toContain(secret);
});

test('values come from the environment, the secret from a pipe, and the rest from .env.local', () => {
  const cwd = createFolder();
  const text = `AZURE_VALID_TENANT_IDS="${contoso}, common"\nAZURE_CLIENT_SECRET=${secret}\n`;
  writeFileSync(join(cwd, '.env.local'), text);
  const { status, stdout } = runCli(['--yes', '--json', '--secret-stdin'], {
    cwd,
    env: { AZURE_CLIENT_ID: client },
    input: `${client}\n`,
  });
  const { saved, problems, findings } = JSON.parse(stdout);
  expect([status, saved, findings]).toEqual([1, false, []]);
  expect(problems.map(({ field, code }: Record<string, string>) => `${field} ${code}`)).toEqual([
    'clientSecret secret_id',
    'tenants tenant_is_authority',
  ]);
  expect(readFileSync(join(cwd, '.env.local'), 'utf8')).toBe(text);
});
