import { z } from 'zod';
import {
  type Authority,
  createAuthority,
  isGuid,
  segmentFromIssuerUri,
  segmentFromTenants,
  tenantsServedBy,
} from './authority';
import { ConfigError, type ConfigProblem, type ProblemCode } from './config-problem';

/** Everything the operator decides, checked. Made once per process by `parseConfig`. */
export type Config = {
  /** The app's public origin: the only source of absolute URLs and of the cookies' scheme. */
  origin: string;
  clientId: string;
  clientSecret: string;
  /** Tenant ids in lower case; never empty. */
  tenantIds: ReadonlySet<string>;
  authority: Authority;
  /** Newest first: the first seals, all open. */
  secrets: readonly string[];
  /** True while sign-in runs against the local stand-in. */
  demo: boolean;
};

type Environment = Record<string, string | undefined>;
type Refuse = (code: ProblemCode, problem: string) => never;

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];
const placeholder =
  /^(<.*>|\[.*\]|\$\{.*|(your|my|paste|enter|change|replace|todo|example|placeholder|secret|dummy|test)\b.*|change-?me.*|x{3,}.*|\.{3,})$/i;

/** One variable: empty means unset; `read` returns the value or refuses it with a reason. */
const variable = <T>(read: (value: string | undefined, refuse: Refuse) => T) =>
  z
    .string()
    .optional()
    .transform((raw, context): T => {
      const refuse: Refuse = (code, message) => {
        context.addIssue({ code: 'custom', message, params: { code } });
        return z.NEVER;
      };
      return read(raw?.replace(/^\uFEFF/, '').trim() || undefined, refuse);
    });

const isPlaceholder = (value: string) =>
  placeholder.test(value) || /^([0-9a-f])\1{7}(-\1{4}){3}-\1{12}$/i.test(value);

/** GUIDs are pasted with quotes and braces around them; both mean the same id. */
const bareGuid = (value: string) => value.replace(/^["'{\s]+|["'}\s]+$/g, '').toLowerCase();

const clientId = variable((value, refuse) => {
  if (!value) return refuse('missing', 'is not set.');
  if (isPlaceholder(bareGuid(value))) return refuse('placeholder', 'still holds a placeholder.');
  const id = bareGuid(value);
  return isGuid(id) ? id : refuse('not_a_guid', 'is not a GUID (8-4-4-4-12 hexadecimal digits).');
});

const clientSecret = variable((value, refuse) => {
  if (!value) return refuse('missing', 'is not set.');
  if (isGuid(bareGuid(value))) {
    return refuse('secret_id', "holds the Secret ID (a GUID), not the secret's Value.");
  }
  if (/^(["']).*\1$/.test(value)) return refuse('quoted', 'has quotation marks around it.');
  if (isPlaceholder(value)) return refuse('placeholder', 'still holds a placeholder.');
  return value.length < 16 ? refuse('too_short', 'is too short to be a client secret.') : value;
});

const tenantIds = variable((value, refuse): ReadonlySet<string> => {
  const items = (value ?? '').split(',').map(bareGuid);
  const ids = new Set(items.filter(Boolean));
  if (ids.size === 0) return refuse('missing', 'is not set. An empty list lets nobody in.');
  for (const [index, id] of items.entries()) {
    if (!id || (isGuid(id) && !isPlaceholder(id))) continue;
    const which = `entry ${index + 1}`;
    if (['common', 'organizations', 'consumers'].includes(id)) {
      return refuse(
        'tenant_is_authority',
        `${which} names an authority, not a tenant. List the tenant ids that may sign in.`,
      );
    }
    if (isPlaceholder(id)) return refuse('placeholder', `${which} is still a placeholder.`);
    if (/^[^\s/]+\.[a-z]{2,}$/.test(id)) {
      return refuse(
        'tenant_is_domain',
        `${which} is a domain name. Open https://login.microsoftonline.com/<domain>/v2.0/.well-known/openid-configuration: the GUID in "issuer" is its tenant id.`,
      );
    }
    return refuse('not_a_guid', `${which} is not a GUID (8-4-4-4-12 hexadecimal digits).`);
  }
  return ids;
});

const secrets = variable((value, refuse): readonly string[] => {
  const list = (value ?? '').split(',').map((item) => item.trim());
  if (!value) return refuse('missing', 'is not set.');
  for (const [index, secret] of list.entries()) {
    const which = list.length > 1 ? `secret ${index + 1}` : 'it';
    if (isPlaceholder(secret)) return refuse('placeholder', `holds a placeholder or a sample.`);
    if (secret.length < 32) {
      return refuse('too_short', `is too short: ${which} has fewer than 32 characters.`);
    }
    // 32 bytes in base64 or hex show at least ten different characters; keyboard runs do not.
    if (new Set(secret).size < 10 || /(.{1,8})\1{3}/.test(secret)) {
      return refuse('too_simple', `is too easy to guess: ${which} repeats itself.`);
    }
  }
  return list;
});

/** An http(s) origin as its parsed URL; refused with the reason otherwise. */
function readOrigin(value: string, refuse: Refuse): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return refuse('not_an_origin', 'is not an address that starts with https://.');
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    return refuse('not_an_origin', 'must be an origin alone: scheme, host and port, no path.');
  }
  return url;
}

const isLoopback = (url: URL) => loopbackHosts.includes(url.hostname);

const appUrl = (production: boolean, port: string | undefined) =>
  variable((value, refuse): URL => {
    if (!value && production) return refuse('missing', 'is not set.');
    const url = readOrigin(value ?? `http://localhost:${port || 3000}`, refuse);
    if (url.protocol === 'http:' && !isLoopback(url)) {
      return refuse('not_https', 'must start with https:// (http is for localhost only).');
    }
    return url;
  });

const standInUrl = variable((value, refuse): URL | undefined => {
  if (!value) return undefined;
  const url = readOrigin(value, refuse);
  if (url.protocol === 'http:' && isLoopback(url)) return url;
  return refuse('not_loopback', 'must be an http address of this machine.');
});

const issuerUri = variable((value, refuse): string | undefined => {
  if (!value) return undefined;
  const segment = segmentFromIssuerUri(value);
  if (segment) return segment;
  return refuse(
    'not_an_issuer',
    'must be https://login.microsoftonline.com/{tenant}/v2.0, with a tenant id (not a domain name), common, organizations or consumers as {tenant}.',
  );
});

/** Rules that hold between variables; each is checked as soon as the variables in it are right. */
function contradictions(values: {
  tenants?: ReadonlySet<string> | undefined;
  segment?: string | undefined;
  app?: URL | undefined;
  local?: URL | undefined;
}): ConfigProblem[] {
  const { tenants, segment, app, local } = values;
  const found: ConfigProblem[] = [];
  if (tenants && segment && tenantsServedBy(segment, tenants).length < tenants.size) {
    found.push({
      variable: 'AZURE_ISSUER_URI',
      code: 'issuer_excludes_tenants',
      problem: 'names an authority that cannot sign in every tenant of AZURE_VALID_TENANT_IDS.',
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
export function parseConfig(env: Environment): Config {
  const production = env.NODE_ENV !== 'development' && env.NODE_ENV !== 'test';
  const schema = z.object({
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_VALID_TENANT_IDS: tenantIds,
    AZURE_ISSUER_URI: issuerUri,
    AUTH_SECRET: secrets,
    AUTH_URL: appUrl(production, env.PORT),
    ENTRA_LOCAL_URL: standInUrl,
  });
  const parsed = schema.safeParse(env);
  const { shape } = schema;
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue): ConfigProblem => {
      const name = String(issue.path[0]);
      const misspelt = name === 'AZURE_VALID_TENANT_IDS' && env.AZURE_VALID_TENTANT_IDS;
      return misspelt && !env.AZURE_VALID_TENANT_IDS
        ? {
            variable: name,
            code: 'misspelt',
            problem: 'is not set, but AZURE_VALID_TENTANT_IDS is: the name has one T too many.',
          }
        : {
            variable: name,
            code: issue.code === 'custom' ? issue.params?.code : 'missing',
            problem: issue.message,
          };
    }),
    ...contradictions({
      tenants: shape.AZURE_VALID_TENANT_IDS.safeParse(env.AZURE_VALID_TENANT_IDS).data,
      segment: shape.AZURE_ISSUER_URI.safeParse(env.AZURE_ISSUER_URI).data,
      app: shape.AUTH_URL.safeParse(env.AUTH_URL).data,
      local: shape.ENTRA_LOCAL_URL.safeParse(env.ENTRA_LOCAL_URL).data,
    }),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const values = parsed.data;
  const segment = values.AZURE_ISSUER_URI ?? segmentFromTenants(values.AZURE_VALID_TENANT_IDS);
  return {
    origin: values.AUTH_URL.origin,
    clientId: values.AZURE_CLIENT_ID,
    clientSecret: values.AZURE_CLIENT_SECRET,
    tenantIds: values.AZURE_VALID_TENANT_IDS,
    authority: createAuthority(segment, values.ENTRA_LOCAL_URL?.origin),
    secrets: values.AUTH_SECRET,
    demo: values.ENTRA_LOCAL_URL !== undefined,
  };
}
