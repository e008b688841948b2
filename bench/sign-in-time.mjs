/** One sign-in after the other with a provider that is 50 ms away: what is asked of it, in how many round
 * trips, and how long the person waits. */
import { randomBytes } from 'node:crypto';
import { freePort } from '../scripts/free-port.mjs';
import { createVisitor } from '../scripts/visitor.mjs';
import { sequential, startDelayedEntra } from './delayed-entra.mjs';
import { environmentOf } from './environment.mjs';
import { startServer } from './server.mjs';
import { margin, median } from './statistics.mjs';

const delayMs = 50;

/** @typedef {{ ms: number, requests: number, roundTrips: number }} Leg
 * @typedef {{ click: Leg, callback: Leg, toPageMs: number, margin: number, roundTripMs: number }} SignInTime
 * `toPageMs`: from the callback to the whole page behind it; `roundTripMs`: one bare request upstream */

/** @typedef {ReturnType<typeof createVisitor>} Visitor */
/** How they are asked to sign somebody in. `click` returns the address at the provider, `choose` the
 * callback's.
 * @typedef {{ page: string, click(visitor: Visitor): Promise<() => Promise<string>>, choose?(visitor: Visitor, address: string): Promise<string> }} Way */

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

/** @param {string} page @returns {Way} */
export const ownWay = (page) => ({
  page,
  click: async (visitor) => async () =>
    (await visitor.post('/auth/start', { returnTo: page })).location,
});

/** Nobody is signed in: one request to the provider and the same page. @type {Way} */
export const floorWay = {
  page: '/protected',
  click: async () => async () => '',
  choose: async () => '/upstream',
};

/** Auth.js's own form: https://authjs.dev/reference/core/types#authaction @type {Way} */
export const nextAuthWay = {
  page: '/protected',
  async click(visitor) {
    const { csrfToken } = JSON.parse((await visitor.open('/api/auth/csrf')).body);
    const body = new URLSearchParams({ csrfToken, callbackUrl: '/protected' }).toString();
    const path = '/api/auth/signin/microsoft-entra-id';
    return async () => {
      const ask = { method: 'POST', headers: urlencoded, body };
      // The stand-in knows no scope of Graph's.
      return (await visitor.ask(path, ask)).location.replace('+User.Read', '');
    };
  },
};

/** @param {Visitor} visitor @param {string} address at the provider */
const choose = (visitor, address) => visitor.choose(address);

/** @param {import('./builds.mjs').Build} build @param {Way} way
 * @param {{ times: number, warmUps: number, preload?: string }} options @returns {Promise<SignInTime>} */
export async function measureSignIn(build, way, { times, warmUps, preload }) {
  const upstream = await startDelayedEntra(delayMs);
  const { entra } = upstream;
  const port = await freePort(26_000);
  const origin = `http://localhost:${port}`;
  const AUTH_SECRET = randomBytes(32).toString('base64url');
  const server = await startServer(build, {
    ...{ port, path: '/', ...(preload && { preload }) },
    env: {
      ...(preload ? { BENCH_ENTRA_URL: entra.url } : environmentOf(entra)),
      ...{ AUTH_SECRET, AUTH_URL: origin, BENCH_PHOTO_URL: upstream.photoUrl },
      BENCH_UPSTREAM_URL: `${entra.url}/common/v2.0/.well-known/openid-configuration`,
      AUTH_TRUST_HOST: 'true',
      AUTH_MICROSOFT_ENTRA_ID_ID: entra.clientId,
      AUTH_MICROSOFT_ENTRA_ID_SECRET: entra.clientSecret,
      AUTH_MICROSOFT_ENTRA_ID_ISSUER: 'https://entra-local.invalid/common/v2.0',
    },
  });
  /** @template T @param {() => Promise<T>} work */
  async function timed(work) {
    const [since, began] = [Date.now(), performance.now()];
    const result = await work();
    const asked = upstream.askedSince(since);
    return {
      result,
      leg: {
        ms: performance.now() - began,
        requests: asked.length,
        roundTrips: sequential(asked, delayMs),
      },
    };
  }
  /** @type {{ click: Leg, callback: Leg, pageMs: number }[]} */
  const signIns = [];
  /** @type {number[]} */
  const roundTrips = [];
  for (let time = -warmUps; time < times; time += 1) {
    const visitor = createVisitor(origin);
    const press = await way.click(visitor);
    const click = await timed(press);
    const callbackUrl = await (way.choose ?? choose)(visitor, click.result);
    const callback = await timed(() => visitor.ask(callbackUrl));
    const page = await timed(() => visitor.open(way.page));
    if (page.result.status !== 200 || !page.result.body.includes('Ada Berg')) {
      throw new Error(
        `nobody was signed in: ${callback.result.status} to ${callback.result.location}, page ${page.result.status}\n${server.output()}`,
      );
    }
    if (time < 0) continue; // metadata, keys and the engine's own code are warm from here on
    signIns.push({ click: click.leg, callback: callback.leg, pageMs: page.leg.ms });
    const bare = await timed(async () =>
      (await fetch(`${entra.url}/common/v2.0/.well-known/openid-configuration`)).text(),
    );
    roundTrips.push(bare.leg.ms);
  }
  await server.stop();
  await upstream.close();
  /** @param {'click' | 'callback'} name @returns {Leg} */
  const legOf = (name) => ({
    ms: median(signIns.map((one) => one[name].ms)),
    requests: Math.max(...signIns.map((one) => one[name].requests)),
    roundTrips: Math.max(...signIns.map((one) => one[name].roundTrips)),
  });
  const toPage = signIns.map(({ callback, pageMs }) => callback.ms + pageMs);
  return {
    ...{ click: legOf('click'), callback: legOf('callback') },
    ...{ toPageMs: median(toPage), margin: margin(toPage), roundTripMs: median(roundTrips) },
  };
}
