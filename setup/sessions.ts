/** `npm run sessions`: ends sessions of a person, an organisation or everybody. */
import { type Config, parseConfig } from '../lib/config';
import { ConfigError } from '../lib/config-problem';
import type { RevocablePeople } from '../lib/revoke';
import { UsageError } from './command';
import { readEnvironment } from './doctor/environment';
import { signs } from './finding';
import { Left, terminalPrompt } from './prompt';
import { type Command, parseCommand, usage } from './sessions/command';
import { revoke } from './sessions/revoke';

/** npm starts us in the project's folder. */
const root = process.cwd();

/** An id with a slip in it ends nothing, and would look like success. */
function requireListed(target: RevocablePeople, { tenantIds }: Config): void {
  if (target.kind === 'all' || tenantIds.has(target.tenantId)) return;
  throw new UsageError(
    '--tenant is not in AZURE_VALID_TENANT_IDS: nobody of it is let in, and every session of theirs is refused.',
  );
}

async function isConfirmed(): Promise<boolean> {
  if (!(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new UsageError('This is not a terminal, so nothing can be asked: --all needs --yes.');
  }
  const answer = await terminalPrompt()('Everybody will have to sign in again. Go on? [y/N] ');
  return /^y(es)?$/i.test(answer.trim());
}

async function follow({ yes, json, target }: Command & { help: false }): Promise<number> {
  const config = parseConfig(readEnvironment(root, true));
  requireListed(target, config);
  if (target.kind === 'all' && !yes && !(await isConfirmed())) throw new Left();
  const outcome = await revoke(config, target);
  const { ok, says, next } = outcome;
  const lines = json
    ? [JSON.stringify({ target: target.kind, ...outcome })]
    : [`${signs[ok ? 'ok' : 'fail']} ${says}`, ...(next ? [`    ${next}`] : [])];
  process.stdout.write(`${lines.join('\n')}\n`);
  return ok ? 0 : 1;
}

async function main(): Promise<number> {
  try {
    const command = parseCommand(process.argv.slice(2));
    if (!command.help) return await follow(command);
    process.stdout.write(`${usage}\n`);
    return 0;
  } catch (error) {
    if (error instanceof Left) {
      process.stderr.write('\nNo session was ended.\n');
      return 130;
    }
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${usage}\n`);
    else throw error;
    return 2;
  }
}

process.exitCode = await main();
