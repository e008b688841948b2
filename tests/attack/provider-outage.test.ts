import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { listen } from '../../entra-local/serve.mjs';
import { type AppServer, startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { type Endpoint, listenHostile, says, streams } from './hostile-provider';
import { title } from './matrix';
import { growthWhile } from './memory';
import { expectDown } from './outcomes';
import { Robot } from './robot';

const megabyte = 1024 * 1024;
/** Deadlines are the product's own seconds; a busy machine may add to them. */
const slackMs = 1_500;

async function timed<T>(work: Promise<T>): Promise<[T, milliseconds: number]> {
  const started = performance.now();
  return [await work, performance.now() - started];
}

test(title('PO-02'), async ({ stack, entra }) => {
  test.setTimeout(180_000);
  const stageOf = { discovery: 'metadata', token: 'token', keys: 'keys' } as const;
  /** With a provider of its own: the deadlines of both pass at the same time. */
  const expectPatience = async (silence: { delayMs: number } | { dripMs: number }) => {
    const entra = await listen();
    // It knows nothing at first, so that each document has to be asked for in its turn.
    const app = await startApp({ ...stack.env, ENTRA_LOCAL_URL: entra.url });
    try {
      for (const on of ['discovery', 'token', 'keys'] as const) {
        const robot = new Robot({ entra, app });
        if (on === 'discovery') entra.control.inject({ on, ...silence });
        const callback = on === 'discovery' ? '' : await robot.answer(await robot.start());
        if (on !== 'discovery') entra.control.inject({ on, ...silence });
        const [answer, milliseconds] = await timed(
          callback ? robot.fetch(callback) : robot.post('/auth/start', { returnTo: '/account' }),
        );
        expect(milliseconds, on).toBeLessThan(5_000 + slackMs);
        await expectDown(robot, app, answer, { stage: stageOf[on], reason: 'timeout' });
      }
      const robot = new Robot({ entra, app });
      expect((await robot.signIn()).headers.get('location')).toBe(`${app.url}/account`);
    } finally {
      await app.stop();
      await entra.close();
    }
  };
  await Promise.all([expectPatience({ delayMs: 60_000 }), expectPatience({ dripMs: 1_000 })]);

  // Three answers, each in time by itself, at an instance that knows neither metadata nor keys.
  const twin = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
  try {
    const robot = new Robot({ entra, app: stack.app });
    const callback = await robot.answer(await robot.start());
    for (const on of ['discovery', 'token', 'keys'] as const) {
      entra.control.inject({ on, delayMs: 4_500 });
    }
    robot.reach = twin.url;
    const [answer, milliseconds] = await timed(robot.fetch(callback));
    expect(milliseconds).toBeLessThan(10_000 + slackMs);
    await expectDown(robot, twin, answer, { reason: 'timeout' });
  } finally {
    await twin.stop();
  }
});

/** JSON of so many bytes, in every encoding that `fetch` unpacks, by its Content-Encoding. */
function bombsOf(bytes: number): Record<string, Buffer> {
  const text = Buffer.alloc(bytes, 'a');
  text.write('{"a":"');
  text.write('"}', bytes - 2);
  const gzip = gzipSync(text);
  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  return {
    gzip,
    'gzip, gzip': gzipSync(gzip),
    deflate: deflateSync(text),
    br: brotliCompressSync(text, fast),
  };
}

test(title('PO-04'), async ({ stack, entra }) => {
  test.setTimeout(180_000);
  const provider = await listenHostile(entra);
  // A small heap is tidied up at once, so that growth is not merely what nobody collected yet.
  const heap = { NODE_OPTIONS: '--max-semi-space-size=1 --max-old-space-size=64' };
  const app = await startApp({ ...stack.env, ...heap, ENTRA_LOCAL_URL: provider.url });
  const total = 200 * megabyte;
  const bombs = bombsOf(total);
  const harmless = bombsOf(2 * megabyte); // also too large, but not by enough to hurt
  const json = { 'content-type': 'application/json' };
  let sent = 0;

  const expectCut = async (endpoint: Endpoint, reason = 'too_large') => {
    const robot = new Robot({ entra, app });
    const answer =
      endpoint === 'discovery'
        ? await robot.post('/auth/start', { returnTo: '/account' })
        : await robot.signIn();
    const stage = endpoint === 'discovery' ? 'metadata' : endpoint;
    await expectDown(robot, app, answer, { stage, reason });
  };
  try {
    for (const endpoint of ['discovery', 'token', 'keys'] as const) {
      provider.reset();
      const expectBombsCut = async (of: Record<string, Buffer>) => {
        for (const [encoding, bomb] of Object.entries(of)) {
          provider.answer(endpoint, says(200, { ...json, 'content-encoding': encoding }, bomb));
          await expectCut(endpoint);
        }
      };
      // What the server needs for every large answer, it has before memory is looked at.
      for (let count = 0; count < 10; count += 1) await expectBombsCut(harmless);

      const growth = await growthWhile(app, async () => {
        sent = 0;
        provider.answer(
          endpoint,
          streams(total, (bytes) => {
            sent = bytes;
          }),
        );
        await expectCut(endpoint);
        await expectBombsCut(bombs);
        const manyHeaders = Array.from({ length: 5_000 }, (_, index) => [`x-${index}`, 'a']);
        provider.answer(endpoint, says(200, Object.fromEntries(manyHeaders), '{}'));
        await expectCut(endpoint, 'network');
      });
      console.log(`PO-04 ${endpoint}: memory grew by ${growth.toFixed(1)} MB at most`);
      expect(growth, endpoint).toBeLessThan(20);
      // What the kernel of both sides holds on the way is sent, but read by nobody.
      expect(sent).toBeLessThan(total / 4);
    }
    provider.reset();
    const robot = new Robot({ entra, app });
    expect((await robot.signIn()).headers.get('location')).toBe(`${app.url}/account`);
  } finally {
    await app.stop();
    await provider.close();
  }
});

test(title('PO-09'), async ({ stack, entra }) => {
  let app: AppServer = await startApp(stack.env);
  const { port } = new URL(app.url);
  const twin = await startApp({ ...stack.env, AUTH_URL: app.url });
  try {
    const ada = new Robot({ entra, app });
    expect((await ada.signIn()).status).toBe(303);
    const [ben, omar] = [new Robot({ entra, app }), new Robot({ entra, app })];
    const bensAnswer = await ben.answer(await ben.start('/account?tab=details'), 'Ben Osei');
    const omarsRequest = await omar.start('/account?tab=details');

    const expectNothingNoticed = async (instance: AppServer) => {
      ada.reach = instance.url;
      const page = await ada.open('/account');
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('Ada Berg');
      expect(page.headers.getSetCookie()).toEqual([]);
      expect(await ada.me()).toMatchObject({ name: 'Ada Berg' });
      expect((await ada.fetch('/readyz')).status).toBe(200);
      expect(instance.events('provider.unavailable')).toEqual([]);
    };
    entra.control.goOffline();
    await expectNothingNoticed(app);
    await app.stop('SIGKILL');
    app = await startApp({ ...stack.env, PORT: port });
    await expectNothingNoticed(app);
    await expectNothingNoticed(twin);

    // Whoever tries to come in meanwhile is told so.
    const stranger = new Robot({ entra, app });
    const refused = await stranger.post('/auth/start', { returnTo: '/account' });
    await expectDown(stranger, app, refused, { stage: 'metadata', reason: 'network' });

    entra.control.goOnline();
    for (const [robot, callback, instance, name] of [
      [ben, bensAnswer, app, 'Ben Osei'],
      [omar, await omar.answer(omarsRequest, 'Omar Haddad'), twin, 'Omar Haddad'],
    ] as const) {
      robot.reach = instance.url;
      const answer = await robot.fetch(callback);
      expect(answer.headers.get('location')).toBe(`${app.url}/account?tab=details`);
      expect(await robot.me()).toMatchObject({ name });
      expect(instance.events('sign_in')).toHaveLength(1);
    }
  } finally {
    entra.control.goOnline();
    await app.stop();
    await twin.stop();
  }
});
