/** The tenant that all personal Microsoft accounts live in.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference (`tid`) */
export const personalAccountsTenantId = '9188040d-6c67-4c5b-b112-36a304b66dad';

const microsoft = 'https://login.microsoftonline.com';
/** The name of the local stand-in's authority. `.invalid` never resolves (RFC 2606 §2): if the
 * mapping to the stand-in were lost, requests would fail instead of reaching Microsoft, and a
 * local account can never be taken for a Microsoft one. */
const standIn = 'https://entra-local.invalid';

/** Who issues our ID tokens, and where it is reached. */
export type Authority = {
  /** The name in issuers and metadata, e.g. `https://login.microsoftonline.com`. */
  origin: string;
  /** `common`, `organizations`, `consumers` or one tenant id: which accounts may be offered.
   * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc */
  segment: string;
  /** Where the browser is sent and requests go. Differs from `origin` for the stand-in only. */
  locationOrigin: string;
};

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether `text` is a GUID in lower case. Microsoft's ids ignore RFC 9562's version bits. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** The narrowest authority that can sign in everyone on the list: one organisation → its own,
 * several → `organizations`, personal accounts → `consumers`, both kinds → `common`. */
export function segmentFromTenants(tenantIds: ReadonlySet<string>): string {
  const organisations = [...tenantIds].filter((id) => id !== personalAccountsTenantId);
  const personal = tenantIds.has(personalAccountsTenantId);
  if (organisations.length === 0) return 'consumers';
  if (personal) return 'common';
  return organisations.length === 1 ? (organisations[0] as string) : 'organizations';
}

/** The tenants of which an authority issues tokens, out of `tenantIds`. */
export function tenantsServedBy(segment: string, tenantIds: ReadonlySet<string>): string[] {
  return [...tenantIds].filter((id) => {
    if (segment === 'common') return true;
    if (segment === 'consumers') return id === personalAccountsTenantId;
    if (segment === 'organizations') return id !== personalAccountsTenantId;
    return id === segment;
  });
}

/** Reads `https://login.microsoftonline.com/{segment}/v2.0`; undefined when it is anything else. */
export function segmentFromIssuerUri(issuerUri: string): string | undefined {
  const match = /^https:\/\/login\.microsoftonline\.com\/([^/]+)\/v2\.0\/?$/i.exec(issuerUri);
  const segment = match?.[1]?.toLowerCase();
  if (!segment) return undefined;
  const known = ['common', 'organizations', 'consumers'].includes(segment) || isGuid(segment);
  return known ? segment : undefined;
}

/** Microsoft's authority for `segment`, or the stand-in's where `standInUrl` is given. */
export function createAuthority(segment: string, standInUrl?: string): Authority {
  return standInUrl
    ? { origin: standIn, segment, locationOrigin: standInUrl }
    : { origin: microsoft, segment, locationOrigin: microsoft };
}

/** What an app-only token for Microsoft Graph is asked for with: every permission that was granted.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export const graphScope = 'https://graph.microsoft.com/.default';

/** The name of Microsoft Graph's address, to which paths are appended; the stand-in's has the
 * stand-in's name, so that its tokens and people never reach Microsoft. */
export function graphUrlOf({ origin }: Pick<Authority, 'origin'>): string {
  return origin === standIn ? `${standIn}/graph/v1.0` : 'https://graph.microsoft.com/v1.0';
}

/** Where an app gets tokens for itself: at one tenant's own authority alone.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function tokenEndpointOf({ origin }: Pick<Authority, 'origin'>, tenantId: string): string {
  return `${origin}/${tenantId}/oauth2/v2.0/token`;
}

/** The issuer of every v2.0 ID token of one tenant.
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer */
export function issuerOfTenant(authority: Authority, tenantId: string): string {
  return `${authority.origin}/${tenantId}/v2.0`;
}

/** The `issuer` member that this authority's metadata must carry: a template where tokens of
 * several tenants are issued, the tenant's own issuer otherwise. */
export function issuerOfMetadata(authority: Authority): string {
  const { segment } = authority;
  if (segment === 'common' || segment === 'organizations') {
    return issuerOfTenant(authority, '{tenantid}');
  }
  return issuerOfTenant(authority, segment === 'consumers' ? personalAccountsTenantId : segment);
}

/** Where this authority publishes its metadata (OpenID Connect Discovery 1.0 §4). */
export function metadataUrl(authority: Authority): string {
  return `${authority.locationOrigin}/${authority.segment}/v2.0/.well-known/openid-configuration`;
}
