import { setTimeout as sleep } from 'node:timers/promises';
import { commandPath, sealCommand } from '../../lib/command';
import type { Config } from '../../lib/config';
import { openRevocations } from '../../lib/revocations';
import { type RevocablePeople, revokeSessions } from '../../lib/revoke';
import { createSealer } from '../../lib/sealer';

/** What came of it, in sentences for who asked. */
export type Outcome = { ok: boolean; store: 'memory' | 'redis'; says: string; next?: string };

const deadlineMs = 5_000;

/** Ends sessions where the app keeps what was ended: in Redis, or in the memory of the one instance
 * that runs. Never throws. */
export function revoke(config: Config, target: RevocablePeople): Promise<Outcome> {
  return config.redisUrl ? revokeInRedis(config, target) : revokeInApp(config, target);
}

async function revokeInRedis(config: Config, target: RevocablePeople): Promise<Outcome> {
  let problem = 'timeout';
  const store = openRevocations(config, {
    lost: (reason) => {
      problem = reason;
    },
    recovered() {},
    junk() {},
  });
  const failed = (says: string): Outcome => ({
    ...{ ok: false, store: 'redis', says: `${says} (${problem})` },
    next: 'See to the Redis of REDIS_URL, then run this again: doing it twice does no harm.',
  });
  try {
    const giveUpAtMs = Date.now() + deadlineMs;
    while (!store.isCurrent() && Date.now() < giveUpAtMs) await sleep(50);
    if (!store.isCurrent()) return failed('No session was ended: Redis cannot be used.');
    if (await revokeSessions(store, target, config)) {
      return {
        ok: true,
        store: 'redis',
        says: 'Redis has it: every instance refuses them within a second.',
      };
    }
    return failed('Sessions may go on: Redis did not confirm it.');
  } finally {
    void store.close(); // its timers keep no process alive, so nothing here may wait for them
  }
}

const unheard = 'No session was ended: the app';

/** Why the app did not do as it was told. */
const refusals: Readonly<Record<number, Pick<Outcome, 'says' | 'next'>>> = {
  401: {
    says: `${unheard} does not take this command.`,
    next: 'AUTH_SECRET, AZURE_CLIENT_ID and the authority must be the same here and there.',
  },
  404: {
    says: `${unheard} takes no commands, because its instances share Redis.`,
    next: 'Set REDIS_URL here as it is set there.',
  },
  429: {
    says: `${unheard} was asked too often.`,
    next: 'Wait a minute, then run this again.',
  },
};

async function revokeInApp(config: Config, target: RevocablePeople): Promise<Outcome> {
  const { origin } = config;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(origin + path, { ...init, redirect: 'manual', signal: AbortSignal.timeout(deadlineMs) });
  try {
    // The app's clock counts, to the second: sessions began by it, and this one may be slow.
    const theirs = Date.parse((await ask('/healthz')).headers.get('date') ?? '');
    const issuedAtMs = (Number.isNaN(theirs) ? Date.now() : theirs) + 999;
    const sealer = createSealer(config.secrets, 'command', config);
    const body = await sealCommand(sealer, { target, issuedAtMs });
    const { status } = await ask(commandPath, { method: 'POST', body });
    if (status === 204) {
      return { ok: true, store: 'memory', says: `The app at ${origin} refuses them now.` };
    }
    const answered = { says: `${unheard} at ${origin} answered ${status}.` };
    return { ok: false, store: 'memory', ...(refusals[status] ?? answered) };
  } catch {
    return {
      ...{ ok: false, store: 'memory', says: `${unheard} at ${origin} does not answer.` },
      next: 'Without REDIS_URL what was ended is in the memory of the running app: start it, or see to AUTH_URL.',
    };
  }
}
