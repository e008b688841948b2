import { EntraError } from './aadsts.mjs';
import { directoryNameOf } from './authority.mjs';
import { audienceAllowsAuthority, scopesOf } from './authorize-checks.mjs';
import { GRAPH_RESOURCE } from './graph-checks.mjs';
import { CLIENT_CHECKS, CREDENTIAL_CHECKS } from './token-checks.mjs';

/** @typedef {import('./token-checks.mjs').TokenCheck} TokenCheck */

/**
 * What an application gets for itself, without a person:
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow. That the
 * application is looked up before its credential is our reading, as is the rest of the order.
 * @type {TokenCheck[]}
 */
export const CLIENT_CREDENTIALS_CHECKS = [
  authorityIsOneTenant,
  ...CLIENT_CHECKS,
  audienceAllowsAuthority,
  clientIsInstalled,
  ...CREDENTIAL_CHECKS,
  scopeIsGiven,
  scopeIsDefault,
  scopeIsOfOneResource,
  resourceIsKnown,
];

/** The only resource that every tenant has. */
const RESOURCES = [GRAPH_RESOURCE];
const DEFAULT = '/.default';

/** "In GUID or domain-name format." What is said at `organizations` is what people report. @type {TokenCheck} */
function authorityIsOneTenant({ authority }) {
  if (authority.kind === 'organizations') throw new EntraError(50059);
  if (authority.kind !== 'tenant') throw new EntraError(9001023);
}

/** @type {TokenCheck} */
function clientIsInstalled({ entra, authority }) {
  const { clientId, installedIn } = entra.registration;
  if (installedIn.includes(authority.tenantId ?? '')) return;
  throw new EntraError(700016, { clientId, tenant: directoryNameOf(authority) });
}

/** @type {TokenCheck} */
function scopeIsGiven({ params }) {
  if (scopesOf(params).length === 0) throw new EntraError(900144, { parameter: 'scope' });
}

/** @type {TokenCheck} */
function scopeIsDefault({ params }) {
  const isDefault = scopesOf(params).every((scope) => scope.endsWith(DEFAULT));
  if (!isDefault) throw new EntraError(1002012);
}

/** @type {TokenCheck} */
function scopeIsOfOneResource({ params }) {
  if (scopesOf(params).length > 1) throw new EntraError(700022);
}

/** @type {TokenCheck} */
function resourceIsKnown({ authority, params }) {
  const [scope = ''] = scopesOf(params);
  const resource = scope.slice(0, -DEFAULT.length);
  if (resource === '') throw new EntraError(70011);
  if (RESOURCES.includes(resource)) return;
  throw new EntraError(500011, { resource, tenant: directoryNameOf(authority) });
}
