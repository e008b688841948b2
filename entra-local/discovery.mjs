/** As Entra: clients may keep metadata and keys for a day. */
const CACHEABLE = {
  'cache-control': 'max-age=86400, private',
  'x-content-type-options': 'nosniff',
};

/**
 * The members that Entra publishes, with its names replaced by names that cannot resolve. The
 * browser goes to the two endpoints on our own origin; servers go to the rest.
 * @param {import('./authority.mjs').Authority} authority
 * @param {Pick<import('./entra.mjs').Entra, 'originUrl' | 'names'>} entra
 */
function metadataOf(authority, { originUrl, names }) {
  const { segment, tenantId } = authority;
  const serverUrl = `${names.authorityUrl}/${segment}`;
  const browserUrl = `${originUrl}/${segment}`;
  return {
    token_endpoint: names.tokenEndpointOf(authority),
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
    ],
    jwks_uri: `${serverUrl}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: tenantId ? names.issuerOf(tenantId) : names.issuerTemplate,
    request_uri_parameter_supported: false,
    userinfo_endpoint: 'https://graph.entra-local.invalid/oidc/userinfo',
    authorization_endpoint: `${browserUrl}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${serverUrl}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${browserUrl}/oauth2/v2.0/logout`,
    claims_supported: [
      ...['sub', 'iss', 'cloud_instance_name', 'cloud_instance_host_name'],
      ...['cloud_graph_host_name', 'msgraph_host', 'aud', 'exp', 'iat', 'auth_time', 'acr'],
      ...['nonce', 'preferred_username', 'name', 'tid', 'ver', 'at_hash', 'c_hash', 'email'],
    ],
    kerberos_endpoint: `${serverUrl}/kerberos`,
    tenant_region_scope: tenantId ? 'EU' : null,
    cloud_instance_name: 'entra-local.invalid',
    cloud_graph_host_name: 'directory.entra-local.invalid',
    msgraph_host: 'graph.entra-local.invalid',
    rbac_url: 'https://rbac.entra-local.invalid',
  };
}

/** @type {import('./entra.mjs').Endpoint} */
export const discovery = async ({ entra, authority }) =>
  Response.json(metadataOf(authority, entra), { headers: CACHEABLE });

/** @type {import('./entra.mjs').Endpoint} */
export const keys = async ({ entra }) =>
  Response.json({ keys: await entra.keys.published() }, { headers: CACHEABLE });
