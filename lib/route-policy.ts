import { access } from './access';
import type { Role } from './roles';

/** What a route asks of whoever is signed in. All of it must hold. */
export type Requirement = {
  /** The person holds this role. */
  role?: Role;
  /** The person comes from one of these tenants. */
  tenants?: readonly string[];
  /** `false`: no guests, whatever their tenant allows. */
  guests?: false;
  /** Microsoft saw the person sign in no longer ago than this, in seconds (`auth_time`). */
  maxAgeSeconds?: number;
  /** The person fulfilled this authentication context (`acrs`); `contexts` of the tenant's rule
   * says what it is called there.
   * @see https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context */
  context?: string;
  /** Closed to all while the store of revocations is away: a session that was ended elsewhere
   * could not be told. */
  certain?: true;
};

/** Who may open a route; `absent`: nobody, there is nothing. */
export type Policy = 'public' | 'absent' | 'signed-in' | Requirement;

export type RoutePolicies = Readonly<Record<string, Policy>>;

/** Whether a route is for people with a session alone. */
export const needsSession = (policy: Policy) => policy !== 'public' && policy !== 'absent';

const nothing: Requirement = {};

/** What a policy asks for beyond a session. */
export const requirementOf = (policy: Policy): Requirement =>
  typeof policy === 'object' ? policy : nothing;

/** The line that decides about a path as the browser asked for it: its own, else the longest `/*`
 * above it; undefined where no line speaks of it. */
export function decidingLine(pathname: string, table: RoutePolicies = access): string | undefined {
  if (Object.hasOwn(table, pathname)) return pathname;
  for (let end = pathname.lastIndexOf('/'); end >= 0; end = pathname.lastIndexOf('/', end - 1)) {
    const wildcard = `${pathname.slice(0, end)}/*`;
    if (Object.hasOwn(table, wildcard)) return wildcard;
    if (end === 0) break;
  }
  return undefined;
}

/** The policy of a path; closed where no line speaks of it. */
export function policyOf(pathname: string, table: RoutePolicies = access): Policy {
  const line = decidingLine(pathname, table);
  return line === undefined ? 'signed-in' : (table[line] as Policy);
}
