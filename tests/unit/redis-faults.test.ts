import { createServer, type Socket } from 'node:net';
import { expect } from '@playwright/test';
import type { RedisProblem } from '../../lib/redis-problem';
import { startRedis } from '../redis-server';
import {
  becomesCurrent,
  type Direct,
  itself,
  later,
  sessionOf,
  stream,
  test,
} from './redis-instances';

/** More entries than ours could ever be. */
const fill = (client: Direct) =>
  client.eval("for i = 1, 1000001 do redis.call('XADD', KEYS[1], '*', 'v', '') end", {
    keys: [stream],
  });

const refusals: [string, RedisProblem, (client: Direct) => unknown][] = [
  ['is full', 'full', (client) => client.configSet('maxmemory', '1')],
  ['is a replica', 'read_only', (client) => client.replicaOf('127.0.0.1', 1)],
  ['may not be written to', 'permissions', (client) => client.aclSetUser('default', '-set')],
  ['may not be read', 'permissions', (client) => client.aclSetUser('default', '-xread')],
  ['holds far too much', 'too_many', fill],
  ['holds something else', 'foreign_data', (client) => client.set(stream, 'junk')],
];
for (const [name, problem, spoil] of refusals) {
  test(`a store that ${name} is an alarm, and what is ended here is over all the same`, async ({
    instance,
    direct,
  }) => {
    const client = await direct();
    await spoil(client);
    const one = instance();
    const session = sessionOf(one);
    expect(await one.revoke(itself(session), later())).toBe(false);
    expect(one.hasEnded(session)).toBe(true);
    await expect.poll(() => one.told.lost, { timeout: 8_000 }).toEqual([problem]);
    expect(one.isCurrent()).toBe(false);
  });
}

test('a store that fills up while in use is an alarm once, and gets all once there is room', async ({
  instance,
  direct,
}) => {
  const one = instance();
  await becomesCurrent(one);
  const client = await direct();
  await client.configSet('maxmemory', '1');
  const sessions = [sessionOf(one), sessionOf(one), sessionOf(one)];
  for (const session of sessions) await one.revoke(itself(session), later());
  expect(one.isCurrent()).toBe(false);
  expect(one.told.lost).toEqual(['full']);
  await client.configSet('maxmemory', '0');
  await becomesCurrent(one);
  expect(await client.xLen(stream)).toBe(3);
  expect(one.told.resent).toEqual([3]);
});

test('wrong credentials are an alarm of their own', async ({ instance, place }) => {
  await place.redis.kill();
  place.redis = await startRedis({ requirepass: 'right' }, place.redis.port);
  const none = instance();
  const wrong = instance(place.redis.url.replace('//', '//:wrong@'));
  const right = instance(place.redis.url.replace('//', '//:right@'));
  await becomesCurrent(right);
  for (const { told } of [none, wrong]) {
    await expect.poll(() => told.lost, { timeout: 8_000 }).toEqual(['credentials']);
  }
});

test('junk between revocations is left out, counted, and ends nobody’s session', async ({
  instance,
  direct,
}) => {
  const client = await direct();
  for (const value of ['', '{', '{"key":"all","beforeMs":99999999999999,"expiresAtSeconds":1}']) {
    await client.xAdd(stream, '*', { value });
  }
  await client.xAdd(stream, '*', { other: 'field' });
  const one = instance();
  await becomesCurrent(one);
  expect(one.told.junk).toBe(4);
  expect(one.hasEnded(sessionOf(one))).toBe(false);
  const session = sessionOf(one);
  expect(await one.revoke(itself(session), later())).toBe(true);
});

for (const [name, answer] of [
  ['speaks another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ['answers nonsense', '\x00\xff\x01garbage\r\n*-7\r\n$99999999999\r\n'],
  ['answers what was not asked', '+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n'],
  ['hangs up', ''],
] as const) {
  test(`a store that ${name} is an alarm, and no crash`, async ({ instance }) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      if (answer) socket.on('data', () => socket.write(answer));
      else socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const one = instance(`redis://127.0.0.1:${port}`);
    await expect.poll(() => one.told.lost.length, { timeout: 8_000 }).toBeGreaterThan(0);
    expect(one.isCurrent()).toBe(false);
    const session = sessionOf(one);
    expect(await one.revoke(itself(session), later())).toBe(false);
    expect(one.hasEnded(session)).toBe(true);
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}
