import { type Clients, createClients, silentMs } from './redis-client';
import { problemOf, type RedisProblem } from './redis-problem';
import { parseRevocation, type Revocation, type RevocationList } from './revocation';
import type { RevocationLink } from './revocation-store';

/** What the link tells its operator. */
export type RedisReport = {
  lost(problem: RedisProblem): void;
  /** @param resent how many revocations the store got now, which it did not have */
  recovered(resent: number): void;
  /** Entries that are no revocations were left out. */
  junk(count: number): void;
};

type Options = {
  /** `redis://` or `rediss://`, with its credentials. Never logged. */
  url: string;
  /** Several apps may share one Redis: keys begin with the client id. */
  clientId: string;
  sessionLifetimeSeconds: number;
  list: RevocationList;
  /** The `sid`s that began here, with their ends: the store gets them anew after a break. */
  sids: ReadonlyMap<string, number>;
  report: RedisReport;
};

/** A follower that waits this long for something new has also shown that the store is alive. */
const blockMs = 1_000;
/** Nobody who signs out waits longer for the store. */
const commandMs = 1_000;
const pageSize = 5_000;
/** Far more than 100,000 people cause in a session's lifetime; beyond, the data is not ours. */
const mostRevocations = 1_000_000;
/** Kept longer than any session may live, for clocks apart. */
const marginSeconds = 60 * 60;

function* pagesOf<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += pageSize) yield all.slice(at, at + pageSize);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Shares revocations through one Redis Stream, which every instance follows: all of it first, then
 * what is new. After any break it reads all again and gives back what the store does not have, so
 * nothing that an instance knows gets lost, whatever the store forgets.
 * @see https://redis.io/docs/latest/develop/data-types/streams/ */
export function linkToRedis({
  url,
  clientId,
  sessionLifetimeSeconds,
  list,
  sids,
  report,
}: Options): RevocationLink {
  // The braces keep all keys of an app on one node of a cluster.
  const prefix = `azure-auth:{${clientId}}`;
  const stream = `${prefix}:revocations`;

  let clients: Clients | undefined;
  let isReading = false;
  let problem: RedisProblem | undefined;
  let wasUp: boolean | undefined;
  let isClosed = false;
  let offsetMs = 0;
  let areSidsMarked = false;
  /** What the store has not confirmed yet. */
  const unsent = new Map<string, Revocation>();
  const nowMs = () => Math.round(Date.now() + offsetMs);

  function tell(next: RedisProblem | undefined, resent = 0): void {
    if (next && next !== problem) report.lost(next);
    if (!next && (problem || resent > 0)) report.recovered(resent);
    problem = next;
    wasUp = next === undefined;
  }

  async function write({ writer }: Clients, revocations: readonly Revocation[]): Promise<void> {
    const threshold = nowMs() - (sessionLifetimeSeconds + marginSeconds) * 1000;
    const TRIM = { strategy: 'MINID', strategyModifier: '~', threshold } as const;
    const commands: Promise<unknown>[] = revocations.map((revocation) =>
      writer.xAdd(stream, '*', { value: JSON.stringify(revocation) }, { TRIM }),
    );
    commands.push(writer.expire(stream, sessionLifetimeSeconds + marginSeconds));
    await within(commandMs + revocations.length, Promise.all(commands));
    for (const revocation of revocations) {
      if (unsent.get(revocation.key) === revocation) unsent.delete(revocation.key);
    }
  }

  const mark = ({ writer }: Clients, sid: string, expiresAtSeconds: number) => {
    const value = Math.max(1, Math.ceil(expiresAtSeconds - nowMs() / 1000));
    return writer.set(`${prefix}:sid:${sid}`, '1', { expiration: { type: 'EX', value } });
  };

  /** Gives the store what it lacks, and finds out whether it takes anything at all. */
  async function flush(clients: Clients): Promise<number> {
    const all = [...unsent.values()];
    for (const page of pagesOf(all)) await write(clients, page);
    for (const page of pagesOf(areSidsMarked ? [] : [...sids])) {
      const marks = page.map(([sid, expiresAtSeconds]) => mark(clients, sid, expiresAtSeconds));
      await within(commandMs + page.length, Promise.all(marks));
    }
    areSidsMarked = true;
    const expiration = { type: 'EX', value: 60 } as const;
    await within(commandMs, clients.writer.set(`${prefix}:probe`, '1', { expiration }));
    return all.length;
  }

  /** @returns the id to go on from, and the keys that were there */
  async function read(
    { follower }: Clients,
    from: string,
    block: boolean,
    seen?: Set<string>,
  ): Promise<string> {
    let last = from;
    let junk = 0;
    for (;;) {
      const options = block ? { COUNT: pageSize, BLOCK: blockMs } : { COUNT: pageSize };
      const reply = await follower.xRead({ key: stream, id: last }, options);
      const messages = reply?.[0]?.messages ?? [];
      for (const { id, message } of messages) {
        last = String(id);
        const revocation = parseRevocation(message.value, nowMs());
        if (!revocation) junk += 1;
        else if (revocation.expiresAtSeconds * 1000 > nowMs()) {
          list.add(revocation);
          seen?.add(`${revocation.key} ${revocation.beforeMs}`);
        }
      }
      if (list.size > mostRevocations) throw new Error('too_many');
      if (block || messages.length < pageSize) break;
    }
    if (junk > 0) report.junk(junk);
    return last;
  }

  async function measureClock({ writer }: Clients): Promise<void> {
    const askedMs = Date.now();
    const [seconds, microseconds] = (await within(
      commandMs,
      writer.sendCommand(['TIME']),
    )) as unknown as [string, string];
    const theirsMs = Number(seconds) * 1000 + Number(microseconds) / 1000;
    if (!Number.isFinite(theirsMs)) throw new Error('TIME');
    offsetMs = theirsMs - (askedMs + Date.now()) / 2;
  }

  /** One life of the connection; ends only by an error. */
  async function follow(both: Clients): Promise<never> {
    await within(silentMs, Promise.all([both.follower.connect(), both.writer.connect()]));
    await measureClock(both);
    if ((await both.writer.xLen(stream)) > mostRevocations) throw new Error('too_many');
    const seen = new Set<string>();
    let last = await read(both, '0-0', false, seen);
    for (const revocation of list.values()) {
      if (!seen.has(`${revocation.key} ${revocation.beforeMs}`)) {
        unsent.set(revocation.key, revocation);
      }
    }
    areSidsMarked = false;
    clients = both;
    isReading = true;
    for (let turn = 0; ; turn += 1) {
      const isTenth = turn > 0 && turn % 10 === 0;
      const isEmptied = isTenth && list.size > 0 && (await both.writer.exists(stream)) === 0;
      if (isEmptied) {
        for (const revocation of list.values()) unsent.set(revocation.key, revocation);
        areSidsMarked = false;
      }
      if (turn === 0 || isTenth || problem) {
        await flush(both).then(
          (resent) => tell(undefined, isEmptied || problem ? resent : 0),
          (error) => {
            // It can be read all the same: full, a replica, or without the right to write.
            if (!both.writer.isReady) throw error;
            tell(problemOf(error));
          },
        );
      }
      last = await read(both, last, true);
    }
  }

  const running = (async () => {
    for (let attempt = 0; !isClosed; attempt += 1) {
      const both = createClients(url);
      try {
        await follow(both);
      } catch (error) {
        if (isReading) attempt = 0;
        isReading = false;
        clients = undefined;
        if (!isClosed) tell(problemOf(error));
      } finally {
        both.follower.destroy();
        both.writer.destroy();
      }
      await pause(Math.min(2_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2));
    }
  })();

  return {
    nowMs,
    isUp: () => isReading && problem === undefined && wasUp === true,
    async send(revocations) {
      for (const revocation of revocations) unsent.set(revocation.key, revocation);
      if (!clients) return false;
      try {
        await write(clients, revocations);
        return true;
      } catch (error) {
        tell(problemOf(error));
        return false;
      }
    },
    async rememberSid(sid, expiresAtSeconds) {
      if (!clients) return;
      await within(commandMs, mark(clients, sid, expiresAtSeconds)).catch(() => {
        areSidsMarked = false;
      });
    },
    async knowsSid(sid) {
      if (!clients) return undefined;
      return within(commandMs, clients.writer.exists(`${prefix}:sid:${sid}`)).then(
        (count) => count > 0,
        () => undefined,
      );
    },
    async close() {
      isClosed = true;
      clients?.follower.destroy();
      clients?.writer.destroy();
      await Promise.race([running, pause(commandMs)]);
    },
  };
}
