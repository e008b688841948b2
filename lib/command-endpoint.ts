import 'server-only';

import { record } from './audit';
import { openCommand } from './command';
import { getProduct } from './product';
import { limit } from './rate-limit';
import { readText } from './read-text';
import { revokeSessions } from './revoke';

/** No sealed command is longer. */
const maxBytes = 4096;

const bare = (status: number) =>
  new Response(null, { status, headers: { 'cache-control': 'private, no-store' } });

/** `POST /auth/revoke`: `npm run sessions` ends sessions in the memory of this instance
 * (docs/decisions/0014). What is not a sealed command of this minute learns nothing. Where instances
 * share Redis the command line writes there, and here is nothing. */
export async function obeyCommand(request: Request): Promise<Response> {
  const { config, sealers, revocations } = getProduct();
  if (revocations.kind !== 'memory') return bare(404);
  const tooMany = await limit('revoke', request, '/');
  if (tooMany) return tooMany;
  const token = await readText(request.body, maxBytes).catch(() => '');
  const nowMs = revocations.nowMs();
  const command = await openCommand(sealers.command, token, nowMs);
  if (!command) return bare(401);
  const { target, issuedAtMs } = command;
  // A clock that is ahead must not end sessions that are still to begin.
  await revokeSessions(revocations, target, config, Math.min(issuedAtMs, nowMs));
  record({
    event: 'sessions.revoked',
    target: target.kind,
    ...(target.kind !== 'all' && { tenantId: target.tenantId }),
  });
  return bare(204);
}
