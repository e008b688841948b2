import { parseArgs } from 'node:util';

/** `npm run setup`, as it was asked for. */
export type Command = {
  help: boolean;
  /** Asks nothing. */
  yes: boolean;
  json: boolean;
  az: boolean;
  secretFromStdin: boolean;
  clientId?: string;
  tenants?: string;
  name?: string;
  /** The app's public origin, for its redirect URIs. */
  origin?: string;
};

/** Thrown for a command line that cannot be followed. Never repeats an argument: it may be a
 * secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run setup -- [options]

Asks for the three values, tests them with Microsoft and saves them in .env.local.

  --client-id ID    Application (client) ID; else AZURE_CLIENT_ID
  --tenants LIST    who may come in: tenant IDs or domain names; else AZURE_VALID_TENANT_IDS
  --secret-stdin    read the client secret from standard input; else AZURE_CLIENT_SECRET
  --host ORIGIN     the app's public address, such as https://app.example.com
  --az              register the app through the Azure CLI, and make the secret
  --name NAME       with --az: the name that people see at sign-in
  --yes             ask nothing
  --json            with --yes: one line of JSON: saved, problems, findings
  --help            this text

A secret is never an argument. Exit code: 0 saved, 1 refused, 2 wrong usage.`;

const secretAsArgument =
  'A secret on the command line is seen by everyone on this machine and stays in the history of the shell: put it in AZURE_CLIENT_SECRET, or send it to --secret-stdin.';

function readOrigin(host: string): string {
  const text = /^[a-z]+:\/\//i.test(host) ? host : `https://${host}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (
    url?.protocol === 'https:' &&
    url.origin === text.replace(/\/$/, '').toLowerCase() &&
    !local
  ) {
    return url.origin;
  }
  throw new UsageError('--host must be the public https address of the app, without a path.');
}

function readName(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,89}$/u.test(name)) return name;
  throw new UsageError('--name may have letters, digits, spaces and . _ ( ) - in it, 90 at most.');
}

/** Reads the arguments after `npm run setup --`.
 * @throws UsageError */
export function parseCommand(args: readonly string[]): Command {
  const isSecret = (arg: string) =>
    /^-+(azure[-_])?(client[-_]?)?(secret|password)/i.test(arg) && arg !== '--secret-stdin';
  if (args.some(isSecret)) throw new UsageError(secretAsArgument);
  const values = readOptions(args);
  const { 'client-id': clientId, tenants, name, host } = values;
  const command = {
    help: values.help ?? false,
    yes: values.yes ?? false,
    json: values.json ?? false,
    az: values.az ?? false,
    secretFromStdin: values['secret-stdin'] ?? false,
    ...(clientId !== undefined && { clientId }),
    ...(tenants !== undefined && { tenants }),
    ...(name !== undefined && { name: readName(name) }),
    ...(host !== undefined && { origin: readOrigin(host) }),
  };
  if (command.json && !command.yes) throw new UsageError('--json asks nothing: it needs --yes.');
  if (command.secretFromStdin && !command.yes) {
    throw new UsageError('--secret-stdin leaves nowhere to answer from: it needs --yes.');
  }
  if (command.secretFromStdin && command.az) {
    throw new UsageError('--az makes the secret: leave --secret-stdin out.');
  }
  return command;
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        yes: { type: 'boolean', short: 'y' },
        json: { type: 'boolean' },
        az: { type: 'boolean' },
        'secret-stdin': { type: 'boolean' },
        'client-id': { type: 'string' },
        tenants: { type: 'string' },
        name: { type: 'string' },
        host: { type: 'string' },
      },
    }).values;
  } catch {
    throw new UsageError('An argument is unknown, or lacks its value.');
  }
}
