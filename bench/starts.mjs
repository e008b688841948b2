import { freePort } from '../scripts/free-port.mjs';

/** From the start of a process to its first 200 of the protected page, everybody in turn.
 * @param {import('./field.mjs').Field} field @param {number} rounds
 * @returns {Promise<Map<string, number[]>>} milliseconds by candidate */
export async function measureStarts(field, rounds) {
  /** @type {Map<string, number[]>} */
  const starts = new Map();
  for (let round = 0; round < rounds; round += 1) {
    for (const candidate of field.taking) {
      const { server } = await field.start(candidate, await freePort(27_500));
      await server.stop();
      starts.set(candidate.name, [...(starts.get(candidate.name) ?? []), server.startMs]);
    }
  }
  return starts;
}
