import { delimiter } from 'node:path';
import { expect } from '@playwright/test';
import { installedAz } from '../../../setup/az';
import { parseCommand } from '../../../setup/command';
import type { Connection } from '../../../setup/connection';
import { saveVariables } from '../../../setup/env-file';
import type { Typed } from '../../../setup/fields';
import type { Finding } from '../../../setup/finding';
import { runSetup } from '../../../setup/run';
import { createFakeAz, type Directory } from './fake-az';
import { createFolder } from './folder';

/** Where the Azure CLI is signed in, and the tenant of every domain name. */
export const homeTenantId = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
export const otherTenantId = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';

const searchPath = process.env.PATH;

export type Run = {
  args?: string[];
  known?: Partial<Typed>;
  directory?: Partial<Directory>;
  root?: string;
  /** What the tests find, time after time; the last again and again. */
  found?: Finding['code'][][];
  answers?: string[];
};

const finding = (code: string): Finding => ({
  code,
  status: code === 'fine' ? 'ok' : 'fail',
  subject: 'test',
  says: 'So it is.',
});

/** Runs `npm run setup -- --az` against an Azure CLI that is a file of this test. */
export async function setUp(run: Run = {}) {
  const az = createFakeAz({ tenantId: homeTenantId, ...run.directory });
  process.env.PATH = run.directory?.absent ? az.folder : [az.folder, searchPath].join(delimiter);
  const root = run.root ?? createFolder();
  const out: string[] = [];
  const tested: Connection[] = [];
  const answers = [...(run.answers ?? [])];
  let waited = 0;
  const code = await runSetup(
    parseCommand(['--az', ...(run.args ?? ['--yes', '--json'])]),
    {
      place: { root, appUrl: 'http://localhost:3000' },
      known: { clientId: '', clientSecret: '', tenants: '', ...run.known },
      ask: async (question) => {
        out.push(question);
        return answers.shift() ?? '';
      },
      say: (line) => out.push(line),
      answer: (json) => out.push(json),
      tools: {
        fetch: () => Promise.reject(new Error('nobody asked')),
        nowSeconds: () => 1_800_000_000,
        save: saveVariables,
        randomSecret: () => 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
        az: installedAz,
        wait: async (seconds) => {
          waited += seconds;
        },
      },
    },
    {
      async testConnection(connection) {
        const codes = run.found?.[Math.min(tested.length, run.found.length - 1)] ?? ['fine'];
        tested.push(connection);
        return codes.map(finding);
      },
      async resolveTenants(domains) {
        return { tenantIds: domains.map(() => otherTenantId), findings: [] };
      },
    },
  );
  process.env.PATH = searchPath;
  const directory = az.read();
  const calls = az.calls();
  const shown = out.join('\n');
  // Whatever happens: no secret on a command line, and none on the screen.
  for (const password of [...directory.apps.flatMap(({ passwords }) => passwords)]) {
    expect(JSON.stringify(calls)).not.toContain(password);
    expect(shown).not.toContain(password);
  }
  const writes = calls.filter(([, , verb, further]) =>
    /create|update|reset/.test(`${verb} ${further}`),
  );
  const json = out.find((line) => line.startsWith('{"saved"'));
  const answer = json ? JSON.parse(json) : undefined;
  const codes: string[] = answer?.findings.map((one: Finding) => one.code) ?? [];
  return { code, root, out, shown, tested, waited, directory, calls, writes, answer, codes };
}
