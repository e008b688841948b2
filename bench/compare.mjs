/** The comparison: everybody is measured in one run, in turns. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cells, measureInTurns } from './cpu.mjs';
import { prepareField } from './field.mjs';
import { growthByForgeries, growthBySessions, memoryAfter } from './memory.mjs';
import { weighPages } from './pages.mjs';
import { profileOf } from './profile.mjs';
import { figuresOf, mostMargin, tooNoisy } from './results.mjs';
import { sealSessions } from './sessions.mjs';
import { floorWay, measureSignIn, nextAuthWay, ownWay } from './sign-in-time.mjs';
import { measureStarts } from './starts.mjs';
import { measureTenants } from './tenants.mjs';

/** @typedef {{ names: string[], rounds: number, seconds: number, reuse: boolean, requests: number, sessions: number, forgeries: number, signIns: number, warmUps: number }} Options
 * `names` of candidates; `reuse`: builds of an earlier run */
/** @typedef {Awaited<ReturnType<typeof compare>>} Comparison */

/** Whose time is told apart: the limits, ours, and the one that everybody knows. */
const profiled = ['no-auth', 'empty-edge', 'next-auth', 'ours'];

/** What a run leaves behind; git does not see it. */
export const resultsFolder = fileURLToPath(new URL('results', import.meta.url));
const mapped = fileURLToPath(new URL('upstream.cjs', import.meta.url));

/** Every round as it was, also where nothing is reported. @param {Map<string, unknown>} slices */
function keepRounds(slices) {
  mkdirSync(resultsFolder, { recursive: true });
  const text = JSON.stringify(Object.fromEntries(slices), null, 2);
  writeFileSync(join(resultsFolder, 'rounds.json'), `${text}\n`);
}

/** @param {Options} options @param {(line: string) => void} say
 * @throws Error where a build failed, an answer was wrong, or the machine was too busy */
export async function compare(options, say) {
  const { names, rounds, seconds, reuse } = options;
  const field = await prepareField({ names, reuse, say });
  const entrants = await field.startAll();
  const slices = await measureInTurns(entrants, { rounds, seconds, cells, say });
  keepRounds(slices);
  const figures = figuresOf(field.taking, slices);
  const noise = tooNoisy(figures);
  if (noise.length > 0) {
    throw new Error(
      `The machine was too busy: these medians may be off by more than ${mostMargin * 100} %.\n${noise.join('\n')}\nNothing is reported. Stop what else it does, or raise --rounds and --seconds.`,
    );
  }

  /** @type {Map<string, Awaited<ReturnType<typeof weighPages>>>} */
  const pages = new Map();
  /** @type {Map<string, { rssMb: number, heapMb: number }>} */
  const memory = new Map();
  for (const entrant of entrants) {
    const { name } = entrant.candidate;
    say(`bytes and memory: ${name}`);
    pages.set(name, await weighPages(entrant, entrant.build.standalone));
    memory.set(name, await memoryAfter(entrant, options.requests));
  }
  /** @type {Map<string, Record<'json' | 'page', import('./profile.mjs').Shares>>} */
  const profiles = new Map();
  for (const entrant of entrants) {
    const { name } = entrant.candidate;
    if (!profiled.includes(name)) continue;
    say(`profile: ${name}`);
    const json = await profileOf(entrant, 'json');
    profiles.set(name, { json, page: await profileOf(entrant, 'page') });
  }
  const own = entrants.find(({ candidate }) => candidate.name === 'ours');
  if (!own) throw new Error('ours is not among them');
  say(`memory: ${options.forgeries} forged cookies, ${options.sessions} sessions`);
  const forgeries = await growthByForgeries(own, options.forgeries);
  const sealed = sealSessions(own.build, own.env, options.sessions);
  const sessions = await growthBySessions(own, sealed);
  for (const { server } of entrants) await server.stop();

  say('starts');
  const starts = await measureStarts(field, 5);
  say('tenants');
  const tenants = await measureTenants(field, { rounds, seconds });
  say('sign-ins');
  const often = { times: options.signIns, warmUps: options.warmUps };
  /** @param {string} name @param {import('./sign-in-time.mjs').Way} way @param {string} [preload] */
  const timeOf = async (name, way, preload) => {
    const build = field.builds.get(name);
    return build && measureSignIn(build, way, { ...often, ...(preload && { preload }) });
  };
  const signIn = {
    floor: await timeOf('empty-edge', floorWay),
    ours: await timeOf('ours', ownWay('/protected')),
    'next-auth': await timeOf('next-auth', nextAuthWay, mapped),
  };
  await field.close();
  return {
    ...{ options, taking: field.taking, builds: field.builds, figures, pages, memory, profiles },
    ...{ growth: { forgeries, sessions }, starts, tenants, signIn },
  };
}
