import { personalAccountsTenantId } from './authority';
import { futureSkewSeconds, type IdTokenClaims } from './id-token';
import { isRole, type Role } from './roles';
import { ruleOf, type TenantRules } from './tenant-rules';

/** Who is signed in: all that we keep of the ID token. */
export type Identity = {
  /** `tid`: the organisation in which the person signed in, in lower case. */
  tenantId: string;
  /** `oid`: the person within that tenant. Only the pair of both identifies anyone.
   * @see https://learn.microsoft.com/entra/identity-platform/claims-validation */
  objectId: string;
  /** For display only. */
  name: string;
  /** For display only: may be missing, unverified or chosen by an attacker ("nOAuth").
   * @see https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization */
  email: string | undefined;
  /** The opaque `login_hint` claim, where the registration asks for it: lets sign-out name the
   * account. @see https://learn.microsoft.com/entra/identity-platform/optional-claims-reference */
  signOutHint: string | undefined;
  /** Invited into the tenant from outside. */
  isGuest: boolean;
  /** The app roles of the token that this app declares. What they are worth is lib/roles.ts's. */
  appRoles: readonly Role[];
  /** The groups of the token that a rule speaks of. */
  groupIds: readonly string[];
  /** In too many groups for a token: a rule may speak of one that is not in it.
   * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim */
  hasMoreGroups: boolean;
};

/** Printable text of bounded length, in characters and in bytes (twice as many): these values end up
 * in a cookie and on a page. */
function displayText(value: string | undefined, maxLength: number): string | undefined {
  const text = value
    ?.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!text) return undefined;
  const characters = [...text].slice(0, maxLength);
  while (bytes(characters.join('')) > 2 * maxLength) characters.pop();
  return characters.join('');
}

const encoder = new TextEncoder();
const bytes = (text: string) => encoder.encode(text).length;

/** Whether a token is a guest's: `acct` says so, or `idp` names another place than the tenant. A
 * value of `acct` that Microsoft does not document counts as a guest. Without both claims Microsoft
 * says nothing, which it does for members only.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference (`idp`)
 * @see https://learn.microsoft.com/entra/identity-platform/optional-claims-reference (`acct`) */
function isGuest({ acct, idp, iss, tid }: IdTokenClaims): boolean {
  if (tid === personalAccountsTenantId) return false;
  if (acct !== undefined) return acct !== 0;
  if (idp === undefined || idp === iss) return false;
  return !(typeof idp === 'string' && idp.toLowerCase().includes(tid));
}

/** The groups of a token that the rule of its tenant speaks of, and whether there are more than the
 * token holds. Any sign of more counts: what is not known must not pass for "no groups". */
function groupsFrom(claims: IdTokenClaims, rules: TenantRules | undefined) {
  const { groups: mapped = {} } = ruleOf(claims.tid, rules);
  const isMapped = (id: unknown): id is string =>
    typeof id === 'string' && Object.hasOwn(mapped, id.toLowerCase());
  const groupIds = Array.isArray(claims.groups)
    ? claims.groups.filter(isMapped).map((id) => id.toLowerCase())
    : [];
  const { _claim_names: names, hasgroups, groups } = claims;
  const elsewhere = typeof names === 'object' && names !== null && 'groups' in names;
  const isOdd = groups !== undefined && !Array.isArray(groups);
  const more = elsewhere || isOdd || (hasgroups !== undefined && hasgroups !== false);
  return {
    groupIds: [...new Set(groupIds)],
    hasMoreGroups: more,
  };
}

/** When Microsoft saw the person sign in; undefined for a moment that is still to come: it would
 * count as recent until then. */
export function authTimeFrom({ auth_time }: IdTokenClaims, nowSeconds: number): number | undefined {
  return auth_time !== undefined && auth_time <= nowSeconds + futureSkewSeconds
    ? auth_time
    : undefined;
}

/** The authentication contexts of a token that the rule of its tenant speaks of. */
export function contextsFrom({ acrs = [], tid }: IdTokenClaims, rules?: TenantRules): string[] {
  const known = Object.values(ruleOf(tid, rules).contexts ?? {});
  return [...new Set(acrs)].filter((id) => known.includes(id));
}

/** What we keep of verified claims. `preferred_username` stands in for a missing e-mail. */
export function identityFromClaims(claims: IdTokenClaims, rules?: TenantRules): Identity {
  const email = displayText(claims.email, 120) ?? displayText(claims.preferred_username, 120);
  return {
    tenantId: claims.tid,
    objectId: claims.oid,
    name: displayText(claims.name, 120) ?? email ?? 'Unnamed account',
    email,
    signOutHint: /^[\x21-\x7e]{1,512}$/.test(claims.login_hint ?? '')
      ? claims.login_hint
      : undefined,
    isGuest: isGuest(claims),
    // A single text is not what Microsoft sends: half a claim gives no role.
    appRoles: Array.isArray(claims.roles) ? [...new Set(claims.roles.filter(isRole))] : [],
    ...groupsFrom(claims, rules),
  };
}

/** A person by a mark that says nothing about them and that nobody can trace back: what the tabs of
 * a browser compare. The ids themselves have no business in every page's source. */
export async function personMark({ tenantId, objectId }: Identity): Promise<string> {
  const ids = new TextEncoder().encode(`${tenantId}.${objectId}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', ids));
  return btoa(String.fromCharCode(...digest.slice(0, 12)));
}

/** An account as people recognise it: name and e-mail. */
export function displayNameOf({ name, email }: Identity): string {
  return email && email !== name ? `${name} (${email})` : name;
}
