import { authorityFromIssuerUri, isGuid, personalAccountsTenantId } from './authority';
import { authorityHostFrom, type Cloud, cloudOfOrigin, clouds, knownHosts } from './clouds';
import type { ConfigProblem } from './config-problem';
import { refuse, variable } from './config-variables';

/** What is said of a host that no cloud has. */
export const unknownCloud: ConfigProblem = {
  variable: 'AZURE_AUTHORITY_HOST',
  code: 'unknown_cloud',
  problem: `is not a host that people can sign in at. It must be ${knownHosts}, without a path, a port or a user name.`,
};

/** `AZURE_AUTHORITY_HOST`, as the Azure SDKs read it: with or without `https://` and a slash at the
 * end. Reduced to the one name of the host that this app uses. */
export const authorityHost = variable((value): string | undefined => {
  if (!value) return undefined;
  return authorityHostFrom(value) ?? refuse(unknownCloud.code, unknownCloud.problem);
});

/** `AZURE_ISSUER_URI`, reduced to its host and its path segment: a tenant id or a kind of authority. */
export const issuerUri = variable((value) => {
  if (!value) return undefined;
  return (
    authorityFromIssuerUri(value) ??
    refuse(
      'not_an_issuer',
      `must be https://{host}/{tenant}/v2.0, with ${knownHosts} as {host}, and a tenant id (not a domain name), common, organizations or consumers as {tenant}; with ciamlogin.com a tenant id alone.`,
    )
  );
});

/** What decides about the cloud, as far as it can be read. */
export type CloudChoice = {
  /** Of `AZURE_AUTHORITY_HOST`. */
  host?: string | undefined;
  /** Of `AZURE_ISSUER_URI`. */
  issuer?: { host: string; segment: string } | undefined;
  usesStandIn: boolean;
};

/** The host of the authority: named as such, else by the issuer, else the public cloud's. */
export const hostFrom = ({ host, issuer }: CloudChoice): string =>
  host ?? issuer?.host ?? clouds.public.hosts[0];

function cloudFrom(choice: CloudChoice): Cloud {
  if (choice.usesStandIn) return clouds.standIn;
  return cloudOfOrigin(`https://${hostFrom(choice)}`) ?? clouds.public;
}

/** Whether both names mean one authority. An external tenant's host is its subdomain or its id. */
function isSameHost(host: string, issuer: { host: string; segment: string }): boolean {
  if (issuer.host === host) return true;
  const { hosts } = clouds.external;
  const byId = isGuid(issuer.segment) && hosts[0].replace('*', issuer.segment) === issuer.host;
  return byId && cloudOfOrigin(`https://${host}`) === clouds.external;
}

/** What a cloud and the rest of the settings contradict each other in. */
export function cloudContradictions(
  choice: CloudChoice,
  tenants: ReadonlySet<string> | undefined,
): ConfigProblem[] {
  const { host, issuer } = choice;
  const cloud = cloudFrom(choice);
  const found: ConfigProblem[] = [];
  if (host && issuer && !isSameHost(host, issuer)) {
    found.push({
      variable: 'AZURE_ISSUER_URI',
      code: 'issuer_of_another_cloud',
      problem: 'names another host than AZURE_AUTHORITY_HOST does. Unset one of the two.',
    });
  }
  if (tenants?.has(personalAccountsTenantId) && !cloud.personalAccounts) {
    found.push({
      variable: 'AZURE_VALID_TENANT_IDS',
      code: 'no_personal_accounts',
      problem: `lists personal Microsoft accounts (${personalAccountsTenantId}), which are in the worldwide cloud alone. The authority chosen here is of another: ${cloud.label}.`,
    });
  } else if (tenants && tenants.size > 1 && !cloud.severalTenants) {
    found.push({
      variable: 'AZURE_VALID_TENANT_IDS',
      code: 'one_tenant_only',
      problem: 'lists several tenants, but a host of ciamlogin.com signs in the people of one.',
    });
  }
  return found;
}
