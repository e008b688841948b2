/** Asks a server one thing again and again, and looks at every answer. */
import { Agent, request } from 'node:http';

/**
 * @typedef {{ path: string, cookie?: string }} Ask
 * @typedef {{ status: number, location: string, setCookies: string[], body: string, ms: number }} Answer
 * @typedef {object} Load
 * @property {string} origin
 * @property {(turn: number) => Ask} ask what to ask in each turn
 * @property {(answer: Answer) => string | undefined} faultOf what is wrong with an answer, if anything
 * @property {number} atATime
 * @property {number} [seconds] how long, and
 * @property {number} [count] how often: whichever is later
 */

/** @param {Agent} agent @param {string} origin @param {Ask} ask @returns {Promise<Answer>} */
export const send = (agent, origin, { path, cookie }) =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const headers = {
      accept: path.startsWith('/api/') ? 'application/json' : 'text/html',
      ...(cookie && { cookie }),
    };
    request(origin + path, { agent, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => {
        body += piece;
      });
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? '',
          setCookies: answer.headers['set-cookie'] ?? [],
          ...{ body, ms: performance.now() - began },
        }),
      );
    })
      .on('error', reject)
      .end();
  });

/** @param {Load} load @returns {Promise<{ requests: number, ms: number[], setCookieBytes: number }>}
 * `setCookieBytes` of all answers @throws Error at the first wrong answer */
export async function drive({ origin, ask, faultOf, atATime, seconds = 0, count = 0 }) {
  const agent = new Agent({ keepAlive: true, maxSockets: atATime });
  /** @type {number[]} */
  const ms = [];
  let [turn, setCookieBytes] = [0, 0];
  const end = performance.now() + seconds * 1000;
  const work = async () => {
    while (performance.now() < end || turn < count) {
      turn += 1;
      const asked = ask(turn);
      const answer = await send(agent, origin, asked);
      const fault = faultOf(answer);
      if (fault) throw new Error(`${origin}${asked.path}: ${fault}`);
      ms.push(answer.ms);
      for (const line of answer.setCookies) setCookieBytes += line.length;
    }
  };
  await Promise.all(Array.from({ length: atATime }, work)).finally(() => agent.destroy());
  return { requests: ms.length, ms, setCookieBytes };
}
