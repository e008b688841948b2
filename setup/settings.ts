import { authorityFromIssuerUri, tenantsServedBy } from '../lib/authority';
import { cloudContradictions, hostFrom, unknownCloud } from '../lib/cloud-variables';
import { authorityHostFrom } from '../lib/clouds';
import { filesThatSet } from './env-file';
import type { Finding } from './finding';

type Place = {
  root: string;
  environment?: Readonly<Record<string, string | undefined>> | undefined;
};

/** What Microsoft and the app agree on. */
export type Values = {
  clientId: string;
  clientSecret: string;
  tenantIds: readonly string[];
  /** When the secret expires, `YYYY-MM-DD`, where that is known. */
  expires?: string;
};

/** Where a setting is made, other than by us: the shell first, then the files in Next's order. */
async function settings(place: Place, name: string): Promise<{ where: string; value: string }[]> {
  const inShell = place.environment?.[name]?.trim();
  const inFiles = await filesThatSet(place.root, name);
  return [
    ...(inShell ? [{ where: 'the environment', value: inShell }] : []),
    ...inFiles.map(({ file, value }) => ({ where: file, value })),
  ];
}

/** The host that these settings would have the app sign people in at, and what the tenants
 * contradict in it. */
export async function authorityHostAt(
  place: Place & { standInUrl?: string },
  tenantIds: readonly string[] = [],
): Promise<{ host: string; findings: Finding[] }> {
  const [named] = await settings(place, 'AZURE_AUTHORITY_HOST');
  const [issuer] = await settings(place, 'AZURE_ISSUER_URI');
  const choice = {
    host: named && authorityHostFrom(named.value),
    issuer: issuer && authorityFromIssuerUri(issuer.value),
    usesStandIn: place.standInUrl !== undefined,
  };
  const problems = cloudContradictions(choice, new Set(tenantIds));
  if (named && !choice.host) problems.unshift(unknownCloud);
  const findings = problems.map(
    ({ variable, code, problem }): Finding => ({
      code,
      status: 'fail',
      subject: variable,
      says: `${variable} ${problem}`,
      next: 'Change the list of tenants, or the cloud that the settings name: one app signs in through one cloud.',
    }),
  );
  return { host: hostFrom(choice), findings };
}

const places = (found: readonly { where: string }[]) => found.map(({ where }) => where).join(', ');

/** What else the app may prove itself with, where an operator has chosen it. */
const others = [
  ['AZURE_CLIENT_CERTIFICATE_PATH', 'certificate'],
  ['AZURE_MANAGED_IDENTITY_CLIENT_ID', 'managed identity'],
] as const;

/** Settings that the app would refuse to start with beside a client secret for these tenants.
 * They are not ours to remove. */
export async function contradictions(
  tenantIds: readonly string[],
  place: Place,
): Promise<Finding[]> {
  const [issuer] = await settings(place, 'AZURE_ISSUER_URI');
  const segment = issuer && authorityFromIssuerUri(issuer.value)?.segment;
  const served = segment ? tenantsServedBy(segment, new Set(tenantIds)).length : 0;
  const found: Finding[] = [];
  for (const [subject, name] of others) {
    const set = await settings(place, subject);
    if (set.length === 0) continue;
    found.push({
      code: 'two_credentials',
      status: 'fail',
      subject,
      says: `It is set in ${places(set)}: the app does not start with a ${name} and a secret.`,
      next: `Remove it there to use the secret, or leave the secret out to use the ${name}.`,
    });
  }
  if (issuer && served < tenantIds.length) {
    found.push({
      code: 'issuer_excludes_tenants',
      status: 'fail',
      subject: 'AZURE_ISSUER_URI',
      says: `It is set in ${issuer.where} and cannot sign in every tenant of the list.`,
      next: 'Remove it there: the right one follows from the list.',
    });
  }
  return found;
}

/** Everything that is to be saved for these values. A session secret is made where nobody made one;
 * the date of an older client secret goes with it. */
export async function variablesToSave(
  values: Values,
  place: Place,
  randomSecret: () => string,
): Promise<Record<string, string>> {
  const [before] = await filesThatSet(place.root, 'AZURE_CLIENT_SECRET', ['.env.local']);
  const dates = await filesThatSet(place.root, 'AZURE_CLIENT_SECRET_EXPIRES', ['.env.local']);
  const outdated = dates.length > 0 && before?.value !== values.clientSecret;
  const hasSessionSecret = (await settings(place, 'AUTH_SECRET')).length > 0;
  return {
    AZURE_CLIENT_ID: values.clientId,
    AZURE_CLIENT_SECRET: values.clientSecret,
    AZURE_VALID_TENANT_IDS: values.tenantIds.join(','),
    ...(outdated && { AZURE_CLIENT_SECRET_EXPIRES: '' }),
    ...(values.expires && { AZURE_CLIENT_SECRET_EXPIRES: values.expires }),
    ...(!hasSessionSecret && { AUTH_SECRET: randomSecret() }),
  };
}

/** Values in the shell that count more than what was saved: the app would not use it. */
export function shellOverrides(
  saved: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = {},
): Finding[] {
  return Object.entries(saved)
    .filter(([name, value]) => environment[name] && environment[name] !== value)
    .map(([name]) => ({
      code: 'overridden',
      status: 'warn',
      subject: name,
      says: 'It is also set in the environment, which counts more than .env.local.',
      next: `Unset ${name} in the environment.`,
    }));
}
