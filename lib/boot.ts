import { access, tenants } from './access';
import { claimsNeeded, rolesNobodyHolds } from './access-check';
import { record } from './audit';
import { createCredentialExpiry, readClientCertificate } from './client-certificate';
import { type Config, parseConfig } from './config';
import { ConfigError } from './config-problem';
import type { Credential } from './credential';
import { createExpiryWatch, daysUntil } from './credential-expiry';
import { readFederatedToken } from './federated-token';
import { prepareRequests } from './incoming-requests';
import { revocationsOf } from './revocations';
import { prepareShutdown } from './shutdown';

/** Set once told: the check runs before the port opens (scripts/server.mjs) and again by Next. */
const told = Symbol.for('azure-auth-manager.started');

const nowSeconds = () => Date.now() / 1000;

/** Checks the configuration when the server starts. A broken one ends the process: Next itself
 * would go on and answer every request with an error. */
export function boot(): void {
  try {
    const config = parseConfig(process.env);
    const { origin, authority, tenantIds, demo, credential, nextCredential } = config;
    const expiresAtSeconds = readExpiry(credential);
    if (nextCredential) readExpiry(nextCredential);
    if (Object.hasOwn(globalThis, told)) return;
    Object.assign(globalThis, { [told]: true });
    const requests = prepareRequests(config.trustedProxyHops);
    // In development nobody waits for a balancer, and Ctrl-C ends at once.
    if (process.env.NODE_ENV !== 'development') {
      prepareShutdown(config.shutdownDelaySeconds, requests);
    }
    const revocations = revocationsOf(config);
    const daysLeft =
      expiresAtSeconds === undefined ? undefined : daysUntil(expiresAtSeconds, nowSeconds());
    record({
      event: 'app.started',
      origin,
      authority: `${authority.origin}/${authority.segment}`,
      tenants: tenantIds.size,
      demo,
      revocations: revocations.kind,
      credential: credential.kind,
      ...(nextCredential && { nextCredential: nextCredential.kind }),
      ...(daysLeft !== undefined &&
        (credential.kind === 'certificate'
          ? { certificateDaysLeft: daysLeft }
          : { clientSecretDaysLeft: daysLeft })),
    });
    if (revocations.kind === 'memory' && process.env.NODE_ENV === 'production') {
      const problem =
        'Sign-outs and blocks are kept in memory: they hold for this one instance, until it stops. Set REDIS_URL where there are several.';
      record({ event: 'revocation.local', problem });
    }
    const claims = claimsNeeded(config.allowGuests, { tenants, access }).join(', ');
    if (claims) {
      const problem =
        'Rules in lib/access.ts or AZURE_ALLOW_GUESTS depend on these claims. The registration must ask for them (Token configuration), or the rules can only refuse; without acct, a guest whose token says nothing counts as a member.';
      record({ event: 'access.claims_needed', claims, problem });
    }
    for (const role of rolesNobodyHolds(config, { tenants, access })) {
      const problem =
        'Nobody can hold this role, and what asks for it is closed to all. Where several organisations are listed, say in lib/access.ts whose administrators may give it (roles), or which group does (groups).';
      record({ event: 'access.nobody_holds', role, problem });
    }
    watchCredential(config);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) record({ event: 'config.error', ...problem });
    // What a file holds is judged where nobody knows the cloud, whose admin center is named here.
    const { message } = new ConfigError(error.problems, process.env.AZURE_AUTHORITY_HOST);
    console.error(`\n${message}\n`);
    if (process.env.NODE_ENV === 'development') {
      console.error('npm run setup asks for the values, tests them and saves them.\n');
    }
    process.exit(1);
  }
}

/** Reads the file of a credential that has one: a server that could sign nobody in does not start.
 * @returns when it expires, in seconds, where that is known
 * @throws ConfigError where the file cannot be used */
function readExpiry(credential: Credential): number | undefined {
  if (credential.kind === 'certificate') {
    return readClientCertificate(credential.path, nowSeconds()).expiresAtSeconds;
  }
  if (credential.kind === 'federated_token_file') readFederatedToken(credential.path);
  return credential.kind === 'secret' ? credential.expiresAtSeconds : undefined;
}

/** Logs that the credential expires soon, now and while the server runs: one that is never
 * restarted would otherwise say so too late. */
function watchCredential(config: Config): void {
  const { kind } = config.credential;
  const look = createExpiryWatch(createCredentialExpiry(config, nowSeconds), nowSeconds, (expiry) =>
    record({ event: 'credential.expiring', credential: kind, ...expiry }),
  );
  look();
  setInterval(look, 60 * 60 * 1000).unref();
}
