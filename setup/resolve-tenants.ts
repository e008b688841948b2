import { type Authority, personalAccountsTenantId } from '../lib/authority';
import { couldNotTell } from './aadsts-answer';
import type { Tools } from './ask';
import { type Discovery, discover } from './discovery-test';
import type { Finding } from './finding';
import { findingFromFault } from './network-fault';

/** Names as DNS has them (RFC 1123 §2.1), international ones in their encoded form. Nothing else is
 * sent: what was pasted here by mistake may be a secret. */
const domainName =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

type Verdict = Exclude<Discovery, { kind: 'network' }> | { kind: 'not_a_domain' };

const overview = 'Microsoft Entra admin center > Entra ID > Overview > Tenant ID';

const texts: Readonly<
  Record<Exclude<Verdict['kind'], 'found' | 'unknown'>, [code: string, says: string, next: string]>
> = {
  not_a_domain: [
    'not_a_domain',
    '{name} is not one that can exist.',
    `Enter it as it stands after the @ of an address, or the ID itself: ${overview}.`,
  ],
  tenant_not_found: [
    'domain_not_found',
    'Microsoft knows no organisation of {name}.',
    `Check its spelling, or enter the ID itself: ${overview}.`,
  ],
  other_cloud: [
    'other_cloud',
    '{name} belongs to another cloud of Microsoft.',
    'Take it off the list, or name its cloud in AZURE_AUTHORITY_HOST: one app signs in through one cloud.',
  ],
  issuer_differs: [
    'issuer_differs',
    'What answers for Microsoft does not name a tenant of {name}.',
    `Enter the ID itself: ${overview}.`,
  ],
};

/** Everybody has an address there: one name must not let all of them in unasked. */
const personalDomain = (subject: string, name: string): Finding => ({
  code: 'domain_of_personal_accounts',
  status: 'fail',
  subject,
  says: sentence(`${name} stands for all personal Microsoft accounts, not for one organisation.`),
  next: `To let them all in, enter their ID itself: ${personalAccountsTenantId}.`,
});

function findingFrom(verdict: Verdict, name: string): Finding {
  const subject = 'Domain name';
  if (verdict.kind === 'unknown') {
    return couldNotTell(subject, `which organisation has ${name}`, verdict.aadsts);
  }
  if (verdict.kind !== 'found') {
    const [code, says, next] = texts[verdict.kind];
    return { code, status: 'fail', subject, says: sentence(says.replace('{name}', name)), next };
  }
  if (verdict.tenantId === personalAccountsTenantId) return personalDomain(subject, name);
  const says = sentence(`${name} belongs to an organisation; its ID is used in its place.`);
  return { code: 'domain_resolved', status: 'ok', subject, says };
}

/** Finds the tenant ids of domain names by discovery. A name that could not be resolved is missing in
 * `tenantIds`, and a finding says why. Domain names are told apart by their place in the list. */
export async function resolveTenants(
  domains: readonly string[],
  authority: Authority,
  tools: Tools,
): Promise<{ tenantIds: string[]; findings: Finding[] }> {
  const names = [...new Set(domains.map((domain) => domain.toLowerCase()))];
  const verdicts = await Promise.all(
    names.map(
      async (name): Promise<Discovery | Verdict> =>
        domainName.test(name) ? discover(name, authority, tools) : { kind: 'not_a_domain' },
    ),
  );
  const tenantIds = new Set<string>();
  const findings = new Map<string, Finding>();
  verdicts.forEach((verdict, index) => {
    if (verdict.kind === 'network') {
      findings.set(verdict.fault, findingFromFault(verdict.fault, authority, 'fail'));
      return;
    }
    const finding = findingFrom(
      verdict,
      names.length > 1 ? `domain name ${index + 1}` : 'the domain name',
    );
    findings.set(`${index}`, finding);
    if (verdict.kind === 'found' && finding.status === 'ok') tenantIds.add(verdict.tenantId);
  });
  return { tenantIds: [...tenantIds], findings: [...findings.values()] };
}
