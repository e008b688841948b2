import { type Authority, cloudOf, personalAccountsTenantId } from '../lib/authority';
import { credentialNames } from '../lib/credential';
import { couldNotTell } from './aadsts-answer';
import { findingInCloud } from './admin-center';
import type { Tools } from './ask';
import { clockFindings } from './clock-test';
import {
  appNotFound,
  credentialFindings,
  notConsented,
  type Subject,
  untested,
} from './credential-findings';
import {
  type Credential,
  type CredentialVerdict,
  isKnownApp,
  testCredential,
} from './credential-test';
import { type Discovery, discoveryFindings, isNoTenant, testDiscovery } from './discovery-test';
import type { Finding } from './finding';
import { findingFromFault, type NetworkFault } from './network-fault';
import { type RedirectVerdict, redirectFindings, testRedirectUri } from './redirect-test';
import { enumerate, type NamedTenant, nameTenants } from './tenant-names';

export type { Tools } from './ask';
export { resolveTenants } from './resolve-tenants';

/** What an operator entered, and where it will be used. */
export type Connection = {
  clientId: string;
  credential: Credential;
  /** GUIDs in lower case. */
  tenantIds: readonly string[];
  authority: Authority;
  /** Absolute: the one that signing in will send. */
  redirectUri: string;
};

type Of<Verdict> = { tenant: NamedTenant; verdict: Verdict };

const noTenants: Finding = {
  code: 'no_tenants',
  status: 'fail',
  subject: 'Tenant',
  says: 'No tenant is listed, so nobody could sign in.',
  next: 'Enter the ID of yours: Microsoft Entra admin center > Entra ID > Overview > Tenant ID.',
};

/** Every fault of the network once, however many requests it hit. Signing in needs what `needed`
 * asked for; the probe alone may fail without harm. */
function networkFindings(
  needed: readonly (Discovery | CredentialVerdict)[],
  probe: RedirectVerdict,
  authority: Authority,
): Finding[] {
  const faults = new Map<NetworkFault, Finding['status']>();
  if (probe.kind === 'network') faults.set(probe.fault, 'warn');
  for (const verdict of needed) if (verdict.kind === 'network') faults.set(verdict.fault, 'fail');
  return [...faults].map(([fault, status]) => findingFromFault(fault, authority, status));
}

/** Of a tenant that does not know the app: is there no such app, or has nobody consented there? Any
 * answer about the app, of another tenant or of the probe, proves that it exists. */
function unknownAppFindings(
  tenants: readonly NamedTenant[],
  credentials: readonly Of<CredentialVerdict>[],
  probe: RedirectVerdict,
  redirectUri: string,
): Finding[] {
  // The app is for one tenant alone: told of the probe, and nobody elsewhere can consent.
  if (probe.kind === 'account_type') return [];
  const isKnown =
    credentials.some(({ verdict }) => isKnownApp(verdict)) ||
    probe.kind === 'registered' ||
    probe.kind === 'redirect_uri_not_registered';
  if (isKnown) {
    const { origin } = new URL(redirectUri);
    const unsure = couldNotTell('Redirect URI', 'the probe whether the app is known', 700016);
    const missing = tenants.map((tenant) => notConsented(tenant, origin));
    return probe.kind === 'app_unknown' ? [...missing, unsure] : missing;
  }
  if (tenants.length > 0) return [appNotFound(enumerate(tenants.map(({ name }) => name)))];
  return probe.kind === 'app_unknown' ? [appNotFound()] : [];
}

/** Tests what was entered against Microsoft, or the stand-in: every tenant, the credential in each of
 * them, the redirect URI and the clock, all at once. What Microsoft says in a way that we do not know
 * is never good. Creates nothing there; each credential test leaves a line in the tenant's log of
 * sign-ins. */
export async function testConnection(connection: Connection, tools: Tools): Promise<Finding[]> {
  const { authority, credential, redirectUri } = connection;
  const tenants = nameTenants(connection.tenantIds);
  if (tenants.length === 0) return [noTenants];
  const organisations = tenants.filter(({ id }) => id !== personalAccountsTenantId);
  const ofEach = <Verdict>(list: NamedTenant[], test: (id: string) => Promise<Verdict>) =>
    Promise.all(list.map(async (tenant) => ({ tenant, verdict: await test(tenant.id) })));
  const [discoveries, credentials, probed] = await Promise.all([
    ofEach(tenants, (id) => testDiscovery(id, authority, tools)),
    ofEach(organisations, (id) => testCredential(id, connection, tools)),
    testRedirectUri(connection, tools),
  ]);
  // A tenant that only the token endpoint does not know is not there either.
  const settled = discoveries.map(({ tenant, verdict }): Of<Discovery> => {
    const said = credentials.find((one) => one.tenant === tenant)?.verdict;
    return { tenant, verdict: isNoTenant(said) ? said : verdict };
  });
  const { kind } = credential;
  const subject: Subject = credentialNames[kind === 'previous_certificate' ? 'certificate' : kind];
  const needed = [...discoveries, ...credentials].map(({ verdict }) => verdict);
  // A proxy's page looks like a page of Microsoft's that says nothing: one cause, one finding.
  const cut = needed.find(({ kind }) => kind === 'network');
  const isBlank = probed.kind === 'unknown' && probed.aadsts === undefined;
  const probe = isBlank && cut?.kind === 'network' ? cut : probed;
  const skews = discoveries.flatMap(({ verdict }) =>
    verdict.kind === 'found' ? [verdict.skewSeconds] : [],
  );
  const findings = [
    ...networkFindings(needed, probe, authority),
    ...discoveryFindings(settled),
    ...(organisations.length > 0 ? [] : [untested(subject)]),
    ...credentialFindings(credentials, subject, (unknownTo) =>
      unknownAppFindings(unknownTo, credentials, probe, redirectUri),
    ),
    ...redirectFindings(
      probe,
      authority,
      settled.some(({ verdict }) => isNoTenant(verdict)),
    ),
    ...clockFindings(skews),
  ];
  const { adminCenterUrl } = cloudOf(authority);
  return findings.map((finding) => findingInCloud(finding, adminCenterUrl));
}
