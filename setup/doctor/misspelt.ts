import type { Environment } from '../../lib/config';
import { whereToFind } from '../../lib/config-problem';
import { isSet } from '../../lib/config-variables';
import type { Finding } from '../finding';
import { findingsAbout } from './found';

const names = Object.keys(whereToFind);

/** Names that other libraries give to the same thing. */
const otherNames: Readonly<Record<string, string>> = {
  AZURE_TENANT_ID: 'AZURE_VALID_TENANT_IDS',
  AZURE_TENANT_IDS: 'AZURE_VALID_TENANT_IDS',
  AZURE_TENANTS: 'AZURE_VALID_TENANT_IDS',
  AZURE_VALID_TENANTS: 'AZURE_VALID_TENANT_IDS',
  AZURE_ALLOWED_TENANT_IDS: 'AZURE_VALID_TENANT_IDS',
  AZURE_AD_TENANT_ID: 'AZURE_VALID_TENANT_IDS',
  AZURE_AD_CLIENT_ID: 'AZURE_CLIENT_ID',
  AZURE_AD_CLIENT_SECRET: 'AZURE_CLIENT_SECRET',
  AUTH_MICROSOFT_ENTRA_ID_ID: 'AZURE_CLIENT_ID',
  AUTH_MICROSOFT_ENTRA_ID_SECRET: 'AZURE_CLIENT_SECRET',
  AUTH_MICROSOFT_ENTRA_ID_ISSUER: 'AZURE_ISSUER_URI',
};

/** Names that Auth.js reads and this app does not. */
const notRead: Readonly<Record<string, string>> = {
  NEXTAUTH_URL: 'AUTH_URL',
  NEXTAUTH_SECRET: 'AUTH_SECRET',
};

/** How many letters must be changed, put in or left out to make one of the other (Levenshtein). */
export function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [index, counterpart] of [...other].entries()) {
      const changed = (row[index] ?? 0) + (letter === counterpart ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The variable of ours that a name was probably meant to be. */
export function meantBy(name: string): string | undefined {
  if (names.includes(name)) return undefined;
  const upper = name.trim().toUpperCase();
  const byOtherName = otherNames[upper];
  if (byOtherName) return byOtherName;
  const [nearest] = names
    .map((one) => ({ one, distance: editDistance(upper, one) }))
    // In a short name two letters make another word.
    .filter(({ one, distance }) => distance <= (one.length < 10 ? 1 : 2))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.one;
}

const ourPrefix = /^(AZURE|AUTH|SESSION|TRUSTED|ENTRA)/i;

/** Every set variable whose name only looks like one that is read. Where the right one is not set,
 * a setting that somebody made is not in force: guests may be let in who were meant to stay out.
 * @param strict whether settings are needed at all; while the stand-in is used they are not */
export function misspeltFindings(env: Environment, strict: boolean): Finding[] {
  return Object.keys(env).flatMap((name): Finding[] => {
    if (!isSet(env[name])) return [];
    const about = findingsAbout(name);
    const replacement = notRead[name];
    if (replacement) {
      const says = `${name} is set, and this app does not read it.`;
      const next = `Unset it; the name here is ${replacement}.`;
      return [about('not_read', 'warn', says, next)];
    }
    const meant = meantBy(name);
    if (!meant) return [];
    const says = `${name} is set, and this app does not read it. Did you mean ${meant}?`;
    if (!isSet(env[meant])) {
      return [about('misspelt', strict ? 'fail' : 'warn', says, `Rename it to ${meant}.`)];
    }
    // Beside the right one, another program's variable is nobody's mistake.
    if (Object.hasOwn(otherNames, name) || !ourPrefix.test(name)) return [];
    return [about('misspelt', 'warn', says, `Unset it: ${meant} is set, too.`)];
  });
}
