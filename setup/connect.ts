import { createAuthority, segmentFromTenants } from '../lib/authority';
import { callbackPath } from '../lib/transport';
import { type Connection, resolveTenants, type Tools, testConnection } from './connection';
import type { saveVariables } from './env-file';
import { type FieldProblem, readFields, type Typed } from './fields';
import type { Finding } from './finding';
import {
  authorityHostAt,
  contradictions,
  shellOverrides,
  type Values,
  variablesToSave,
} from './settings';

/** What came of pressing Connect. */
export type Attempt = {
  problems: FieldProblem[];
  findings: Finding[];
  /** Those that may come in, domain names replaced by their ids. */
  tenantIds: string[];
  saved: boolean;
};

/** Where the values go, and what they are tested against. */
export type Place = {
  /** The project's folder: the one with `.env.local`. */
  root: string;
  /** The local stand-in's origin; without it Microsoft is asked. */
  standInUrl?: string;
  /** The app's own origin. */
  appUrl: string;
  /** Of the authority, where the settings name another than the public cloud's. */
  authorityHost?: string;
  /** Variables that count more than any file; the shell's, where a shell started us. */
  environment?: Readonly<Record<string, string | undefined>>;
};

export type ConnectTools = Tools & { save: typeof saveVariables; randomSecret: () => string };

/** The tests, or a stand-in for them in tests. */
export type Tests = {
  testConnection: typeof testConnection;
  resolveTenants: typeof resolveTenants;
};
export const ourTests: Tests = { testConnection, resolveTenants };

export const hasFailed = (findings: readonly Finding[]) =>
  findings.some(({ status }) => status === 'fail');

/** What to test for these values at this place. */
export function connectionOf(values: Values, place: Place): Connection {
  const { standInUrl, appUrl, authorityHost } = place;
  const { clientId, clientSecret: secret, tenantIds } = values;
  return {
    clientId,
    credential: { kind: 'secret', secret },
    tenantIds,
    authority: createAuthority(segmentFromTenants(new Set(tenantIds)), standInUrl, authorityHost),
    redirectUri: `${new URL(appUrl).origin}${callbackPath}`,
  };
}

/** Saves values that are known to be right. A `fail` in the answer: nothing was written. */
export async function saveValues(
  values: Values,
  place: Place,
  tools: ConnectTools,
): Promise<Finding[]> {
  const variables = await variablesToSave(values, place, tools.randomSecret);
  const findings = await tools.save(place.root, variables);
  if (hasFailed(findings)) return findings;
  return [...findings, ...shellOverrides(variables, place.environment)];
}

/** Reads the fields, finds the ids of domain names, tests the connection and saves it: for the
 * page and the terminal alike. Anything that failed means that nothing is saved. */
export async function connect(
  typed: Typed,
  place: Place,
  tools: ConnectTools,
  tests: Tests = ourTests,
): Promise<Attempt> {
  const { clientId, clientSecret, tenantIds: ids, domains, problems } = readFields(typed);
  if (problems.length > 0 || !clientId || !clientSecret) {
    return { problems, findings: [], tenantIds: ids, saved: false };
  }
  const { host: authorityHost } = await authorityHostAt(place);
  const anyone = createAuthority('organizations', place.standInUrl, authorityHost);
  const resolved = await tests.resolveTenants(domains, anyone, tools);
  const tenantIds = [...new Set([...ids, ...resolved.tenantIds])];
  const values = { clientId, clientSecret, tenantIds };
  const cloud = await authorityHostAt(place, tenantIds);
  const findings = [...resolved.findings, ...cloud.findings];
  if (tenantIds.length > 0 && !hasFailed(cloud.findings)) {
    findings.push(
      ...(await tests.testConnection(connectionOf(values, { ...place, authorityHost }), tools)),
      ...(await contradictions(tenantIds, place)),
    );
  }
  if (tenantIds.length === 0 || hasFailed(findings)) {
    return { problems: [], findings, tenantIds, saved: false };
  }
  findings.push(...(await saveValues(values, place, tools)));
  return { problems: [], findings, tenantIds, saved: !hasFailed(findings) };
}
