import { z } from 'zod';
import { isGuid } from './authority';
import type { ProblemCode } from './config-problem';
import { isAhead, secondsFromInstant } from './instant';

/** Thrown by the readers below and turned into problems of their variable. */
class Refusal extends Error {
  readonly faults: readonly (readonly [ProblemCode, string])[];
  constructor(faults: Refusal['faults']) {
    super('refused');
    this.faults = faults;
  }
}

/** Refuses a value, from within the reader of a `variable`. */
export function refuse(code: ProblemCode, problem: string): never {
  throw new Refusal([[code, problem]]);
}

const cleaned = (raw: string | undefined) => raw?.replace(/^\uFEFF/, '').trim() || undefined;

/** Whether a variable holds anything at all. */
export const isSet = (raw: string | undefined) => cleaned(raw) !== undefined;

/** One variable: empty means unset; `read` returns the value or refuses it with a reason. */
export const variable = <T>(read: (value: string | undefined) => T) =>
  z
    .string()
    .optional()
    .transform((raw, context): T => {
      try {
        return read(cleaned(raw));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        for (const [code, message] of error.faults) {
          context.addIssue({ code: 'custom', message, params: { code } });
        }
        return z.NEVER;
      }
    });

/** Also what App Service hands over where it cannot read a Key Vault: long, and no secret at all. */
const placeholder =
  /^(<.*>|\[.*\]|\$\{.*|@Microsoft\.\w+\(.*|(your|paste|enter|change|replace|todo|example|placeholder|secret|dummy)([-_ ].*)?|change-?me.*|x{8,}.*|\.{3,})$/i;
/** Words so short that a random secret may begin with one. */
const shortPlaceholder = /^(my|test)[-_ ]|^x{3,}/i;

/** Whether a value was never filled in. */
export const isPlaceholder = (value: string) =>
  placeholder.test(value) ||
  (value.length < 32 && shortPlaceholder.test(value)) ||
  /^([0-9a-f])\1{7}(-\1{4}){3}-\1{12}$/i.test(value);

export const notGuid = 'is not a GUID (8-4-4-4-12 hexadecimal digits).';

/** GUIDs are pasted with quotes and braces around them; both mean the same id. */
export const bareGuid = (value: string) => value.replace(/["'{}\s\uFEFF]/g, '').toLowerCase();

export const clientId = variable((value) => {
  if (!value) return refuse('missing', 'is not set.');
  const id = bareGuid(value);
  if (isPlaceholder(id)) return refuse('placeholder', 'still holds a placeholder.');
  return isGuid(id) ? id : refuse('not_a_guid', notGuid);
});

/** Written as for a shell, in a file that no shell reads. */
export const isQuoted = (value: string) => /^(["']).*\1$/.test(value);

/** What is wrong with one entry of the tenant list, as `bareGuid` left it; `which` names it. */
export function tenantFault(id: string, which: string): [ProblemCode, string] | undefined {
  if (['common', 'organizations', 'consumers'].includes(id)) {
    return [
      'tenant_is_authority',
      `${which} names an authority, not a tenant. List the tenant ids that may sign in.`,
    ];
  }
  if (isPlaceholder(id)) return ['placeholder', `${which} is still a placeholder.`];
  if (isGuid(id)) return undefined;
  if (/^[^\s/]+\.[a-z]{2,}$/.test(id)) {
    return [
      'tenant_is_domain',
      `${which} is a domain name. Open https://login.microsoftonline.com/<domain>/v2.0/.well-known/openid-configuration (in another cloud, at its own host): the GUID in "issuer" is its tenant id.`,
    ];
  }
  return ['not_a_guid', `${which} ${notGuid}`];
}

export const tenantIds = variable((value): ReadonlySet<string> => {
  const entries = (value ?? '').split(',').map(bareGuid);
  const faults = entries.flatMap((id, index) => {
    const fault = id ? tenantFault(id, `entry ${index + 1}`) : undefined;
    return fault ? [fault] : [];
  });
  if (faults.length > 0) throw new Refusal(faults);
  const ids = new Set(entries.filter(Boolean));
  return ids.size > 0 ? ids : refuse('missing', 'is not set. An empty list lets nobody in.');
});

/** Newest first, comma-separated. */
export const secrets = variable((value): readonly string[] => {
  if (!value) return refuse('missing', 'is not set.');
  const list = value.split(',').map((item) => item.trim());
  for (const [index, secret] of list.entries()) {
    const which = list.length > 1 ? `secret ${index + 1}` : 'it';
    if (isPlaceholder(secret)) return refuse('placeholder', 'holds a placeholder or a sample.');
    if (secret.length < 32) {
      return refuse('too_short', `is too short: ${which} has fewer than 32 characters.`);
    }
    // 32 random bytes in base64 or hex show ten different characters and no such repetition.
    if (new Set(secret).size < 10 || /(.{2,3})\1{4}|(.{4,8})\2{3}|(.)\3{7}/.test(secret)) {
      return refuse('too_simple', `is too easy to guess: ${which} repeats itself.`);
    }
  }
  return list;
});

/** A whole number within bounds; unset is `otherwise`. */
export const wholeNumber = (range: { least: number; most: number; otherwise: number }) =>
  variable((value): number => {
    if (!value) return range.otherwise;
    const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= range.least && number <= range.most) return number;
    return refuse('not_in_range', `must be a whole number from ${range.least} to ${range.most}.`);
  });

/** `true` or `false`; unset is `otherwise`. Anything else would be read differently by everyone. */
export const flag = (otherwise: boolean) =>
  variable((value): boolean => {
    if (!value) return otherwise;
    if (value === 'true') return true;
    return value === 'false' ? false : refuse('not_a_flag', 'must be true or false.');
  });

/** A moment that is over; unset is 0. */
export const pastMoment = variable((value): number => {
  if (!value) return 0;
  const seconds = secondsFromInstant(value);
  if (seconds === undefined) {
    return refuse('not_a_moment', 'must be a moment such as 2026-01-31T09:00:00Z.');
  }
  return isAhead(seconds)
    ? refuse('in_the_future', 'is still to come: until then no session could begin.')
    : seconds;
});

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address is this very machine. */
export const isLoopback = (url: URL) => loopbackHosts.includes(url.hostname);

function readOrigin(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return refuse('not_an_origin', 'is not an address that starts with https://.');
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    return refuse('not_an_origin', 'must be an origin alone: scheme, host and port, no path.');
  }
  return url;
}

/** The app's public origin; in development it may be left to the port. */
export const appUrl = (production: boolean, port: string | undefined) =>
  variable((value): URL => {
    if (!value && production) return refuse('missing', 'is not set.');
    const url = readOrigin(value ?? `http://localhost:${port || 3000}`);
    if (url.protocol === 'http:' && !isLoopback(url)) {
      return refuse('not_https', 'must start with https:// (http is for localhost only).');
    }
    return url;
  });

export const standInUrl = variable((value): URL | undefined => {
  if (!value) return undefined;
  const url = readOrigin(value);
  if (url.protocol === 'http:' && isLoopback(url)) return url;
  return refuse('not_loopback', 'must be an http address of this machine.');
});

/** Where instances share which sessions were ended; kept as text, for its credentials. */
export const redisUrl = variable((value): string | undefined => {
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname) return value;
  return refuse('not_a_redis_url', 'must start with redis:// or, with TLS, rediss://.');
});

/** What `npm run dev` sets for its own server. In production it could bring the stand-in back. */
export const developmentOnly = (production: boolean) =>
  variable((value): undefined => {
    if (!value || !production) return undefined;
    return refuse('not_in_production', 'is set, and is for npm run dev alone.');
  });

/** Node's own switch. With it anyone on the way to Microsoft could read codes and secret, and sign
 * in as anybody: they would serve the keys, too. */
export const tlsChecks = (production: boolean) =>
  variable((value): undefined => {
    if (value !== '0' || !production) return undefined;
    return refuse('tls_unchecked', 'is 0: nobody would check who answers as Microsoft.');
  });
