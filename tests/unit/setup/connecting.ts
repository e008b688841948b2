import { expect } from '@playwright/test';
import { TENANTS } from '../../../entra-local/directory.mjs';
import { createAuthority, segmentFromTenants } from '../../../lib/authority';
import type { Fetch } from '../../../lib/upstream';
import { type Connection, testConnection } from '../../../setup/connection';
import type { Finding } from '../../../setup/finding';
import { CALLBACK, type Entra, ORIGIN, startEntra } from '../entra-local/visitor';

/** The second in which these tests take place. */
export const NOW = 1_800_000_000;
export const { contoso, fabrikam, northwind, woodgrove, personal } = TENANTS;
/** Ids that nobody has. */
export const NOBODY = '11111111-2222-4333-8444-555555555555';
export const NOBODY_ELSE = '11111111-2222-4333-8444-666666666666';

export const standIn = (registration: Parameters<typeof startEntra>[0] = {}) =>
  startEntra({ now: () => NOW * 1000, ...registration });

/** The stand-in without a socket. */
export const fetchFrom =
  (entra: Entra): Fetch =>
  (url, init) =>
    entra.handle(new Request(url, init));

export type Place = 'discovery' | 'token' | 'authorize' | 'all';
const pathOf = { discovery: '/openid-configuration', token: '/token', authorize: '/authorize' };

/** Something between us and the stand-in that answers at one place. */
export const inBetween =
  (entra: Entra, place: Place, answer: Fetch): Fetch =>
  (url, init) => {
    const { pathname } = new URL(url);
    const isHere = place === 'all' || pathname.endsWith(pathOf[place]);
    return isHere ? answer(url, init) : fetchFrom(entra)(url, init);
  };

/** Everything right; changes make it wrong. */
export function connectionTo(entra: Entra, changes: Partial<Connection> = {}): Connection {
  const { clientId, secrets } = entra.entra.registration;
  const tenantIds = changes.tenantIds ?? [contoso.id, fabrikam.id];
  return {
    clientId,
    credential: { kind: 'secret', secret: secrets[0]?.value ?? '' },
    authority: createAuthority(segmentFromTenants(new Set(tenantIds)), ORIGIN),
    redirectUri: CALLBACK,
    ...changes,
    tenantIds,
  };
}

/** Nothing that was entered, and nothing that came back as a token, is ever shown. Only the link for an
 * administrator names a tenant. */
export function expectNothingShown(findings: readonly Finding[], values: readonly string[]) {
  const shown = findings.map(({ link, ...rest }) => JSON.stringify(rest) + (link ?? ''));
  const words = findings.map(({ link: _, ...rest }) => JSON.stringify(rest)).join();
  expect(values.filter((value) => value !== '' && shown.join().includes(value))).toEqual([]);
  expect(words).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/);
  for (const { status, next } of findings) expect(status === 'ok').toBe(next === undefined);
}

/** Tests a connection, and tells `status code` of every finding. */
export async function outcomeOf(
  entra: Entra,
  changes: Partial<Connection> = {},
  fetch: Fetch = fetchFrom(entra),
) {
  const connection = connectionTo(entra, changes);
  const findings = await testConnection(connection, { fetch, nowSeconds: () => NOW });
  const { clientId, credential, redirectUri } = connection;
  const secret = credential.kind === 'secret' ? credential.secret : '-----BEGIN';
  expectNothingShown(findings, [clientId, secret, redirectUri, 'a-token-that-came-back']);
  return { findings, codes: findings.map(({ status, code }) => `${status} ${code}`) };
}

/** What is not good, in the order of the findings. */
export const troublesOf = ({ codes }: { codes: string[] }) =>
  codes.filter((code) => !code.startsWith('ok '));
