import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

type Stored = {
  url: string;
  /** What of the request the answer depends on, by its Vary. */
  vary: Record<string, string>;
  freshUntilMs: number;
  status: number;
  headers: [string, string][];
  body: Buffer;
};

const day = 24 * 60 * 60;
/** Answers without a word about caching may be kept (RFC 9110 §15.1), and this cache does. */
const heuristicSeconds = 60;
const cacheableByDefault = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501];

/** How long a shared cache may answer without asking (RFC 9111 §3 and §4.2): 0 is not at all. */
function freshSeconds(status: number, headers: Headers): number {
  const said = (headers.get('cache-control') ?? '').toLowerCase();
  if (/\b(no-store|private|no-cache)\b/.test(said)) return 0;
  const age = /s-maxage="?(\d+)/.exec(said) ?? /max-age="?(\d+)/.exec(said);
  if (age) return Math.min(Number(age[1]), 365 * day);
  const expires = Date.parse(headers.get('expires') ?? '');
  if (!Number.isNaN(expires)) return Math.max(0, (expires - Date.now()) / 1000);
  return cacheableByDefault.includes(status) ? heuristicSeconds : 0;
}

const headerOf = (headers: IncomingHttpHeaders, name: string) => String(headers[name] ?? '');

/** A shared cache in front of an app, as a CDN is: it keeps what it may, Set-Cookie included, and
 * tells whoever asks next. Every answer says `x-cache: HIT` or `MISS`. */
export async function startCachingProxy() {
  const store: Stored[] = [];
  let target = '';
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const kept = store.find(
      (one) =>
        one.url === url &&
        ['GET', 'HEAD'].includes(method) &&
        one.freshUntilMs > Date.now() &&
        Object.entries(one.vary).every(([name, value]) => headerOf(headers, name) === value),
    );
    if (kept) {
      outgoing.writeHead(kept.status, [...kept.headers, ['x-cache', 'HIT']].flat());
      outgoing.end(kept.body);
      return;
    }
    const { hostname, port } = new URL(target);
    const upstream = request({ hostname, port, path: url, method, headers });
    upstream.on('error', () => outgoing.destroy());
    upstream.on('response', async (response) => {
      const body = Buffer.concat(await response.toArray());
      const status = response.statusCode ?? 502;
      const hop = ['connection', 'keep-alive', 'transfer-encoding'];
      const received = response.rawHeaders.flatMap((name, at, all): [string, string][] =>
        at % 2 === 0 && !hop.includes(name.toLowerCase()) ? [[name, all[at + 1] ?? '']] : [],
      );
      const answer = new Headers(received);
      const vary = (answer.get('vary') ?? '')
        .toLowerCase()
        .split(/\s*,\s*/)
        .filter(Boolean);
      const seconds = method === 'GET' ? freshSeconds(status, answer) : 0;
      if (seconds > 0 && !vary.includes('*')) {
        const depends = Object.fromEntries(vary.map((name) => [name, headerOf(headers, name)]));
        const freshUntilMs = Date.now() + seconds * 1000;
        store.push({ url, vary: depends, freshUntilMs, status, headers: received, body });
      }
      outgoing.writeHead(status, [...received, ['x-cache', 'MISS']].flat());
      outgoing.end(body);
    });
    incoming.pipe(upstream);
  });
  server.listen({ host: 'localhost', port: 0 });
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    /** Everything that the cache keeps. */
    store,
    forwardTo(origin: string) {
      target = origin;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
