import { z } from 'zod';
import { accessProblems } from './access-check';
import { type Authority, createAuthority, segmentFromTenants, tenantsServedBy } from './authority';
import { authorityHost, cloudContradictions, hostFrom, issuerUri } from './cloud-variables';
import { ConfigError, type ConfigProblem } from './config-problem';
import {
  appUrl,
  clientId,
  developmentOnly,
  flag,
  isLoopback,
  isSet,
  pastMoment,
  redisUrl,
  secrets,
  standInUrl,
  tenantIds,
  tlsChecks,
  wholeNumber,
} from './config-variables';
import { type Credential, chooseCredentials, credentialProblem } from './credential';
import {
  certificatePath,
  clientSecret,
  expiryDate,
  identityId,
  mark,
  tokenPath,
} from './credential-variables';

/** Everything the operator decides, checked. Made once per process by `parseConfig`. */
export type Config = {
  /** The app's public origin: the only source of absolute URLs and of the cookies' scheme. */
  origin: string;
  clientId: string;
  /** What the app proves with that it is the registered application. */
  credential: Credential;
  /** What takes over, during a rotation, where Microsoft refuses the first. */
  nextCredential?: Credential;
  /** Tenant ids in lower case; never empty. */
  tenantIds: ReadonlySet<string>;
  /** Whether guests of those tenants may come in. */
  allowGuests: boolean;
  /** Whether Microsoft Graph may be asked for the groups of people who are in too many for their
   * token. The app needs a permission for it. */
  readGroups: boolean;
  authority: Authority;
  /** A session ends when nothing was done with it for so long. */
  sessionIdleSeconds: number;
  /** A session ends so long after the sign-in, whatever is done with it. */
  sessionLifetimeSeconds: number;
  /** Sessions that began before this moment, in seconds since 1970, are over; 0: none. */
  sessionEpochSeconds: number;
  /** Where instances share which sessions were ended; unset: each for itself. Holds a password. */
  redisUrl: string | undefined;
  /** How many proxies of ours add an address to `X-Forwarded-For`. */
  trustedProxyHops: number;
  /** How long the server answers on after it was asked to end, so that load balancers notice. */
  shutdownDelaySeconds: number;
  /** Newest first: the first seals, all open. */
  secrets: readonly string[];
  /** True while sign-in runs against the local stand-in. */
  demo: boolean;
};

export type Environment = Record<string, string | undefined>;

// Anything that does not say it is development is production: the strict side.
const isProduction = (env: Environment) =>
  env.NODE_ENV !== 'development' && env.NODE_ENV !== 'test';

const schemaFor = (env: Environment) =>
  z.object({
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_CLIENT_SECRET_NEXT: clientSecret,
    AZURE_CLIENT_SECRET_EXPIRES: expiryDate,
    AZURE_CLIENT_CERTIFICATE_PATH: certificatePath,
    AZURE_MANAGED_IDENTITY_CLIENT_ID: identityId,
    AZURE_FEDERATED_TOKEN_FILE: tokenPath,
    AZURE_CREDENTIAL_OVERLAP: flag(false),
    VERCEL: mark,
    AZURE_VALID_TENANT_IDS: tenantIds,
    AZURE_AUTHORITY_HOST: authorityHost,
    AZURE_ISSUER_URI: issuerUri,
    AZURE_ALLOW_GUESTS: flag(true),
    AZURE_READ_GROUPS: flag(false),
    AUTH_SECRET: secrets,
    SESSION_IDLE_MINUTES: wholeNumber({ least: 1, most: 24 * 60, otherwise: 60 }),
    SESSION_LIFETIME_HOURS: wholeNumber({ least: 1, most: 24 * 7, otherwise: 12 }),
    SESSION_EPOCH: pastMoment,
    REDIS_URL: redisUrl,
    TRUSTED_PROXY_HOPS: wholeNumber({ least: 0, most: 10, otherwise: 0 }),
    SHUTDOWN_DELAY_SECONDS: wholeNumber({ least: 0, most: 30, otherwise: 3 }),
    AUTH_URL: appUrl(isProduction(env), env.PORT),
    ENTRA_LOCAL_URL: standInUrl,
    DEVELOPMENT_DEFAULTS: developmentOnly(isProduction(env)),
    NODE_TLS_REJECT_UNAUTHORIZED: tlsChecks(isProduction(env)),
  });

const azureVariables = [
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_MANAGED_IDENTITY_CLIENT_ID',
  'AZURE_VALID_TENANT_IDS',
];

/** Whether anybody has begun to configure the app: then the stand-in of `npm run dev` steps aside,
 * and half a configuration is a broken one. */
export const isConfigured = (env: Environment) => azureVariables.some((name) => isSet(env[name]));

/** What `npm run dev` lays below the settings, so that one saved while it runs counts at once: a
 * session secret, and the variables of its stand-in for as long as nothing is configured. */
type DevelopmentDefaults = { AUTH_SECRET: string; standIn?: Record<string, string> };

function withDefaults(env: Environment): Environment {
  const { DEVELOPMENT_DEFAULTS: json } = env;
  if (!json || isProduction(env)) return env;
  const { AUTH_SECRET, standIn } = JSON.parse(json) as DevelopmentDefaults;
  // Whatever a file says for real accounts must not seal the demo's sessions.
  if (standIn && !isConfigured(env)) return { ...env, ...standIn, AUTH_SECRET };
  return isSet(env.AUTH_SECRET) ? env : { ...env, AUTH_SECRET };
}

type Schema = ReturnType<typeof schemaFor>;

function problemFromIssue(issue: z.core.$ZodIssue, env: Environment): ConfigProblem {
  const variable = String(issue.path[0]);
  const misspelt = variable === 'AZURE_VALID_TENANT_IDS' && env.AZURE_VALID_TENTANT_IDS;
  if (misspelt && !env.AZURE_VALID_TENANT_IDS?.trim()) {
    const problem = 'is not set, but AZURE_VALID_TENTANT_IDS is: the name has one T too many.';
    return { variable, code: 'misspelt', problem };
  }
  const code = issue.code === 'custom' ? issue.params?.code : 'missing';
  return { variable, code, problem: issue.message };
}

/** What is wrong with the credentials: with the choice among them first, because of a value that is
 * to be unset nobody needs to know more. */
function withCredentialProblem(
  problems: ConfigProblem[],
  { shape }: Schema,
  env: Environment,
): ConfigProblem[] {
  const isOverlap =
    shape.AZURE_CREDENTIAL_OVERLAP.safeParse(env.AZURE_CREDENTIAL_OVERLAP).data ?? false;
  const found = credentialProblem((name) => isSet(env[name]), isOverlap);
  if (!found) return problems;
  const names = Object.keys(shape);
  return [...problems.filter(({ variable }) => variable !== found.variable), found].sort(
    (one, other) => names.indexOf(one.variable) - names.indexOf(other.variable),
  );
}

/** Rules that hold between variables; each is asked as soon as the variables in it are right. */
function contradictions({ shape }: Schema, env: Environment): ConfigProblem[] {
  const tenants = shape.AZURE_VALID_TENANT_IDS.safeParse(env.AZURE_VALID_TENANT_IDS).data;
  const host = shape.AZURE_AUTHORITY_HOST.safeParse(env.AZURE_AUTHORITY_HOST);
  const issuer = shape.AZURE_ISSUER_URI.safeParse(env.AZURE_ISSUER_URI);
  const segment = issuer.data?.segment;
  const app = shape.AUTH_URL.safeParse(env.AUTH_URL).data;
  const local = shape.ENTRA_LOCAL_URL.safeParse(env.ENTRA_LOCAL_URL).data;
  const found: ConfigProblem[] = [];
  if (tenants && segment && tenantsServedBy(segment, tenants).length < tenants.size) {
    found.push({
      variable: 'AZURE_ISSUER_URI',
      code: 'issuer_excludes_tenants',
      problem: 'names an authority that cannot sign in every tenant of AZURE_VALID_TENANT_IDS.',
    });
  }
  // A host that could not be read leaves the cloud open.
  if (host.success && issuer.success) {
    const choice = { host: host.data, issuer: issuer.data, usesStandIn: local !== undefined };
    found.push(...cloudContradictions(choice, tenants));
  }
  const identity = shape.AZURE_MANAGED_IDENTITY_CLIENT_ID.safeParse(
    env.AZURE_MANAGED_IDENTITY_CLIENT_ID,
  ).data;
  if (identity && identity === shape.AZURE_CLIENT_ID.safeParse(env.AZURE_CLIENT_ID).data) {
    found.push({
      variable: 'AZURE_MANAGED_IDENTITY_CLIENT_ID',
      code: 'is_client_id',
      problem: 'holds the client ID of the app; the managed identity has one of its own.',
    });
  }
  if (local && app && !isLoopback(app)) {
    found.push({
      variable: 'ENTRA_LOCAL_URL',
      code: 'not_loopback',
      problem: 'is set although AUTH_URL is public. The stand-in lets anyone in: unset it.',
    });
  }
  return found;
}

/** Reads the whole configuration from environment variables.
 * @throws ConfigError with every problem at once, by variable, never with a value. */
export function parseConfig(environment: Environment): Config {
  const env = withDefaults(environment);
  const schema = schemaFor(env);
  const parsed = schema.safeParse(env);
  const issues = (parsed.error?.issues ?? []).map((issue) => problemFromIssue(issue, env));
  const problems = [
    ...withCredentialProblem(issues, schema, env),
    ...contradictions(schema, env),
    ...accessProblems(),
  ];
  if (!parsed.success || problems.length > 0)
    throw new ConfigError(problems, env.AZURE_AUTHORITY_HOST);

  const values = parsed.data;
  const issuer = values.AZURE_ISSUER_URI;
  const segment = issuer?.segment ?? segmentFromTenants(values.AZURE_VALID_TENANT_IDS);
  const usesStandIn = values.ENTRA_LOCAL_URL !== undefined;
  const host = hostFrom({ host: values.AZURE_AUTHORITY_HOST, issuer, usesStandIn });
  return {
    origin: values.AUTH_URL.origin,
    clientId: values.AZURE_CLIENT_ID,
    ...chooseCredentials(values),
    tenantIds: values.AZURE_VALID_TENANT_IDS,
    allowGuests: values.AZURE_ALLOW_GUESTS,
    readGroups: values.AZURE_READ_GROUPS,
    sessionIdleSeconds: values.SESSION_IDLE_MINUTES * 60,
    sessionLifetimeSeconds: values.SESSION_LIFETIME_HOURS * 60 * 60,
    sessionEpochSeconds: values.SESSION_EPOCH,
    redisUrl: values.REDIS_URL,
    trustedProxyHops: values.TRUSTED_PROXY_HOPS,
    shutdownDelaySeconds: values.SHUTDOWN_DELAY_SECONDS,
    authority: createAuthority(segment, values.ENTRA_LOCAL_URL?.origin, host),
    secrets: values.AUTH_SECRET,
    demo: usesStandIn,
  };
}
