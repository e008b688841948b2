import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { record } from './audit';
import { clientAddress, clientAddressHeader } from './client-address';
import { parseConfig } from './config';
import { ConfigError } from './config-problem';

/** Set once told: the check runs before the port opens (scripts/server.mjs) and again by Next. */
const told = Symbol.for('azure-auth-manager.started');

/** Checks the configuration when the server starts. A broken one ends the process: Next itself
 * would go on and answer every request with an error. */
export function boot(): void {
  try {
    const { origin, authority, tenantIds, demo, trustedProxyHops } = parseConfig(process.env);
    if (Object.hasOwn(globalThis, told)) return;
    Object.assign(globalThis, { [told]: true });
    nameClients(trustedProxyHops);
    record({
      event: 'app.started',
      origin,
      authority: `${authority.origin}/${authority.segment}`,
      tenants: tenantIds.size,
      demo,
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) record({ event: 'config.error', ...problem });
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
}

/** Writes each request's client address into a header of ours. Next overwrites what it knows of the
 * socket with what the client says in `X-Forwarded-For`, so it is read before Next sees the request.
 * @see https://nodejs.org/api/diagnostics_channel.html#http (`http.server.request.start`) */
function nameClients(hops: number): void {
  let warned = false;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const forwarded = request.headers['x-forwarded-for'];
    const list = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    if (list && hops === 0 && !warned) {
      warned = true;
      const problem =
        'A request carries X-Forwarded-For, but TRUSTED_PROXY_HOPS is 0. Behind a proxy all people then count as one client.';
      record({ event: 'rate_limit.proxy_unknown', problem });
    }
    const address = clientAddress(request.socket.remoteAddress ?? 'unknown', list, hops);
    request.headers[clientAddressHeader] = address;
  });
}
