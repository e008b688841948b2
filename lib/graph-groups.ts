import { createAppTokens } from './app-token';
import { cloudOf, isGuid } from './authority';
import type { Authenticate } from './client-authentication';
import type { Config } from './config';
import { withDeadline } from './deadline';
import { readSecurityGroups } from './graph-pages';
import type { Provider } from './provider-metadata';
import { createRecentAnswers, type Timed } from './recent-answers';
import { type FailureDetail, SignInError } from './sign-in-error';
import type { Fetch } from './upstream';

/** So long somebody keeps a role after leaving the group that gave it. */
const freshSeconds = 5 * 60;
const mostPeople = 10_000;
/** For one person: a token, where there is none yet, and every page. */
const deadlineSeconds = 5;
/** How long Graph may ask for silence: its number must not close the app for hours. */
const silenceSeconds = { least: 5, most: 30 };

/** Who is in which groups, asked of Microsoft Graph. */
export type GroupReader = {
  /** The security groups that a person is in, directly or through other groups, as far as `isMapped`
   * wants them. Five minutes old at most.
   * @throws SignInError `groups_unavailable`, and never an empty answer in its place */
  groupsOf(tenantId: string, objectId: string): Promise<ReadonlySet<string>>;
};

/** What Graph's refusal means for everyone in the tenant: for how many seconds nobody is asked about,
 * and that there must be another token then. */
function silenceAfter(error: unknown, retryAfterSeconds: number): number | undefined {
  const reason = error instanceof SignInError ? error.detail.reason : undefined;
  const { least, most } = silenceSeconds;
  if (reason === 'status_429') return Math.min(Math.max(retryAfterSeconds, least), most);
  // What was granted is written in the token: a permission given now counts in the next one.
  return reason === 'status_401' || reason === 'permission_missing' ? least : undefined;
}

/** Reads the groups of people who are in too many for their token. The token also says where to ask
 * (`_claim_sources`): that is never called, or whatever it names would get the app's own token.
 * @param now the current time in seconds
 * @param isMapped which groups of a tenant matter: nothing else about a person is kept
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim
 * @see https://learn.microsoft.com/graph/throttling */
export function createGroupReader(
  config: Pick<Config, 'authority' | 'clientId'>,
  locate: Provider['locate'],
  fetch: Fetch,
  now: () => number,
  isMapped: (tenantId: string, groupId: string) => boolean,
  authenticate: Authenticate,
): GroupReader {
  const url = cloudOf(config.authority).graphUrl;
  const tokens = createAppTokens(config, locate, fetch, now, authenticate);
  const people = createRecentAnswers<ReadonlySet<string>>(mostPeople, now);

  async function read(tenantId: string, objectId: string, signal: AbortSignal) {
    const token = await tokens.tokenFor(tenantId);
    let retryAfterSeconds = 0;
    const listening: Fetch = async (asked, init) => {
      const response = await fetch(asked, init);
      retryAfterSeconds = Number(response.headers.get('retry-after')) || 0;
      return response;
    };
    const graph = { url, locate, fetch: listening, token, signal };
    try {
      return await readSecurityGroups(graph, objectId, (id) => isMapped(tenantId, id));
    } catch (error) {
      const silence = silenceAfter(error, retryAfterSeconds);
      if (silence) tokens.refuse(tenantId, error as SignInError, silence);
      throw error;
    }
  }

  async function ask(tenantId: string, objectId: string): Promise<Timed<ReadonlySet<string>>> {
    const giveUp = new AbortController();
    try {
      const reading = read(tenantId, objectId, giveUp.signal);
      return { value: await withDeadline(reading, deadlineSeconds), seconds: freshSeconds };
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      const detail: FailureDetail = error instanceof SignInError ? error.detail : { reason };
      // Without the error that it comes from, whose text may hold anything.
      throw new SignInError('groups_unavailable', { ...detail, stage: 'groups', tenantId });
    } finally {
      giveUp.abort();
    }
  }

  return {
    async groupsOf(tenantId, objectId) {
      // They become part of an address.
      if (!isGuid(tenantId) || !isGuid(objectId)) {
        throw new SignInError('groups_unavailable', { stage: 'groups', reason: 'person_id' });
      }
      return people.read(`${tenantId} ${objectId}`, () => ask(tenantId, objectId));
    },
  };
}
