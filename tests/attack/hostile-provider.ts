import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StandIn } from '../e2e/fixtures';

/** How one request is answered, byte for byte. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

type Received = { method: string; path: string; body: string };

const endpoints = {
  discovery: '/.well-known/openid-configuration',
  keys: '/discovery/v2.0/keys',
  token: '/oauth2/v2.0/token',
} as const;
export type Endpoint = keyof typeof endpoints;

/** A provider that a test makes misbehave in ways that the stand-in cannot: it stands before the
 * stand-in, passes on what nothing is programmed for, and keeps all that it was sent. */
export async function listenHostile(entra: StandIn) {
  const programmed = new Map<Endpoint, Answer>();
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    received.push({ method: request.method ?? '', path, body });
    const found = Object.entries(endpoints).find(([, end]) => path.endsWith(end));
    const answer = found && programmed.get(found[0] as Endpoint);
    if (answer) answer(response, request);
    else await passOn(request, body, response).catch(() => response.destroy());
  });
  server.on('clientError', (_, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function passOn(request: IncomingMessage, body: string, response: ServerResponse) {
    const { host: _, connection: __, ...headers } = request.headers as Record<string, string>;
    const genuine = await fetch(entra.url + request.url, {
      method: request.method ?? 'GET',
      headers,
      redirect: 'manual',
      ...(request.method === 'POST' && { body }),
    });
    const { 'content-length': ___, ...answered } = Object.fromEntries(genuine.headers);
    response.writeHead(genuine.status, {
      ...answered,
      'set-cookie': genuine.headers.getSetCookie(),
    });
    response.end((await genuine.text()).replaceAll(entra.url, url));
  }

  return {
    url,
    received,
    /** What was sent to one endpoint. */
    sentTo: (endpoint: Endpoint) =>
      received.filter(({ path }) => path.endsWith(endpoints[endpoint])),
    answer: (endpoint: Endpoint, how: Answer) => void programmed.set(endpoint, how),
    /** Well-behaved again. */
    reset() {
      programmed.clear();
      received.length = 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The whole of an answer at once. */
export const says =
  (status: number, headers: Record<string, string>, body: string | Buffer = ''): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body);

/** Sends `bytes` of JSON as fast as the other side takes them.
 * @param sent is told how many bytes went out */
export const streams =
  (bytes: number, sent: (total: number) => void): Answer =>
  (response) => {
    const part = Buffer.alloc(64 * 1024, 'a');
    let total = 0;
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":"');
    const more = () => {
      while (!response.destroyed && total < bytes) {
        total += part.length;
        sent(total);
        if (!response.write(part)) return;
      }
      response.end('"}');
    };
    response.on('drain', more);
    more();
  };
