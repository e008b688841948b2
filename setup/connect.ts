import { createAuthority, segmentFromTenants } from '../lib/authority';
import { callbackPath } from '../lib/transport';
import { resolveTenants, type Tools, testConnection } from './connection';
import type { saveVariables } from './env-file';
import { type FieldProblem, readFields, type Typed } from './fields';
import type { Finding } from './finding';

/** What came of pressing Connect. */
export type Attempt = {
  problems: FieldProblem[];
  findings: Finding[];
  tenantIds: string[];
  saved: boolean;
};

/** Where the values go and what they are tested against. */
export type Place = {
  /** The project's folder: the one with `.env.local`. */
  root: string;
  /** The local stand-in's origin; without it Microsoft is asked. */
  standInUrl?: string;
  /** The app's own origin. */
  appUrl: string;
};

export type ConnectTools = Tools & { save: typeof saveVariables; randomSecret: () => string };

const hasFailed = (findings: readonly Finding[]) =>
  findings.some(({ status }) => status === 'fail');

/** Reads the fields, finds the ids of domain names, tests the connection and saves it: for the
 * page and the terminal alike. Anything that failed means that nothing is saved. */
export async function connect(typed: Typed, place: Place, tools: ConnectTools): Promise<Attempt> {
  const { clientId, clientSecret, tenantIds: ids, domains, problems } = readFields(typed);
  if (problems.length > 0 || !clientId || !clientSecret) {
    return { problems, findings: [], tenantIds: ids, saved: false };
  }
  const resolved = await resolveTenants(
    domains,
    createAuthority('organizations', place.standInUrl),
    tools,
  );
  const tenantIds = [...new Set([...ids, ...resolved.tenantIds])];
  const findings = [...resolved.findings];
  if (tenantIds.length > 0) {
    const authority = createAuthority(segmentFromTenants(new Set(tenantIds)), place.standInUrl);
    const redirectUri = `${new URL(place.appUrl).origin}${callbackPath}`;
    const credential = { kind: 'secret', secret: clientSecret } as const;
    findings.push(
      ...(await testConnection({ clientId, credential, tenantIds, authority, redirectUri }, tools)),
    );
  }
  if (tenantIds.length === 0 || hasFailed(findings)) {
    return { problems: [], findings, tenantIds, saved: false };
  }
  const variables = {
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_VALID_TENANT_IDS: tenantIds.join(','),
    AUTH_SECRET: tools.randomSecret(),
  };
  findings.push(...(await tools.save(place.root, variables)));
  return { problems: [], findings, tenantIds, saved: !hasFailed(findings) };
}
