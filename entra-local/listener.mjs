import { createServer } from 'node:http';
import { ConnectionReset } from './faults.mjs';

export const LOOPBACK = '127.0.0.1';
const MOST_BODY_BYTES = 65_536;
const MOST_PORTS_TRIED = 50;

/** @typedef {(request: Request) => Promise<Response>} Handle */

/** A socket in front of a `handle` function that is set once the port is known. */
export function createListener() {
  /** @type {Handle} */
  let handle = async () => new Response(null, { status: 503 });
  let isOffline = false;
  const server = createServer((incoming, outgoing) => {
    answer(handle, incoming, outgoing).catch((problem) => {
      if (!(problem instanceof ConnectionReset) && !outgoing.destroyed) console.error(problem);
      outgoing.destroy();
    });
  });
  server.on('connection', (socket) => {
    if (isOffline) socket.destroy();
  });

  return {
    server,
    /** @param {Handle} next */
    answerWith(next) {
      handle = next;
    },
    /** Every connection is cut, open ones and new ones. */
    goOffline() {
      isOffline = true;
      server.closeAllConnections();
    },
    goOnline() {
      isOffline = false;
    },
    /** Does not wait for connections that are kept alive or for answers that are still delayed. */
    close() {
      /** @type {Promise<void>} */
      const closed = new Promise((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/**
 * @param {import('node:http').Server} server @param {number} port 0: any
 * @param {boolean} isStrict fail when the port is taken, instead of trying the next ones
 * @returns {Promise<number>} the port
 */
export async function listenOnLoopback(server, port, isStrict) {
  for (let tried = 0; ; tried += 1) {
    try {
      await listenOnce(server, tried < MOST_PORTS_TRIED ? Math.min(port + tried, 65_535) : 0);
      const address = server.address();
      if (address && typeof address === 'object') return address.port;
      throw new Error('the listener has no port');
    } catch (problem) {
      const isTaken =
        problem instanceof Error && 'code' in problem && problem.code === 'EADDRINUSE';
      if (!isTaken || isStrict || port === 0 || tried > MOST_PORTS_TRIED) throw problem;
    }
  }
}

/** @param {import('node:http').Server} server @param {number} port @returns {Promise<void>} */
const listenOnce = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });

/**
 * @param {Handle} handle @param {import('node:http').IncomingMessage} incoming
 * @param {import('node:http').ServerResponse} outgoing
 */
async function answer(handle, incoming, outgoing) {
  const body = await bodyOf(incoming);
  if (body === undefined) return void outgoing.writeHead(413, { connection: 'close' }).end();
  const request = requestFrom(incoming, body);
  if (!request) return void outgoing.writeHead(400).end();
  const response = await handle(request);
  if (outgoing.destroyed) return;
  outgoing.writeHead(response.status, headersOf(response));
  await sendBody(response, outgoing);
  outgoing.end();
}

/** @param {Response} response @returns {Record<string, string | string[]>} */
const headersOf = (response) => ({
  ...Object.fromEntries(response.headers),
  'set-cookie': response.headers.getSetCookie(),
});

/** @param {Response} response @param {import('node:http').ServerResponse} outgoing */
async function sendBody(response, outgoing) {
  if (!response.body) return;
  const reader = response.body.getReader();
  outgoing.once('close', () => reader.cancel().catch(() => undefined));
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (outgoing.destroyed) return;
    outgoing.write(part.value);
  }
}

/** @param {import('node:http').IncomingMessage} incoming @param {string} body */
function requestFrom(incoming, body) {
  const headers = new Headers();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '');
  }
  // A missing Host must not be read as the right one.
  if (!headers.has('host')) headers.set('host', 'missing.invalid');
  const path = incoming.url ?? '/';
  // An absolute-form target (RFC 9112, section 3.2.2) would name another origin.
  if (!path.startsWith('/') || path.startsWith('//')) return undefined;
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  try {
    return new Request(`http://${LOOPBACK}${path}`, { method, headers, ...(hasBody && { body }) });
  } catch {
    return undefined;
  }
}

/** @param {import('node:http').IncomingMessage} incoming @returns {Promise<string | undefined>} undefined: too long */
async function bodyOf(incoming) {
  /** @type {Buffer[]} */
  const parts = [];
  let length = 0;
  for await (const part of incoming) {
    length += part.length;
    if (length > MOST_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
