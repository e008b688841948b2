import type { IdTokenClaims } from './id-token';

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
};

/** Printable text of bounded length: these values end up in a cookie and on a page. */
function displayText(value: string | undefined, maxLength: number): string | undefined {
  const text = value
    ?.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text ? [...text].slice(0, maxLength).join('') : undefined;
}

/** What we keep of verified claims. `preferred_username` stands in for a missing e-mail. */
export function identityFromClaims(claims: IdTokenClaims): Identity {
  const email = displayText(claims.email, 120) ?? displayText(claims.preferred_username, 120);
  return {
    tenantId: claims.tid,
    objectId: claims.oid,
    name: displayText(claims.name, 120) ?? email ?? 'Unnamed account',
    email,
    signOutHint: /^[\x21-\x7e]{1,512}$/.test(claims.login_hint ?? '')
      ? claims.login_hint
      : undefined,
  };
}

/** An account as people recognise it: name and e-mail. */
export function displayNameOf({ name, email }: Identity): string {
  return email && email !== name ? `${name} (${email})` : name;
}
