import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { record } from './audit';
import { clientAddress, clientAddressHeader, markedAddress } from './client-address';
import { framedPath, framingHeaders, securityHeaders } from './security-headers.mjs';
import { isStopping } from './shutdown';

/** The requests that this process is answering. */
export type RequestsUnderWay = {
  /** How many have not been answered to the end. */
  count(): number;
  /** Lets each answer that has not begun end its connection, instead of keeping it for the next. */
  closeConnections(): void;
};

/** Prepares every request of this process before Next sees it: what Next does not tell our code, and
 * the responses that it makes without it.
 * @param hops how many trusted proxies add to `X-Forwarded-For`
 * @see https://nodejs.org/api/diagnostics_channel.html#http (`http.server.request.start`) */
export function prepareRequests(hops: number): RequestsUnderWay {
  let warned = false;
  const underWay = new Set<ServerResponse>();
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as {
      request: IncomingMessage;
      response: ServerResponse;
    };
    // A whole address in the request line names a host of the client's choice, and Next's redirects
    // would repeat it (RFC 9112 §3.2.2). `*` is no path; Next answers it with 500.
    const path = request.url?.replace(/^(\*|[a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i, '') ?? '';
    request.url = path.startsWith('/') ? path : `/${path}`;

    // Next's own redirects and errors would go without; whoever sets one of them replaces it.
    const isFramed = request.url.split('?')[0] === framedPath;
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!isFramed || !framingHeaders.includes(name)) response.setHeader(name, value);
    }
    // No cache keeps anything but build output, whatever a route forgets to say.
    if (!request.url.startsWith('/_next/static/')) {
      response.setHeader('cache-control', 'private, no-store');
    }

    // Next answers with 500 what it does not know: TRACE, and any method but these two for a file of
    // the build. Read as a request for the start page, they are refused like any other method.
    if (request.method === 'TRACE') request.method = 'OPTIONS';
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && request.url.startsWith('/_next/static/')) request.url = '/';

    // Next puts the socket's address where a client may have written its own, so it is read here.
    const forwarded = request.headers['x-forwarded-for'];
    const list = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    if (list && hops === 0 && !warned) {
      warned = true;
      const problem =
        'A request carries X-Forwarded-For, but TRUSTED_PROXY_HOPS is 0. Behind a proxy all people then count as one client.';
      record({ event: 'rate_limit.proxy_unknown', problem });
    }
    const address = clientAddress(request.socket.remoteAddress ?? 'unknown', list, hops);
    request.headers[clientAddressHeader] = markedAddress(address);

    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    if (isStopping()) closeAfter(response);
  });
  return {
    count: () => [...underWay].filter((response) => !response.writableEnded).length,
    closeConnections() {
      for (const response of underWay) if (!response.headersSent) closeAfter(response);
    },
  };
}

/** A proxy sends its next request on a connection that was kept open, and would lose it when this
 * server goes away at that moment (RFC 9112 §9.6). */
const closeAfter = (response: ServerResponse) => response.setHeader('connection', 'close');
