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

/** @param {string} tenantId */
export const issuerOf = (tenantId) => `${AUTHORITY_URL}/${tenantId}/v2.0`;

/** Also the audience of client assertions. @param {Authority} authority */
export const tokenEndpointOf = ({ segment }) => `${AUTHORITY_URL}/${segment}/oauth2/v2.0/token`;

/** Literally so in the metadata of authorities that serve several tenants. */
export const ISSUER_TEMPLATE = issuerOf('{tenantid}');
