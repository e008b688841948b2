import { randomUUID } from 'node:crypto';
import { AUTHORITY_URL } from './authority.mjs';
import { answerWithFault } from './faults.mjs';
import {
  GRAPH_CHECKS,
  GRAPH_PATH,
  GraphError,
  offsetOf,
  PROPERTIES,
  permissionsOf,
  personOf,
  READS_GROUPS,
} from './graph-checks.mjs';

const GRAPH_URL = AUTHORITY_URL + GRAPH_PATH;

/** Microsoft's default and our most: whoever does not follow the links sees half the groups. */
const PAGE_SIZE = 100;

/** @typedef {import('./graph-checks.mjs').GraphContext} GraphContext */

/**
 * `GET /users/{id}/transitiveMemberOf/microsoft.graph.group`, and nothing else:
 * https://learn.microsoft.com/graph/api/user-list-transitivememberof
 * @param {import('./entra.mjs').Entra} entra @param {Request} request @param {URL} url
 */
export async function answerGraph(entra, request, url) {
  entra.requestLog.add(request, url, 'graph', 'graph', url.searchParams, entra.clock.now());
  return answerWithFault(entra.faults.takeForAnswer('graph'), async () => {
    const context = { entra, request, url };
    try {
      for (const check of GRAPH_CHECKS) check(context);
      return Response.json(pageOf(context), { headers: { 'cache-control': 'no-cache' } });
    } catch (problem) {
      if (problem instanceof GraphError) return errorResponse(problem, entra);
      throw problem;
    }
  });
}

/** @param {GraphContext} context */
function pageOf(context) {
  const { searchParams } = context.url;
  const { groups = [] } = personOf(context) ?? {};
  const from = offsetOf(context) ?? 0;
  const to = from + Math.min(Number(searchParams.get('$top') ?? PAGE_SIZE), PAGE_SIZE);
  const readsGroups = permissionsOf(context).some((one) => READS_GROUPS.includes(one));
  const value = groups.slice(from, to).map((id) => {
    // https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects
    const group = { id, securityEnabled: readsGroups ? true : null };
    return Object.fromEntries(Object.entries(group).filter(([name]) => selected(context, name)));
  });
  return {
    '@odata.context': `${GRAPH_URL}/$metadata#groups`,
    ...(from === 0 && { '@odata.count': groups.length }),
    ...(to < groups.length && { '@odata.nextLink': nextLinkOf(context, to) }),
    value,
  };
}

/** The whole query again: https://learn.microsoft.com/graph/paging @param {GraphContext} context @param {number} offset */
function nextLinkOf(context, offset) {
  const next = new URL(GRAPH_URL + context.url.pathname.slice(GRAPH_PATH.length));
  const token = Buffer.from(`${personOf(context)?.oid} ${offset}`).toString('base64url');
  next.search = String(new URLSearchParams(context.url.searchParams));
  next.searchParams.set('$skiptoken', token);
  return next.href;
}

/** @param {GraphContext} context @param {string} name */
const selected = ({ url }, name) =>
  (url.searchParams.get('$select') ?? PROPERTIES.join()).split(',').includes(name);

/** @param {GraphError} problem @param {import('./entra.mjs').Entra} entra */
function errorResponse({ status, code, message }, { clock }) {
  const date = new Date(clock.now()).toISOString().slice(0, 19);
  const innerError = { date, 'request-id': randomUUID(), 'client-request-id': randomUUID() };
  return Response.json({ error: { code, message, innerError } }, { status });
}
