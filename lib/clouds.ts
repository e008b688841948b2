/** One of Microsoft's separate clouds: every name that follows from the host people sign in at.
 * Plain data, because the middleware reads it on the edge. */
export type Cloud = {
  /** In words, for operators. */
  label: string;
  /** Hosts of its authority. The first is used, and the others mean it; `*` stands for one label. */
  hosts: readonly [string, ...string[]];
  /** The issuer of its ID tokens, with `{tenantid}` for the tenant. */
  issuer: string;
  /** The name of Microsoft Graph's address, to which paths are appended. */
  graphUrl: string;
  /** What an app-only token for Microsoft Graph is asked for with: every permission granted.
   * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
  graphScope: string;
  /** The audience of tokens from elsewhere that stand for a credential of the app.
   * @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity */
  federationAudience: string;
  /** Where apps are registered.
   * @see https://learn.microsoft.com/entra/fundamentals/faq (its hosts, for firewalls) */
  adminCenterUrl: string;
  /** Its name in the Azure CLI. @see https://learn.microsoft.com/cli/azure/manage-clouds-azure-cli */
  azureCliName: string;
  /** Whether personal Microsoft accounts can sign in. */
  personalAccounts: boolean;
  /** Whether one app can sign in several organisations. */
  severalTenants: boolean;
};

/** Microsoft Entra ID for most: also for US Government Community Cloud (GCC), which is not GCC High. */
const worldwide = {
  label: 'worldwide',
  hosts: ['login.microsoftonline.com'],
  issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
  graphUrl: 'https://graph.microsoft.com/v1.0',
  graphScope: 'https://graph.microsoft.com/.default',
  federationAudience: 'api://AzureADTokenExchange',
  adminCenterUrl: 'https://entra.microsoft.com',
  azureCliName: 'AzureCloud',
  personalAccounts: true,
  severalTenants: true,
} satisfies Cloud;

/** The clouds that an app can sign people in from. Which one it is follows from the authority's host.
 * What is not documented, and what nobody tried, is in docs/decisions/0018.
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 * @see https://learn.microsoft.com/graph/deployments */
export const clouds = {
  public: worldwide,
  usGovernment: {
    label: 'US Government',
    hosts: ['login.microsoftonline.us'],
    issuer: 'https://login.microsoftonline.us/{tenantid}/v2.0',
    graphUrl: 'https://graph.microsoft.us/v1.0',
    graphScope: 'https://graph.microsoft.us/.default',
    federationAudience: 'api://AzureADTokenExchangeUSGov',
    adminCenterUrl: 'https://entra.microsoft.us',
    azureCliName: 'AzureUSGovernment',
    personalAccounts: false,
    severalTenants: true,
  },
  china: {
    label: 'China, operated by 21Vianet',
    // Microsoft's two names for one authority: the Azure SDKs say chinacloudapi, tokens never do.
    hosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    issuer: 'https://login.partner.microsoftonline.cn/{tenantid}/v2.0',
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn/v1.0',
    graphScope: 'https://microsoftgraph.chinacloudapi.cn/.default',
    federationAudience: 'api://AzureADTokenExchangeChina',
    adminCenterUrl: 'https://entra.microsoftonline.cn',
    azureCliName: 'AzureChinaCloud',
    personalAccounts: false,
    severalTenants: true,
  },
  /** Customers' accounts in a tenant of their own kind (Entra External ID), in the public cloud. */
  external: {
    ...worldwide,
    label: 'Entra External ID',
    hosts: ['*.ciamlogin.com'],
    // Endpoints are on the tenant's subdomain, the issuer on its id.
    issuer: 'https://{tenantid}.ciamlogin.com/{tenantid}/v2.0',
    personalAccounts: false,
    severalTenants: false,
  },
  /** The local stand-in. `.invalid` never resolves (RFC 2606 §2): if the mapping to the stand-in were
   * lost, requests would fail instead of reaching Microsoft, and a local account, a token or a person
   * of it can never be taken for Microsoft's. */
  standIn: {
    ...worldwide,
    label: 'local stand-in',
    hosts: ['entra-local.invalid'],
    issuer: 'https://entra-local.invalid/{tenantid}/v2.0',
    graphUrl: 'https://entra-local.invalid/graph/v1.0',
  },
} satisfies Record<string, Cloud>;

const { standIn: _, ...real } = clouds;

/** What `AZURE_AUTHORITY_HOST` may be, in words. */
export const knownHosts =
  'login.microsoftonline.com, login.microsoftonline.us, login.partner.microsoftonline.cn, login.chinacloudapi.cn or <subdomain>.ciamlogin.com';

/** Microsoft's page about its error numbers; the numbers are the same in every cloud.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const errorPageUrl = 'https://login.microsoftonline.com/error';

const subdomain = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function isHostOf(cloud: Cloud, host: string): boolean {
  return cloud.hosts.some((known) => {
    if (!known.startsWith('*')) return host === known;
    const tail = known.slice(1);
    return host.endsWith(tail) && subdomain.test(host.slice(0, -tail.length));
  });
}

/** The cloud whose authority is at an origin; undefined for any other origin. */
export function cloudOfOrigin(origin: string): Cloud | undefined {
  if (!origin.startsWith('https://')) return undefined;
  const host = origin.slice('https://'.length);
  return Object.values<Cloud>(clouds).find((cloud) => isHostOf(cloud, host));
}

/** Reads the host of an authority of Microsoft's, as the Azure SDKs take it: with or without
 * `https://` and a slash at the end. @returns the one name that this app uses for it; undefined for
 * anything else: another host, a port, a path, a user name, http */
export function authorityHostFrom(text: string): string | undefined {
  const host = /^(?:https:\/\/)?([a-z0-9.-]+)\/?$/i.exec(text)?.[1]?.toLowerCase();
  if (host === undefined) return undefined;
  const cloud = Object.values<Cloud>(real).find((one) => isHostOf(one, host));
  if (!cloud) return undefined;
  return cloud.hosts[0].startsWith('*') ? host : cloud.hosts[0];
}

/** The cloud that a value of `AZURE_AUTHORITY_HOST` names; the public one where it names none. */
export function cloudNamed(authorityHost: string | undefined): Cloud {
  const host = authorityHostFrom(authorityHost?.trim() ?? '');
  return (host && cloudOfOrigin(`https://${host}`)) || clouds.public;
}
