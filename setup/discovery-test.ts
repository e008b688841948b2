import { type Authority, isGuid, issuerOfTenant, personalAccountsTenantId } from '../lib/authority';
import { aadstsOfJson, couldNotTell } from './aadsts-answer';
import { ask, type Tools, type Unclear } from './ask';
import { skewSecondsFrom } from './clock-test';
import type { Finding } from './finding';
import { enumerate, groupByVerdict, type NamedTenant } from './tenant-names';

/** Microsoft does not know the tenant here, or knows that it is elsewhere. */
export type NoTenant = { kind: 'tenant_not_found' | 'other_cloud' };

/** What Microsoft's metadata say of one tenant. */
export type Discovery =
  | Unclear
  | NoTenant
  | { kind: 'issuer_differs' }
  | { kind: 'found'; tenantId: string; skewSeconds: number | undefined };

/** Whether a verdict, of whichever test, is that there is no such tenant. */
export const isNoTenant = (verdict: { kind: string } | undefined): verdict is NoTenant =>
  verdict?.kind === 'tenant_not_found' || verdict?.kind === 'other_cloud';

/** Numbers of a tenant that cannot be had. 90002 and 90038:
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes; 900023, for what cannot
 * be a tenant's name, is what people report. */
const noTenantByNumber: Readonly<Record<number, NoTenant['kind']>> = {
  90002: 'tenant_not_found',
  900023: 'tenant_not_found',
  90038: 'other_cloud',
};

/** Reads a number that says that there is no such tenant. */
export function noTenantFrom(aadsts: number | undefined): NoTenant | undefined {
  const kind = aadsts === undefined ? undefined : noTenantByNumber[aadsts];
  return kind && { kind };
}

/** The tenant whose issuer this is, exactly as tokens will carry it. */
function tenantIdFrom(issuer: unknown, authority: Authority): string | undefined {
  const [, id = ''] = /^https:\/\/[^/]+\/([^/]+)\/v2\.0$/.exec(String(issuer)) ?? [];
  return isGuid(id) && issuer === issuerOfTenant(authority, id) ? id : undefined;
}

/** Asks for the metadata of one tenant, by its id or a domain name.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#find-your-apps-openid-configuration-document-uri */
export async function discover(
  tenant: string,
  authority: Authority,
  { fetch, nowSeconds }: Tools,
): Promise<Discovery> {
  const segment = tenant === personalAccountsTenantId ? 'consumers' : encodeURIComponent(tenant);
  const url = `${authority.locationOrigin}/${segment}/v2.0/.well-known/openid-configuration`;
  const askedAt = nowSeconds();
  const asked = await ask(fetch, url, { headers: { accept: 'application/json' } });
  if (asked.kind === 'network') return asked;
  const { status, json, headers } = asked.answer;
  const aadsts = aadstsOfJson(json);
  if (status !== 200) return noTenantFrom(aadsts) ?? { kind: 'unknown', aadsts };
  const tenantId = tenantIdFrom(json?.issuer, authority);
  if (tenantId === undefined) return { kind: 'issuer_differs' };
  return { kind: 'found', tenantId, skewSeconds: skewSecondsFrom(headers, askedAt, nowSeconds()) };
}

/** The metadata of a tenant of the list: they must name this very tenant. */
export async function testDiscovery(tenantId: string, authority: Authority, tools: Tools) {
  const discovery = await discover(tenantId, authority, tools);
  const isOther = discovery.kind === 'found' && discovery.tenantId !== tenantId;
  return isOther ? ({ kind: 'issuer_differs' } as const) : discovery;
}

type Fault = Exclude<Discovery, { kind: 'found' | 'network' }>;

const texts: Readonly<Record<Exclude<Fault['kind'], 'unknown'>, Pick<Finding, 'says' | 'next'>>> = {
  tenant_not_found: {
    says: 'Microsoft does not know {who}.',
    next: 'Copy the ID again: Microsoft Entra admin center > Entra ID > Overview > Tenant ID.',
  },
  other_cloud: {
    says: 'Another cloud of Microsoft is home to {who}.',
    next: 'Take it off the list, or name its cloud in AZURE_AUTHORITY_HOST: one app signs in through one cloud.',
  },
  issuer_differs: {
    says: 'What answers for Microsoft names another issuer than that of {who}.',
    next: 'Check that the ID belongs to the cloud that the app uses (AZURE_AUTHORITY_HOST), and that no proxy changes answers.',
  },
};

function findingFrom(verdict: Fault, who: string): Finding {
  const subject = 'Tenant';
  if (verdict.kind === 'unknown') {
    return couldNotTell(subject, `whether Microsoft knows ${who}`, verdict.aadsts);
  }
  const { says, ...text } = texts[verdict.kind];
  return { code: verdict.kind, status: 'fail', subject, says: says.replace('{who}', who), ...text };
}

const isFault = (one: { verdict: Discovery }): one is { tenant: NamedTenant; verdict: Fault } =>
  one.verdict.kind !== 'found' && one.verdict.kind !== 'network';

/** A line for each tenant that is known, then one for each fault. */
export function discoveryFindings(
  verdicts: readonly { tenant: NamedTenant; verdict: Discovery }[],
): Finding[] {
  const known = verdicts.filter(({ verdict }) => verdict.kind === 'found');
  return [
    ...known.map(
      ({ tenant }): Finding => ({
        code: 'tenant_found',
        status: 'ok',
        subject: 'Tenant',
        says: `Microsoft knows ${tenant.name}.`,
      }),
    ),
    ...groupByVerdict(verdicts.filter(isFault)).map(({ verdict, names }) =>
      findingFrom(verdict, enumerate(names)),
    ),
  ];
}
