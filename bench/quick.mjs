/** Counts and bytes alone: the same on every machine, so that CI can fail on them. */
import { listen } from '../entra-local/serve.mjs';
import { freePort } from '../scripts/free-port.mjs';
import { prepareBuild } from './builds.mjs';
import { candidates } from './candidates.mjs';
import { environmentOf } from './environment.mjs';
import { drive } from './load.mjs';
import { weighPages } from './pages.mjs';
import { startServer } from './server.mjs';
import { faultOfAllowed, headerOf, sealSessions } from './sessions.mjs';
import { measureSignIn, ownWay } from './sign-in-time.mjs';
import { atMost, byteTargets, signInCounts } from './targets.mjs';

const requests = 500;

/** Starts one of the two builds that are looked at: the app itself, or its twin without auth.
 * @param {'app' | 'app-twin'} name @param {Awaited<ReturnType<typeof listen>>} entra
 * @param {boolean} reuse */
async function enter(name, entra, reuse) {
  const found = candidates.find((one) => one.name === name);
  const candidate = /** @type {import('./candidates.mjs').Candidate} */ (found);
  const build = prepareBuild(name, { reuse, env: {}, untimed: true });
  const port = await freePort(name === 'app' ? 26_200 : 26_300);
  const places = { keysUrl: '', signingKey: '', entra: environmentOf(entra) };
  const env = candidate.env({ ...places, origin: `http://localhost:${port}` });
  const [session = {}] = sealSessions(build, env);
  const newSession = () => session;
  const headers = { cookie: headerOf(newSession()) };
  const server = await startServer(build, { port, env, path: candidate.paths.page, headers });
  return { candidate, build, server, newSession };
}

/** What ordinary requests leave behind. @param {Awaited<ReturnType<typeof enter>>} app */
async function countPerRequest(app) {
  const { server, candidate, newSession } = app;
  const ask = (/** @type {string} */ path, count = requests / 2) =>
    drive({
      ...{ origin: server.origin, atATime: 4, count, faultOf: faultOfAllowed },
      ask: () => ({ path, cookie: headerOf(newSession()) }),
    });
  for (const place of /** @type {const} */ (['json', 'page']))
    await ask(candidate.paths[place], 10);
  const before = await server.usage();
  const answers = [await ask(candidate.paths.json), await ask(candidate.paths.page)];
  const after = await server.usage();
  return {
    setCookieBytes: answers.reduce((sum, one) => sum + one.setCookieBytes, 0),
    keysDerived: after.keysDerived - before.keysDerived,
  };
}

/** @param {boolean} [reuse] the twin's build of an earlier run
 * @returns {Promise<import('./targets.mjs').Target[]>} @throws Error where a build failed or an answer
 * was wrong */
export async function runQuick(reuse = false) {
  const entra = await listen();
  const [app, twin] = [await enter('app', entra, reuse), await enter('app-twin', entra, reuse)];
  try {
    const page = await weighPages(app, app.build.standalone);
    const ground = await weighPages(twin, twin.build.standalone);
    const { setCookieBytes, keysDerived } = await countPerRequest(app);
    const signIn = await measureSignIn(app.build, ownWay('/account'), { times: 2, warmUps: 2 });
    return [
      ...signInCounts(signIn),
      ...byteTargets(
        { cookieBytes: page.cookieBytes, setCookieBytes },
        {
          signIn: page.signInScripts.atOnce - ground.signInScripts.atOnce,
          page: page.pageScripts.ever - ground.pageScripts.ever,
        },
      ),
      atMost(`keys derived in ${requests} requests`, keysDerived, 0),
    ];
  } finally {
    await Promise.all([app.server.stop(), twin.server.stop(), entra.close()]);
  }
}
