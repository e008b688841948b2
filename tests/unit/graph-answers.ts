import { createAuthority } from '../../lib/authority';
import type { ClientProver } from '../../lib/client-authentication';
import type { Config } from '../../lib/config';
import { createGroupReader } from '../../lib/graph-groups';
import { SignInError } from '../../lib/sign-in-error';
import type { Fetch } from '../../lib/upstream';
import { clientId, contoso, objectId } from './id-token-builder';
import { authenticationWith, bySecret } from './provers';

export const graphUrl = 'https://graph.microsoft.com/v1.0';
export const secret = 'the-client-secret-of-this-app';
export const firstPage = `${graphUrl}/users/${objectId}/transitiveMemberOf/microsoft.graph.group?$select=id,securityEnabled&$count=true&$top=999`;
export const groupId = (at: number) =>
  `5ad0c0de-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
export const groupsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({ id: groupId(from + at), securityEnabled: true }));

/** One page of groups, with a link to the next where `next` is given. */
export const page = (from: number, to: number, next?: unknown) =>
  Response.json({
    value: groupsOf(from, to),
    ...(next !== undefined && { '@odata.nextLink': next }),
  });
export const linkTo = (at: number) => `${firstPage}&$skiptoken=${at}`;

type Asked = { url: string; init: RequestInit };
/** What Graph says to one request for groups, the first being 0. */
export type Answer = (at: number, asked: Asked) => Response | Promise<Response>;

const config: Pick<Config, 'authority' | 'clientId'> = {
  authority: createAuthority('organizations'),
  clientId,
};

/** A reader with Microsoft behind it, as this test wants it, and a clock to move. */
export function createReader(
  answer: Answer = () => Response.json({ value: groupsOf(0, 3) }),
  {
    token = (at: number): Response =>
      Response.json({ token_type: 'Bearer', expires_in: 3599, access_token: `app-token-${at}` }),
    isMapped = (_tenantId: string, _groupId: string): boolean => true,
    prover = bySecret(secret) as ClientProver,
    authority = config.authority,
    locate = (url: string) => url,
  } = {},
) {
  const state = { nowSeconds: 1_790_000_000, tokens: [] as Asked[], pages: [] as Asked[] };
  const fetch: Fetch = async (url, init) => {
    init.signal?.throwIfAborted();
    const asked = { url, init };
    if (url.endsWith('/token')) return token(state.tokens.push(asked) - 1);
    return answer(state.pages.push(asked) - 1, asked);
  };
  const now = () => state.nowSeconds;
  const reader = createGroupReader(
    { ...config, authority },
    locate,
    fetch,
    now,
    isMapped,
    authenticationWith({ first: prover }).authenticate,
  );
  const read = (oid = objectId, tenantId = contoso) => reader.groupsOf(tenantId, oid);
  /** `code reason` of the refusal, or how many groups were read. */
  const outcome = async (oid = objectId, tenantId = contoso): Promise<string> => {
    try {
      return `${(await read(oid, tenantId)).size} groups`;
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      return `${error.code} ${error.detail.reason}`;
    }
  };
  return Object.assign(state, { read, outcome });
}

/** Another person, by number. */
export const personId = (at: number) => `90ab12cd-34ef-4567-89ab-${String(at).padStart(12, '0')}`;

/** Runs with timers shortened a hundredfold; tells which were asked for. */
export async function inShortTime(run: () => Promise<void>): Promise<number[]> {
  const { setTimeout } = globalThis;
  const asked: number[] = [];
  const shortened = (call: () => void, ms = 0) => {
    asked.push(ms);
    return setTimeout(call, ms / 100);
  };
  Object.assign(globalThis, { setTimeout: shortened });
  try {
    await run();
  } finally {
    Object.assign(globalThis, { setTimeout });
  }
  return asked;
}
