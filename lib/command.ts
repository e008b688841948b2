import { z } from 'zod';
import { isGuid } from './authority';
import type { RevocablePeople } from './revoke';
import type { Sealer } from './sealer';

/** An operator's order to a running instance. Whoever can seal one has `AUTH_SECRET`, and could as
 * well make sessions. */
export type Command = { target: RevocablePeople; issuedAtMs: number };

/** Where an instance takes commands. */
export const commandPath = '/auth/revoke';

/** A command that is older, or as far in the future, is refused. One that is sent twice meanwhile
 * ends no session that began after it was made. */
const commandLifetimeSeconds = 60;

const id = z.string().refine(isGuid);
const commandSchema = z.object({
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), tenantId: id, objectId: id }),
    z.strictObject({ kind: z.literal('tenant'), tenantId: id }),
    z.strictObject({ kind: z.literal('all') }),
  ]),
  issuedAtMs: z.int().nonnegative(),
});

/** Seals a command. @param sealer of the purpose `command` */
export function sealCommand(sealer: Sealer, command: Command): Promise<string> {
  return sealer.seal(command satisfies z.input<typeof commandSchema>);
}

/** Opens a sealed command.
 * @returns undefined for anything but a command of these sixty seconds */
export async function openCommand(
  sealer: Sealer,
  token: string,
  nowMs: number,
): Promise<Command | undefined> {
  const opened = await sealer.open(token);
  if (!opened.ok) return undefined;
  const command = commandSchema.safeParse(opened.payload).data;
  if (!command) return undefined;
  const isTimely = Math.abs(nowMs - command.issuedAtMs) <= commandLifetimeSeconds * 1000;
  return isTimely ? command : undefined;
}
