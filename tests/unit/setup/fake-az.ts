import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder } from './folder';

/** What is registered, as the Azure CLI shows it, and what it refuses. */
export type Directory = {
  tenantId: string;
  environmentName: string;
  apps: {
    appId: string;
    displayName: string;
    signInAudience: string;
    web: { redirectUris: string[] };
    passwords: string[];
  }[];
  /** Client ids of the apps that have a service principal. */
  principals: string[];
  /** Standard error of every command, of those that change something, of the one for secrets. */
  fault: string | null;
  writeFault: string | null;
  secretFault: string | null;
  /** Whether there is no Azure CLI at all. */
  absent: boolean;
};

/** As strict as the real one: an unknown command or flag is an error (exit code 2). What `create`
 * does with a name that is there, and `reset` without `--append`, is what the real one does. */
const script = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const args = process.argv.slice(2);
appendFileSync(join(__dirname, 'calls.jsonl'), JSON.stringify(args) + '\\n');
const file = join(__dirname, 'directory.json');
const directory = JSON.parse(readFileSync(file, 'utf8'));
const fail = (text, code = 1) => { process.stderr.write(text + '\\n'); process.exit(code); };
const first = args.findIndex((arg) => arg.startsWith('-'));
const command = args.slice(0, first).join(' ');
const flags = {};
let flag;
for (const arg of args.slice(first)) {
  if (arg.startsWith('--')) flags[(flag = arg.slice(2))] = [];
  else flags[flag].push(arg);
}
const known = {
  'account show': [],
  'ad app list': ['app-id', 'display-name'],
  'ad app create': ['display-name', 'sign-in-audience', 'web-redirect-uris', 'requested-access-token-version'],
  'ad app update': ['id', 'sign-in-audience', 'web-redirect-uris', 'requested-access-token-version'],
  'ad app credential reset': ['id', 'append', 'display-name', 'end-date'],
  'ad sp list': ['filter'],
  'ad sp create': ['id'],
}[command];
if (!known) fail('unrecognized command', 2);
for (const name of Object.keys(flags)) {
  if (![...known, 'output', 'only-show-errors'].includes(name)) fail('unrecognized argument', 2);
}
if (flags.output?.[0] !== 'json') fail('the output would be for people', 2);
if (directory.fault) fail(directory.fault);
if (/create|update|reset/.test(command) && directory.writeFault) fail(directory.writeFault);
const find = () => directory.apps.find(({ appId }) => appId === flags.id?.[0]) ?? fail('not found', 3);
const apply = (app) => {
  if (flags['sign-in-audience']) {
    if (flags['sign-in-audience'][0].includes('Personal') && flags['requested-access-token-version']?.[0] !== '2') {
      fail('Property api.requestedAccessTokenVersion is invalid.');
    }
    app.signInAudience = flags['sign-in-audience'][0];
  }
  if (flags['web-redirect-uris']) app.web = { redirectUris: flags['web-redirect-uris'] };
};
const shown = ({ passwords, ...app }) => app;
const answers = {
  'account show': () => ({ tenantId: directory.tenantId, environmentName: directory.environmentName }),
  'ad app list': () =>
    directory.apps
      .filter(({ appId, displayName }) =>
        flags['app-id'] ? appId === flags['app-id'][0] : displayName.startsWith(flags['display-name'][0]))
      .map(shown),
  'ad app create': () => {
    const displayName = flags['display-name'][0];
    let app = directory.apps.find((one) => one.displayName === displayName);
    if (!app) {
      app = { appId: crypto.randomUUID(), displayName, web: { redirectUris: [] }, passwords: [] };
      directory.apps.push(app);
    }
    apply(app);
    return shown(app);
  },
  'ad app update': () => void apply(find()),
  'ad app credential reset': () => {
    if (directory.secretFault) fail(directory.secretFault);
    const app = find();
    const password = 'entra-made-secret-' + (app.passwords.length + 1) + '~' + crypto.randomUUID();
    app.passwords = flags.append ? [...app.passwords, password] : [password];
    process.stderr.write('WARNING: The output includes credentials that you must protect.\\n');
    return { appId: app.appId, password, tenant: directory.tenantId };
  },
  'ad sp list': () => directory.principals.filter((id) => flags.filter[0] === "appId eq '" + id + "'"),
  'ad sp create': () => {
    find();
    directory.principals.push(flags.id[0]);
    return { appId: flags.id[0] };
  },
};
const answer = answers[command]();
writeFileSync(file, JSON.stringify(directory));
if (answer !== undefined) process.stdout.write(JSON.stringify(answer));
`;

/** An Azure CLI to put on `PATH`: keeps a directory in a file, and a record of its calls. */
export function createFakeAz(changes: Partial<Directory>) {
  const folder = createFolder();
  const directory: Directory = {
    ...{ tenantId: '', environmentName: 'AzureCloud', apps: [], principals: [] },
    ...{ fault: null, writeFault: null, secretFault: null, absent: false },
    ...changes,
  };
  const [file, record] = [join(folder, 'directory.json'), join(folder, 'calls.jsonl')];
  writeFileSync(file, JSON.stringify(directory));
  if (!directory.absent) writeFileSync(join(folder, 'az'), script, { mode: 0o755 });
  return {
    folder,
    read: (): Directory => JSON.parse(readFileSync(file, 'utf8')),
    calls: (): string[][] =>
      existsSync(record)
        ? readFileSync(record, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
  };
}
