import { parseArgs } from 'node:util';
import { isGuid } from '../../lib/authority';
import { bareGuid } from '../../lib/config-variables';
import type { RevocablePeople } from '../../lib/revoke';
import { UsageError } from '../command';

/** `npm run sessions`, as it was asked for. */
export type Command =
  | { help: true }
  | { help: false; yes: boolean; json: boolean; target: RevocablePeople };

export const usage = `npm run sessions -- revoke [whose] [options]

Ends sessions of the app before their time, on every instance. It reads the variables that
npm start reads. Nobody is kept from signing in again: block the account at Microsoft first.

  --tenant ID --oid ID   one person: tenant ID and object ID, as Microsoft Entra ID shows them
  --tenant ID            everybody of one organisation
  --all                  everybody; asks first
  --yes                  ask nothing
  --json                 one line of JSON: ok, store, target, says, next
  --help                 this text

Exit code: 0 they are over, 1 not all instances know, 2 wrong usage or settings.`;

function readGuid(option: string, text: string): string {
  const id = bareGuid(text);
  if (isGuid(id)) return id;
  throw new UsageError(
    `${option} must be an id of the form 8-4-4-4-12 hexadecimal digits, as Microsoft Entra ID shows it.`,
  );
}

function readTarget(values: ReturnType<typeof readOptions>['values']): RevocablePeople {
  const { tenant, oid, all } = values;
  if (all) {
    if (tenant === undefined && oid === undefined) return { kind: 'all' };
    throw new UsageError('--all means everybody: leave --tenant and --oid out.');
  }
  if (tenant === undefined) {
    throw new UsageError(
      oid === undefined
        ? 'Say whose sessions: --tenant with --oid, --tenant, or --all.'
        : '--oid needs --tenant: a person is known by both.',
    );
  }
  const tenantId = readGuid('--tenant', tenant);
  if (oid === undefined) return { kind: 'tenant', tenantId };
  return { kind: 'person', tenantId, objectId: readGuid('--oid', oid) };
}

/** Reads the arguments after `npm run sessions --`. A mistake must not end other people's sessions,
 * so nothing is guessed.
 * @throws UsageError that never repeats an argument */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = readOptions(args);
  const { help, yes = false, json = false } = values;
  if (help) return { help };
  if (positionals.length !== 1 || positionals[0] !== 'revoke') {
    throw new UsageError('Say what to do: revoke.');
  }
  const target = readTarget(values);
  if (target.kind === 'all' && json && !yes) {
    throw new UsageError('--json asks nothing: with --all it needs --yes.');
  }
  return { help: false, yes, json, target };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        yes: { type: 'boolean', short: 'y' },
        json: { type: 'boolean' },
        all: { type: 'boolean' },
        tenant: { type: 'string' },
        oid: { type: 'string' },
      },
    });
  } catch {
    throw new UsageError('An argument is unknown, or lacks its value.');
  }
}
