import { z } from 'zod';
import { isGuid } from './authority';
import type { Provider } from './provider-metadata';
import { SignInError } from './sign-in-error';
import { type Fetch, requestJson } from './upstream';

/** Nobody is in so many groups; an answer without an end is a fault or an attack. */
const mostPages = 20;
/** The largest page that Graph has. */
const pageSize = 999;

const pageSchema = z.object({
  value: z
    .array(
      z.object({
        id: z.string().toLowerCase().refine(isGuid),
        securityEnabled: z.boolean().nullish(),
      }),
    )
    .max(pageSize),
  '@odata.nextLink': z.string().optional(),
});

/** How Microsoft Graph is asked: where it is, how it is reached, and as whom. */
export type Graph = {
  /** Its name, such as `https://graph.microsoft.com/v1.0`. */
  url: string;
  /** Moves a URL of that name to where it is reached. */
  locate: Provider['locate'];
  fetch: Fetch;
  /** An app-only token. */
  token: string;
  signal: AbortSignal;
};

const refuse = (reason: string): never => {
  throw new SignInError('groups_unavailable', { stage: 'groups', reason });
};

/** The token goes along to the next page, so it may only be another page of Graph's own. */
function nextPageUrl(link: string, graphUrl: string): string {
  const base = new URL(`${graphUrl}/`);
  const url = URL.canParse(link) ? new URL(link) : refuse('next_link');
  const isOfGraph = url.origin === base.origin && url.pathname.startsWith(base.pathname);
  return isOfGraph && !url.username && !url.password ? url.href : refuse('next_link');
}

/** @see https://learn.microsoft.com/graph/errors */
function reasonOf(status: number, { error }: Record<string, unknown>): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  if (status === 403 && code === 'Authorization_RequestDenied') return 'permission_missing';
  return `status_${status}`;
}

async function readPage({ locate, fetch, token, signal }: Graph, url: string) {
  const { status, json } = await requestJson(fetch, 'groups', locate(url), {
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      // Graph wants it of whoever asks for one type of object, and with each page anew.
      consistencylevel: 'eventual',
    },
    signal,
  });
  if (status !== 200) return refuse(reasonOf(status, json));
  return pageSchema.safeParse(json).data ?? refuse('not_groups');
}

/** The ids of the security groups that a person is in, directly or through other groups, all pages
 * of them or none.
 * @see https://learn.microsoft.com/graph/api/user-list-transitivememberof
 * @see https://learn.microsoft.com/graph/paging
 * @throws SignInError `groups_unavailable` or `provider_unavailable` */
export async function readSecurityGroups(
  graph: Graph,
  objectId: string,
  isMapped: (groupId: string) => boolean,
): Promise<ReadonlySet<string>> {
  const groups = new Set<string>();
  let url = `${graph.url}/users/${objectId}/transitiveMemberOf/microsoft.graph.group?$select=id,securityEnabled&$count=true&$top=${pageSize}`;
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const page = await readPage(graph, url);
    for (const { id, securityEnabled } of page.value) {
      // An app that may read people but no groups is told their ids and nothing more.
      if (typeof securityEnabled !== 'boolean') return refuse('permission_missing');
      // As in the `groups` claim: other groups may be open for anyone to join.
      if (securityEnabled && isMapped(id)) groups.add(id);
    }
    const next = page['@odata.nextLink'];
    if (next === undefined) return groups;
    url = nextPageUrl(next, graph.url);
  }
  return refuse('too_many_pages');
}
