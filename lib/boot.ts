import { record } from './audit';
import { readClientCertificate } from './client-certificate';
import { parseConfig } from './config';
import { ConfigError } from './config-problem';
import { prepareRequests } from './incoming-requests';

/** Set once told: the check runs before the port opens (scripts/server.mjs) and again by Next. */
const told = Symbol.for('azure-auth-manager.started');

/** Checks the configuration when the server starts. A broken one ends the process: Next itself
 * would go on and answer every request with an error. */
export function boot(): void {
  try {
    const { origin, authority, tenantIds, demo, credential, trustedProxyHops } = parseConfig(
      process.env,
    );
    const nowSeconds = Date.now() / 1000;
    const certificate =
      credential.kind === 'certificate' && readClientCertificate(credential.path, nowSeconds);
    if (Object.hasOwn(globalThis, told)) return;
    Object.assign(globalThis, { [told]: true });
    prepareRequests(trustedProxyHops);
    record({
      event: 'app.started',
      origin,
      authority: `${authority.origin}/${authority.segment}`,
      tenants: tenantIds.size,
      demo,
      credential: credential.kind,
      ...(certificate && {
        certificateDaysLeft: Math.floor((certificate.expiresAtSeconds - nowSeconds) / 86_400),
      }),
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) record({ event: 'config.error', ...problem });
    console.error(`\n${error.message}\n`);
    if (process.env.NODE_ENV === 'development') {
      console.error('npm run setup asks for the values, tests them and saves them.\n');
    }
    process.exit(1);
  }
}
