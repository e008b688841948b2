import { cloudNamed, clouds } from './clouds';

/** Why a variable was refused: stable, asserted by tests. */
export type ProblemCode =
  | 'missing'
  | 'misspelt'
  | 'placeholder'
  | 'not_a_guid'
  | 'secret_id'
  | 'quoted'
  | 'two_credentials'
  | 'not_a_path'
  | 'unreadable_file'
  | 'empty_file'
  | 'not_a_jwt'
  | 'no_token'
  | 'is_client_id'
  | 'no_private_key'
  | 'no_certificate'
  | 'key_mismatch'
  | 'certificate_expired'
  | 'certificate_not_yet_valid'
  | 'tenant_is_domain'
  | 'tenant_is_authority'
  | 'too_short'
  | 'too_simple'
  | 'not_an_origin'
  | 'not_https'
  | 'unknown_cloud'
  | 'not_an_issuer'
  | 'issuer_of_another_cloud'
  | 'no_personal_accounts'
  | 'one_tenant_only'
  | 'issuer_excludes_tenants'
  | 'not_loopback'
  | 'not_in_range'
  | 'not_a_flag'
  | 'not_a_date'
  | 'not_a_moment'
  | 'in_the_future'
  | 'access_rule'
  | 'not_a_redis_url'
  | 'not_in_production'
  | 'tls_unchecked';

/** One thing to mend before the app may start. Never carries the refused value. */
export type ConfigProblem = { variable: string; code: ProblemCode; problem: string };

const portal = `Microsoft Entra admin center (${clouds.public.adminCenterUrl}) > App registrations`;

/** Where the right value is found, per variable.
 * @see https://learn.microsoft.com/entra/identity-platform/quickstart-register-app */
export const whereToFind: Readonly<Record<string, string>> = {
  AZURE_CLIENT_ID: `${portal} > your app > Overview > Application (client) ID`,
  AZURE_CLIENT_SECRET: `${portal} > your app > Certificates & secrets > Client secrets > Value, shown only once after "New client secret"`,
  AZURE_CLIENT_SECRET_EXPIRES: `${portal} > your app > Certificates & secrets > Client secrets > Expires`,
  AZURE_CLIENT_CERTIFICATE_PATH: `a PEM file with the certificate and its private key, which this server may read; the certificate is uploaded at ${portal} > your app > Certificates & secrets > Certificates`,
  AZURE_CLIENT_SECRET_NEXT: `${portal} > your app > Certificates & secrets > Client secrets > Value of the newer secret, while a rotation lasts`,
  AZURE_MANAGED_IDENTITY_CLIENT_ID:
    'Azure portal > Managed Identities > your user-assigned identity > Overview > Client ID; the app trusts it by a federated credential',
  AZURE_FEDERATED_TOKEN_FILE:
    'the platform sets it: on AKS the label azure.workload.identity/use on the pod, and a service account that is annotated with the client ID',
  AZURE_CREDENTIAL_OVERLAP: 'true while you go from one credential to another; unset: false',
  VERCEL: 'Vercel sets it; the project needs OIDC federation: Settings > Security',
  AZURE_VALID_TENANT_IDS: `${portal} > your app > Overview > Directory (tenant) ID; for another organisation, its administrator reads it at Entra ID > Overview > Tenant ID`,
  AZURE_AUTHORITY_HOST:
    'the host of your cloud that people sign in at; unset: login.microsoftonline.com, for most organisations. Azure Kubernetes Service sets it by itself',
  AZURE_ISSUER_URI: 'usually leave it unset: it follows from AZURE_VALID_TENANT_IDS',
  AUTH_SECRET: 'make one with: openssl rand -base64 32',
  AUTH_URL: 'the address that people type, without a path, such as https://app.example.com',
  AZURE_ALLOW_GUESTS: 'false keeps guests of the listed organisations out',
  AZURE_READ_GROUPS:
    'true lets the app ask Microsoft Graph for the groups of people who are in more than 200; unset: false',
  SESSION_IDLE_MINUTES: 'how long a session lasts when nothing is done with it; unset: 60',
  SESSION_LIFETIME_HOURS: 'how long a session lasts whatever is done with it; unset: 12',
  SESSION_EPOCH:
    'a moment such as 2026-01-31T09:00:00Z: every session that began earlier ends; usually unset',
  REDIS_URL:
    'your Redis server > connection string, such as rediss://user:password@host:10000; unset it for a single instance',
  TRUSTED_PROXY_HOPS: 'how many of your own proxies stand before the app; unset: 0',
  SHUTDOWN_DELAY_SECONDS:
    'how long the server answers on after SIGTERM, so that load balancers notice; unset: 3',
  NODE_TLS_REJECT_UNAUTHORIZED:
    'unset it; where a proxy has an authority of its own, name its certificate in NODE_EXTRA_CA_CERTS',
  DEVELOPMENT_DEFAULTS: 'npm run dev makes it for itself; unset it',
  'lib/access.ts': 'docs/access.md has a recipe for most wishes; npm run access prints the tables',
  ENTRA_LOCAL_URL: 'npm run dev sets it; leave it unset everywhere else',
};

/** Where the right value of a variable is found, in the admin center of the cloud that
 * `AZURE_AUTHORITY_HOST` names. */
export function placeOf(variable: string, authorityHost: string | undefined): string {
  const { adminCenterUrl } = cloudNamed(authorityHost);
  const place = whereToFind[variable] ?? 'see .env.example';
  return place.replace(clouds.public.adminCenterUrl, adminCenterUrl);
}

/** The operator's error: every problem of the environment at once. Thrown by `parseConfig`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], authorityHost?: string) {
    super(
      [
        'The app cannot start, because its environment is not right:',
        ...problems.map(
          ({ variable, problem }) =>
            `  ${variable} ${problem}\n    Where to find it: ${placeOf(variable, authorityHost)}`,
        ),
      ].join('\n'),
    );
    this.problems = problems;
  }
}
