import { createAuthority } from '../../lib/authority';
import { contoso } from './id-token-builder';

/** What the clouds publish of themselves, as others wrote it down: nobody fetched these documents from
 * here. Members that nothing reads are left out; tenants have invented names. */
const documentAt = (endpoints: string, issuer: string, instance?: string) => ({
  token_endpoint: `${endpoints}/oauth2/v2.0/token`,
  jwks_uri: `${endpoints}/discovery/v2.0/keys`,
  issuer,
  authorization_endpoint: `${endpoints}/oauth2/v2.0/authorize`,
  end_session_endpoint: `${endpoints}/oauth2/v2.0/logout`,
  ...(instance && { cloud_instance_name: instance }),
});

const worldwide = 'https://login.microsoftonline.com';
const usGovernment = 'https://login.microsoftonline.us';
const china = 'https://login.partner.microsoftonline.cn';
const chinaForSdks = 'https://login.chinacloudapi.cn';
const subdomain = 'https://woodgrove.ciamlogin.com';
const byTenantId = `https://${contoso}.ciamlogin.com`;

const at = (segment: string, host?: string) => createAuthority(segment, undefined, host);

/** Each document with the authority that it is of. `by`: where it was found. */
export const recorded = [
  {
    name: 'the worldwide cloud',
    by: 'https://github.com/panva/wellknown/blob/main/issuers/entra-common/entra-common.mjs',
    authority: at('common'),
    document: documentAt(
      `${worldwide}/common`,
      `${worldwide}/{tenantid}/v2.0`,
      'microsoftonline.com',
    ),
  },
  {
    name: 'one organisation of the worldwide cloud',
    by: 'https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc',
    authority: at(contoso),
    document: documentAt(`${worldwide}/${contoso}`, `${worldwide}/${contoso}/v2.0`),
  },
  {
    name: 'US Government',
    by: 'https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/src/authority/AuthorityMetadata.ts',
    authority: at('organizations', 'login.microsoftonline.us'),
    document: documentAt(`${usGovernment}/organizations`, `${usGovernment}/{tenantid}/v2.0`),
  },
  {
    name: 'one organisation of US Government',
    by: 'the same',
    authority: at(contoso, 'login.microsoftonline.us'),
    document: documentAt(`${usGovernment}/${contoso}`, `${usGovernment}/${contoso}/v2.0`),
  },
  {
    name: 'China',
    by: 'https://docs.azure.cn/entra/identity-platform/authentication-national-cloud (endpoints), MSAL (issuer)',
    authority: at('organizations', 'login.partner.microsoftonline.cn'),
    document: documentAt(`${china}/organizations`, `${china}/{tenantid}/v2.0`),
  },
  {
    name: 'China, by the name that the Azure SDKs use',
    by: 'AuthorityMetadata.ts of MSAL, as above: endpoints there, but the same issuer',
    authority: at(contoso, 'login.partner.microsoftonline.cn'),
    document: documentAt(`${chinaForSdks}/${contoso}`, `${china}/${contoso}/v2.0`),
  },
  {
    name: 'an external tenant by its subdomain',
    by: 'an authorityMetadata that a public project gives to MSAL, with the names of a tenant of ours',
    authority: at(contoso, 'woodgrove.ciamlogin.com'),
    document: documentAt(
      `${subdomain}/${contoso}`,
      `${byTenantId}/${contoso}/v2.0`,
      'microsoftonline.com',
    ),
  },
  {
    name: 'an external tenant by its id',
    by: 'https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/8592',
    authority: at(contoso, `${contoso}.ciamlogin.com`),
    document: documentAt(`${byTenantId}/${contoso}`, `${byTenantId}/${contoso}/v2.0`),
  },
] as const;
