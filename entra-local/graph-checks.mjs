import { membershipIn } from './directory.mjs';

/** Microsoft's Graph is a host of its own; ours is a path, so that one mapping leads to both. */
export const GRAPH_PATH = '/graph/v1.0';
export const GRAPH_RESOURCE = 'https://graph.microsoft.com';
const MOST_TOP = 999;

/** Any of them is enough: https://learn.microsoft.com/graph/api/user-list-transitivememberof#permissions */
const READS_PEOPLE = 'User.Read.All';
export const READS_GROUPS = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
export const PROPERTIES = ['id', 'securityEnabled'];
const PARAMETERS = ['$select', '$top', '$count', '$skiptoken'];

/** https://learn.microsoft.com/graph/errors */
export class GraphError extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * @typedef {object} GraphContext
 * @property {import('./entra.mjs').Entra} entra
 * @property {Request} request
 * @property {URL} url
 * @typedef {(context: GraphContext) => void} GraphCheck throws a GraphError
 */

/** Which of several errors comes first is our reading. @type {GraphCheck[]} */
export const GRAPH_CHECKS = [
  tokenIsGood,
  methodIsGet,
  pathIsKnown,
  permissionIsGranted,
  parametersAreKnown,
  advancedQueryIsAsked,
  topIsInRange,
  propertiesAreKnown,
  personIsKnown,
  skipTokenIsOurs,
];

/** @type {GraphCheck} */
function tokenIsGood(context) {
  if (grantOf(context)?.audience === GRAPH_RESOURCE) return;
  throw new GraphError(401, 'InvalidAuthenticationToken', 'Access token is empty or invalid.');
}

/** @type {GraphCheck} */
function methodIsGet({ request }) {
  if (request.method === 'GET') return;
  throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
}

/** @type {GraphCheck} */
function pathIsKnown(context) {
  if (personIdOf(context) !== undefined) return;
  throw new GraphError(400, 'BadRequest', 'Resource not found for the segment.');
}

/** @type {GraphCheck} */
function permissionIsGranted(context) {
  const enough = [READS_PEOPLE, ...READS_GROUPS];
  if (permissionsOf(context).some((one) => enough.includes(one))) return;
  const message = 'Insufficient privileges to complete the operation.';
  throw new GraphError(403, 'Authorization_RequestDenied', message);
}

/** Microsoft knows more of them. @type {GraphCheck} */
function parametersAreKnown({ url: { searchParams } }) {
  const names = [...searchParams.keys()];
  if (names.every((name) => PARAMETERS.includes(name)) && new Set(names).size === names.length) {
    return;
  }
  throw new GraphError(400, 'Request_BadRequest', 'A query parameter is unknown or repeated.');
}

/** "This header and $count are required when using […] OData cast", and again with each page. @type {GraphCheck} */
function advancedQueryIsAsked({ request, url }) {
  const level = request.headers.get('consistencylevel')?.toLowerCase();
  if (level === 'eventual' && url.searchParams.get('$count') === 'true') return;
  const message = 'A cast needs ConsistencyLevel: eventual and $count=true.';
  throw new GraphError(400, 'Request_UnsupportedQuery', message);
}

/** @type {GraphCheck} */
function topIsInRange({ url }) {
  const top = url.searchParams.get('$top') ?? '1';
  if (/^\d{1,3}$/.test(top) && Number(top) >= 1 && Number(top) <= MOST_TOP) return;
  throw new GraphError(400, 'Request_BadRequest', `$top must be from 1 to ${MOST_TOP}.`);
}

/** @type {GraphCheck} */
function propertiesAreKnown({ url }) {
  const names = url.searchParams.get('$select')?.split(',') ?? [];
  if (names.every((name) => PROPERTIES.includes(name))) return;
  throw new GraphError(400, 'Request_BadRequest', `$select takes ${PROPERTIES.join(', ')}.`);
}

/** A person of another tenant does not exist for this token. @type {GraphCheck} */
function personIsKnown(context) {
  if (personOf(context)) return;
  const message = `Resource '${personIdOf(context)}' does not exist.`;
  throw new GraphError(404, 'Request_ResourceNotFound', message);
}

/** @type {GraphCheck} */
function skipTokenIsOurs(context) {
  if (!context.url.searchParams.has('$skiptoken') || offsetOf(context) !== undefined) return;
  throw new GraphError(400, 'Directory_ExpiredPageToken', 'The specified page token is invalid.');
}

/** @param {GraphContext} context */
function grantOf({ entra, request }) {
  const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  return token === undefined ? undefined : entra.appTokens.find(token);
}

/** @param {GraphContext} context */
export const permissionsOf = (context) => grantOf(context)?.permissions ?? [];

/** @param {GraphContext} context */
const personIdOf = ({ url }) =>
  /^\/users\/([^/]+)\/transitiveMemberOf\/microsoft\.graph\.group$/.exec(
    url.pathname.slice(GRAPH_PATH.length),
  )?.[1];

/** @param {GraphContext} context */
export function personOf(context) {
  const { tenantId = '' } = grantOf(context) ?? {};
  const id = personIdOf(context)?.toLowerCase();
  return context.entra.directory
    .accounts()
    .map((account) => membershipIn(account, tenantId))
    .find((member) => member?.oid === id);
}

/** @param {GraphContext} context */
export function offsetOf(context) {
  const token = context.url.searchParams.get('$skiptoken') ?? '';
  const [oid, offset] = Buffer.from(token, 'base64url').toString().split(' ');
  const isOurs = oid === personOf(context)?.oid && /^\d{1,6}$/.test(offset ?? '');
  return isOurs ? Number(offset) : undefined;
}
