/** Many people at once: some are signed in and look at pages all the time, some come and sign in.
 * What happens to them is counted, by the rule of what a person would call lost. */
import { createVisitor, SignInRefused } from './visitor.mjs';

/** @typedef {import('./visitor.mjs').Visitor} Visitor */
/**
 * @typedef {object} Account of what a crowd met
 * @property {number} answered requests that got what they asked for
 * @property {string[]} failed requests that did not, each in a few words
 * @property {number} signedOut how often somebody was not known any more
 * @property {number} resealed how often a session's cookie was set anew
 */

/** @param {number} milliseconds */
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {unknown} error */
const codeOf = (error) =>
  /** @type {{ code?: string }} */ (error).code ?? /** @type {Error} */ (error).message;

/** Signs people in, so many together.
 * @param {string} origin @param {number} count @param {number} [atATime]
 * @returns {Promise<Visitor[]>} */
export async function gatherCrowd(origin, count, atATime = 50) {
  const names = ['Ada Berg', 'Ben Osei'];
  const people = Array.from({ length: count }, (_, index) =>
    createVisitor(origin, names[index % names.length]),
  );
  const waiting = [...people];
  const work = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) await one.signIn();
  };
  await Promise.all(Array.from({ length: Math.min(atATime, count) }, work));
  return people;
}

/** Lets people who are signed in look at pages, each with a pause between two of them.
 * @param {Visitor[]} people @param {{ pauseMs?: number, paths?: string[] }} [options] */
export function startReading(people, { pauseMs = 500, paths = ['/api/me', '/account'] } = {}) {
  /** @type {Account} */
  let account = { answered: 0, failed: [], signedOut: 0, resealed: 0 };
  let isOn = true;

  /** @param {Visitor} person @param {string} path */
  async function read(person, path) {
    const before = person.session()?.value;
    try {
      const { status, location } = await person.open(path);
      const isSignedOut = status === 401 || (status === 303 && location.includes('/auth/'));
      if (status === 200) account.answered += 1;
      else if (isSignedOut) account.signedOut += 1;
      else account.failed.push(`GET ${path}: ${status}`);
      if (person.session()?.value !== before) account.resealed += 1;
    } catch (error) {
      account.failed.push(`GET ${path}: ${codeOf(error)}`);
    }
  }

  const work = people.map(async (person, index) => {
    await wait((pauseMs * index) / people.length);
    for (let turn = index; isOn; turn += 1) {
      await read(person, paths[turn % paths.length] ?? '/');
      // Not in step: people do not breathe together.
      await wait(pauseMs * (0.5 + Math.random()));
    }
  });
  return {
    /** What was met since the last time, or since the start. @returns {Account} */
    take() {
      const taken = account;
      account = { answered: 0, failed: [], signedOut: 0, resealed: 0 };
      return taken;
    },
    /** @returns {Promise<Account>} what was met since the last time */
    async stop() {
      isOn = false;
      await Promise.all(work);
      return account;
    },
  };
}

/** Lets people press the button of a Server Action again and again: a POST, which no proxy may repeat.
 * @param {Visitor[]} people @param {string} path */
export function startActing(people, path) {
  let done = 0;
  /** @type {string[]} */
  let cut = [];
  let isOn = true;
  const work = people.map(async (person) => {
    while (isOn) {
      const status = await person.act(path).then((answer) => answer.status, codeOf);
      if (status === 303) done += 1;
      else cut.push(`POST ${path}: ${status}`);
      await wait(100);
    }
  });
  const take = () => {
    const taken = { done, cut };
    done = 0;
    cut = [];
    return taken;
  };
  return {
    take,
    async stop() {
      isOn = false;
      await Promise.all(work);
      return take();
    },
  };
}

/** Lets strangers come and sign in, one after the other in so many queues.
 * @param {string} origin @param {number} queues */
export function startArriving(origin, queues) {
  let arrived = 0;
  /** By where they ended instead. @type {Map<string, number>} */
  let refused = new Map();
  let isOn = true;
  const work = Array.from({ length: queues }, async () => {
    while (isOn) {
      try {
        await createVisitor(origin).signIn();
        arrived += 1;
      } catch (error) {
        const where = error instanceof SignInRefused ? error.message : codeOf(error);
        refused.set(where, (refused.get(where) ?? 0) + 1);
        await wait(100);
      }
    }
  });
  const take = () => {
    const taken = { arrived, refused };
    arrived = 0;
    refused = new Map();
    return taken;
  };
  return {
    take,
    async stop() {
      isOn = false;
      await Promise.all(work);
      return take();
    },
  };
}
