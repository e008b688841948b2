import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { site } from '../../lib/site';
import { type AppServer, startApp } from '../app-server';
import { callbackUrl, environmentFor, expect, startSignIn, test } from './fixtures';

const secondsSince = (startedMs: number) => (performance.now() - startedMs) / 1000;

/** A request whose body never comes: it hangs for as long as the server lets it. */
async function hang(app: AppServer) {
  const socket = connect(Number(new URL(app.url).port), 'localhost');
  await once(socket, 'connect');
  socket.write('POST /auth/sign-out HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na');
  return {
    cut: new Promise<void>((resolve) => {
      socket.on('error', () => {}).on('close', () => resolve());
    }),
  };
}

/** What a proxy sees on a connection that it keeps. */
function askOnKept(agent: Agent, url: string) {
  return new Promise<{ status?: number; connection?: string; body: string }>((resolve, reject) => {
    get(url, { agent }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += chunk;
      });
      answer.on('end', () => {
        const { connection } = answer.headers;
        resolve({ status: answer.statusCode, ...(connection && { connection }), body });
      });
    }).on('error', reject);
  });
}

test('SIGTERM turns readiness red first, and the server answers on until balancers have noticed', async ({
  entra,
}) => {
  const app = await startApp({ ...environmentFor(entra), SHUTDOWN_DELAY_SECONDS: '' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const [readyz, healthz] = [`${app.url}/readyz`, `${app.url}/healthz`];
  expect(await askOnKept(agent, readyz)).toMatchObject({ status: 200, connection: 'keep-alive' });

  const started = performance.now();
  const stopped = app.stop('SIGTERM');
  await expect.poll(async () => (await fetch(readyz)).status).toBe(503);
  // A proxy must not keep a connection that will be gone when it sends the next request.
  const red = await askOnKept(agent, readyz);
  expect(red).toMatchObject({ status: 503, connection: 'close' });
  expect(JSON.parse(red.body)).toEqual({ status: 'stopping' });
  let answered = 0;
  while (secondsSince(started) < 2.5) {
    for (const [url, status] of [
      [healthz, 200],
      [`${app.url}/`, 200],
      [readyz, 503],
    ] as const) {
      expect(await askOnKept(agent, url), url).toMatchObject({ status, connection: 'close' });
    }
    answered += 1;
  }
  expect(answered).toBeGreaterThan(1);
  expect(await stopped).toBe(0);
  expect(secondsSince(started)).toBeGreaterThan(2.9);
  expect(secondsSince(started)).toBeLessThan(10);
  expect(app.events('app.stopping')).toEqual([
    expect.objectContaining({ signal: 'SIGTERM', delaySeconds: 3 }),
  ]);
  expect(app.events('app.stopped')).toEqual([expect.objectContaining({ unfinished: 0 })]);
});

test('SIGTERM lets a sign-in under way finish, and then the server ends with code 0', async ({
  page,
  entra,
}) => {
  const app = await startApp(environmentFor(entra));
  await page.goto(app.url);
  await startSignIn(page);
  const callback = await callbackUrl(page, 'Ada Berg');
  entra.control.inject({ on: 'token', delayMs: 2_000 });
  const answer = page.request.get(callback, { maxRedirects: 0 });
  await expect
    .poll(() => entra.control.requests.some((one) => one.endpoint === 'token'))
    .toBe(true);
  const stopped = app.stop();
  const { location, connection } = (await answer).headers();
  expect({ location, connection }).toEqual({
    location: app.url + site.homePath,
    connection: 'close',
  });
  expect(await stopped).toBe(0);
});

test('a request that hangs is cut in time, a second signal ends at once, and the code is 0', async ({
  entra,
}) => {
  const env = environmentFor(entra);
  const [patient, hurried, quiet] = await Promise.all([
    startApp(env),
    startApp({ ...env, SHUTDOWN_DELAY_SECONDS: '30' }),
    startApp(env),
  ]);
  const hanging = await Promise.all([hang(patient), hang(hurried)]);
  await expect.poll(async () => (await fetch(`${hurried.url}/readyz`)).status).toBe(200);
  const started = performance.now();
  const all = [patient.stop('SIGTERM'), hurried.stop('SIGINT'), quiet.stop('SIGINT')];
  expect(await all[2]).toBe(0);

  // The same Ctrl-C, passed on by terminal, npm and shell, is one signal.
  hurried.process.kill('SIGINT');
  await expect.poll(() => hurried.events('app.stopping')).toHaveLength(1);
  await wait(600);
  expect(await (await fetch(`${hurried.url}/readyz`)).json()).toEqual({ status: 'stopping' });
  hurried.process.kill('SIGTERM');
  expect(await all[1]).toBe(0);
  expect(secondsSince(started), 'the second signal').toBeLessThan(10);

  expect(await all[0]).toBe(0);
  expect(secondsSince(started), 'what hangs is cut').toBeLessThan(10);
  expect(secondsSince(started), 'and not before it had its time').toBeGreaterThan(5);
  await Promise.all(hanging.map(({ cut }) => cut));
  for (const [app, unfinished] of [
    [patient, 1],
    [hurried, 1],
    [quiet, 0],
  ] as const) {
    expect(app.events('app.stopped')).toEqual([expect.objectContaining({ unfinished })]);
  }
});
