/** The JSON route with ever longer lists of tenants, in turns. */
import { freePort } from '../scripts/free-port.mjs';
import { measureSlice } from './cpu.mjs';
import { median } from './statistics.mjs';

export const tenantCounts = [1, 1_000, 100_000];

/** @param {import('./field.mjs').Field} field @param {{ rounds: number, seconds: number }} options
 * @returns {Promise<number[]>} CPU time per request in milliseconds, by count */
export async function measureTenants(field, { rounds, seconds }) {
  const candidate = field.taking.find(({ name }) => name === 'ours');
  if (!candidate) return [];
  const entrants = [];
  for (const [at, count] of tenantCounts.entries()) {
    const port = await freePort(28_000 + at * 100);
    /** @type {import('./candidates.mjs').Candidate} */
    const listed = {
      ...candidate,
      env(places) {
        const env = candidate.env(places);
        const [only = ''] = (env.AZURE_VALID_TENANT_IDS ?? '').split(',');
        return { ...env, AZURE_VALID_TENANT_IDS: only, BENCH_MORE_TENANTS: `${count - 1}` };
      },
    };
    entrants.push(await field.start(listed, port));
  }
  /** @type {number[][]} */
  const spent = entrants.map(() => []);
  /** @type {import('./cpu.mjs').Cell} */
  const cell = { place: 'json', kind: 'good', atATime: 16 };
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < entrants.length; turn += 1) {
      const at = (turn + round) % entrants.length;
      const entrant = entrants[at];
      if (!entrant) continue;
      const howLong = round === 0 ? { count: 1_000 } : { seconds };
      const { cpuMs } = await measureSlice(entrant, entrant.newSession(), cell, howLong);
      if (round > 0) spent[at]?.push(cpuMs);
    }
  }
  for (const { server } of entrants) await server.stop();
  return spent.map(median);
}
