import { PERSONAL_TENANT_ID, TENANTS, tenantByDomain, tenantById } from './directory.mjs';

/** `.invalid` never resolves (RFC 6761, section 6.4): a lost mapping fails closed. */
export const AUTHORITY_URL = 'https://entra-local.invalid';

/**
 * What `{tenant}` in a path stands for.
 * @typedef {object} Authority
 * @property {'common' | 'organizations' | 'consumers' | 'tenant'} kind
 * @property {string} segment as written into endpoint URLs
 * @property {string} id the same for every spelling of one authority; codes are bound to it
 * @property {string | null} tenantId the only tenant that can issue here
 */

/**
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri
 * @param {string} segment @returns {Authority | undefined} undefined: AADSTS90002
 */
export function authorityFromSegment(segment) {
  const name = segment.toLowerCase();
  if (name === 'common' || name === 'organizations') {
    return { kind: name, segment: name, id: name, tenantId: null };
  }
  if (name === 'consumers' || name === PERSONAL_TENANT_ID) {
    const id = PERSONAL_TENANT_ID;
    return { kind: 'consumers', segment: name, id, tenantId: id };
  }
  const tenant =
    tenantById(name) ?? (name === TENANTS.personal.domain ? undefined : tenantByDomain(name));
  return tenant && { kind: 'tenant', segment: tenant.id, id: tenant.id, tenantId: tenant.id };
}

/** What the texts of errors call the directory that was asked. @param {Authority} authority */
export const directoryNameOf = ({ segment, tenantId }) =>
  tenantById(tenantId ?? '')?.name ?? segment;

/**
 * What a cloud calls its authority. Microsoft's differ in both, and an external tenant's issuer lies on
 * another host than its endpoints:
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 * @param {object} [cloud] ours, unless a test lets the stand-in play another
 * @param {string} cloud.authorityUrl where endpoints are named
 * @param {string} cloud.issuer with `{tenantid}` for the tenant
 */
export function createNames(
  { authorityUrl, issuer } = {
    authorityUrl: AUTHORITY_URL,
    issuer: `${AUTHORITY_URL}/{tenantid}/v2.0`,
  },
) {
  return {
    authorityUrl,
    /** Literally so in the metadata of authorities that serve several tenants. */
    issuerTemplate: issuer,
    /** @param {string} tenantId */
    issuerOf: (tenantId) => issuer.replaceAll('{tenantid}', tenantId),
    /** Also the audience of client assertions. @param {Authority} authority */
    tokenEndpointOf: ({ segment }) => `${authorityUrl}/${segment}/oauth2/v2.0/token`,
  };
}

/** @typedef {ReturnType<typeof createNames>} Names */
