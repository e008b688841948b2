import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TENANTS, tenantById } from './directory.mjs';
import { createEntra } from './entra.mjs';
import { createListener, LOOPBACK, listenOnLoopback } from './listener.mjs';
import { CLIENT_SECRET, EXPIRED_CLIENT_SECRET } from './registration.mjs';

const DEFAULT_PORT = 4999;

/**
 * Starts the stand-in on 127.0.0.1.
 * @param {object} [options]
 * @param {number} [options.port] 0: any; a taken one: the next that is free
 * @param {boolean} [options.strictPort] fail when the port is taken
 * @param {() => number} [options.now] milliseconds, as Date.now
 * @param {Partial<import('./registration.mjs').Registration>} [options.registration]
 */
export async function listen({ port: wanted = 0, strictPort = false, now, registration } = {}) {
  const listener = createListener();
  const port = await listenOnLoopback(listener.server, wanted, strictPort);
  const url = `http://${LOOPBACK}:${port}`;
  const { handle, control, entra } = createEntra({ originUrl: url, now, registration });
  const { reset } = control;
  listener.answerWith(handle);
  // Ready before the first sign-in needs them.
  void entra.keys.published();
  const { contoso, fabrikam, northwind, woodgrove, personal } = TENANTS;
  return {
    url,
    port,
    clientId: entra.registration.clientId,
    clientSecret: entra.registration.secrets[0]?.value ?? CLIENT_SECRET,
    expiredClientSecret: EXPIRED_CLIENT_SECRET,
    tenants: {
      contoso: contoso.id,
      fabrikam: fabrikam.id,
      northwind: northwind.id,
      woodgrove: woodgrove.id,
      personal: personal.id,
    },
    /** What to suggest to the application: Northwind Traders stays outside on purpose. */
    validTenantIds: [contoso.id, fabrikam.id],
    accounts: entra.directory.accounts().map(({ username, name, note, tenantId, oid }) => ({
      ...{ username, name, note, tenantId, oid },
      tenantName: tenantById(tenantId)?.name ?? '',
    })),
    // In place, so that `POST /__control` resets the same things.
    control: Object.assign(control, {
      goOffline: listener.goOffline,
      goOnline: listener.goOnline,
      reset() {
        reset();
        listener.goOnline();
      },
    }),
    close: listener.close,
  };
}

/** `node entra-local/serve.mjs [--port N] [--strict-port]` */
async function main() {
  if (process.env.NODE_ENV === 'production') {
    console.error(
      'The local stand-in for Microsoft Entra ID does not run with NODE_ENV=production.',
    );
    process.exit(1);
  }
  const { values } = parseArgs({
    options: { port: { type: 'string' }, 'strict-port': { type: 'boolean' } },
  });
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error(`--port must be a number from 0 to 65535, not ${values.port}`);
    process.exit(1);
  }
  const entra = await listen({ port, strictPort: values['strict-port'] });
  console.log(introduction(entra));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void entra.close().then(() => process.exit(0)));
  }
}

/** @param {Awaited<ReturnType<typeof listen>>} entra */
function introduction({ url, clientId, clientSecret, validTenantIds, accounts, control }) {
  const people = accounts.map(
    ({ name, username, tenantName, note }) =>
      `  ${name.padEnd(16)} ${username.padEnd(25)} ${tenantName.padEnd(18)} ${note}`,
  );
  const variables = [
    `ENTRA_LOCAL_URL=${url}`,
    `AZURE_CLIENT_ID=${clientId}`,
    `AZURE_CLIENT_SECRET=${clientSecret}`,
    `AZURE_VALID_TENANT_IDS=${validTenantIds.join(',')}`,
  ];
  return `Local stand-in for Microsoft Entra ID (not Microsoft, no real accounts)
  ${url}

Set for the application:
${variables.map((line) => `  ${line}`).join('\n')}
  AUTH_SECRET=<openssl rand -base64 32>

Or start it with them, in another terminal:
${variables.map((line) => `  ${line} \\`).join('\n')}
  AUTH_SECRET="$(openssl rand -base64 32)" npm run dev

Accounts, none with a password:
${people.join('\n')}

For tests: POST ${url}/__control with "Authorization: Bearer ${control.token}"`;
}

/** A path may lead here through a symbolic link, which Node resolves for imports only. */
function isRunAsCommand() {
  const path = process.argv[1] ?? '';
  return existsSync(path) && realpathSync(path) === realpathSync(fileURLToPath(import.meta.url));
}

if (isRunAsCommand()) await main();
