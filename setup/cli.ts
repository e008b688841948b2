/** `npm run setup`: the three values from the terminal, tested and saved; with `--az` the whole
 * registration. The page at /setup does the same in a browser. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { standInUrl } from '../lib/config-variables';
import { loadEnvConfig } from '../scripts/next-env.mjs';
import { installedAz } from './az';
import { type Command, parseCommand, UsageError, usage } from './command';
import { saveVariables } from './env-file';
import { Left, terminalPrompt } from './prompt';
import { runSetup, type Surroundings } from './run';

/** npm starts us in the project's folder. */
const root = process.cwd();
const shell = { ...process.env };

/** More than any secret, less than what is piped in by mistake. */
const maxPipedBytes = 64 * 1024;

async function readPiped(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.length > maxPipedBytes)
      throw new UsageError('Standard input is too long for a secret.');
  }
  return text;
}

/** As `npm run dev` does: a public AUTH_URL in a file is meant for production. */
function appUrlFrom(setting: (name: string) => string): string {
  const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(setting('AUTH_URL'));
  return local ? setting('AUTH_URL') : `http://localhost:${Number(setting('PORT')) || 3000}`;
}

async function surroundings(command: Command): Promise<Surroundings> {
  const quiet = { info() {}, error() {} };
  const { combinedEnv: files } = loadEnvConfig(root, true, quiet);
  const setting = (name: string) => (shell[name] || files[name] || '').trim();
  const standIn = standInUrl.safeParse(setting('ENTRA_LOCAL_URL'));
  if (!standIn.success) {
    throw new UsageError('ENTRA_LOCAL_URL must be an http address of this machine, or unset.');
  }
  return {
    place: {
      root,
      appUrl: appUrlFrom(setting),
      environment: shell,
      ...(standIn.data && { standInUrl: standIn.data.origin }),
    },
    known: {
      clientId: command.clientId ?? setting('AZURE_CLIENT_ID'),
      clientSecret: command.secretFromStdin ? await readPiped() : setting('AZURE_CLIENT_SECRET'),
      tenants: command.tenants ?? setting('AZURE_VALID_TENANT_IDS'),
    },
    ask: terminalPrompt(),
    // A program that reads JSON gets nothing else on standard output.
    say: (line) => (command.json ? process.stderr : process.stdout).write(`${line}\n`),
    answer: (json) => process.stdout.write(`${json}\n`),
    tools: {
      fetch: (url, init) => fetch(url, init),
      nowSeconds: () => Math.floor(Date.now() / 1000),
      save: saveVariables,
      randomSecret: () => randomBytes(32).toString('base64'),
      az: installedAz,
      wait: async (seconds) => {
        await sleep(seconds * 1000);
      },
    },
  };
}

async function main(): Promise<number> {
  try {
    const command = parseCommand(process.argv.slice(2));
    if (command.help) {
      process.stdout.write(`${usage}\n`);
      return 0;
    }
    if (!command.yes && !(process.stdin.isTTY && process.stdout.isTTY)) {
      throw new UsageError('This is not a terminal, so nothing can be asked: use --yes.');
    }
    return await runSetup(command, await surroundings(command));
  } catch (error) {
    if (error instanceof Left) {
      process.stderr.write('\nNothing was saved.\n');
      return 130;
    }
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    return 2;
  }
}

process.exitCode = await main();
