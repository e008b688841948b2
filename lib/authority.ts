import { authorityHostFrom, type Cloud, cloudOfOrigin, clouds } from './clouds';

/** The tenant that all personal Microsoft accounts live in.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference (`tid`) */
export const personalAccountsTenantId = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Who issues our ID tokens, and where it is reached. */
export type Authority = {
  /** The name of its endpoints, e.g. `https://login.microsoftonline.com`; it tells the cloud. */
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

/** Reads `https://{host}/{segment}/v2.0` for a host of any cloud; undefined when it is anything
 * else. An external tenant is named by its id alone. */
export function authorityFromIssuerUri(
  issuerUri: string,
): { host: string; segment: string } | undefined {
  const [, name = '', path = ''] =
    /^https:\/\/([a-z0-9.-]+)\/([^/]+)\/v2\.0\/?$/i.exec(issuerUri) ?? [];
  const host = authorityHostFrom(name);
  const segment = path.toLowerCase();
  if (!host) return undefined;
  if (isGuid(segment)) return { host, segment };
  const isShared = ['common', 'organizations', 'consumers'].includes(segment);
  return isShared && cloudOfOrigin(`https://${host}`)?.severalTenants
    ? { host, segment }
    : undefined;
}

/** Microsoft's authority for `segment`, or the stand-in's where `standInUrl` is given.
 * @param host of `authorityHostFrom`: it says which cloud */
export function createAuthority(
  segment: string,
  standInUrl?: string,
  host: string = clouds.public.hosts[0],
): Authority {
  const origin = `https://${standInUrl ? clouds.standIn.hosts[0] : host}`;
  return { origin, segment, locationOrigin: standInUrl ?? origin };
}

/** The cloud that an authority is of.
 * @throws Error for an authority that `createAuthority` did not make */
export function cloudOf({ origin }: Pick<Authority, 'origin'>): Cloud {
  const cloud = cloudOfOrigin(origin);
  if (!cloud) throw new Error('unknown authority');
  return cloud;
}

/** Every origin that is this authority to a browser: its endpoints lie there, and its pages. */
export function originsOf(authority: Authority): readonly string[] {
  const { origin, segment, locationOrigin } = authority;
  if (locationOrigin !== origin) return [locationOrigin];
  const named = cloudOf(authority).hosts.filter((host) => !host.startsWith('*'));
  const issuers = isGuid(segment) ? [new URL(issuerOfTenant(authority, segment)).origin] : [];
  return [...new Set([origin, ...named.map((host) => `https://${host}`), ...issuers])];
}

/** Where an app gets tokens for itself: at one tenant's own authority alone.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function tokenEndpointOf({ origin }: Pick<Authority, 'origin'>, tenantId: string): string {
  return `${origin}/${tenantId}/oauth2/v2.0/token`;
}

/** The issuer of every v2.0 ID token of one tenant.
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer */
export function issuerOfTenant(authority: Pick<Authority, 'origin'>, tenantId: string): string {
  return cloudOf(authority).issuer.replaceAll('{tenantid}', tenantId);
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
