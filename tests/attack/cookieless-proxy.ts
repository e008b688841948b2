import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The way to an app on which every cookie is lost, as in a browser that blocks them: no page can
 * tell the two apart. Listens before the app does, which must know its public address. */
export async function listenWithoutCookies() {
  let target = '';
  let keeping = false;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const forwarded = request(`${target}${url}`, { method, headers }, (answer) => {
      const { 'set-cookie': cookies, ...others } = answer.headers;
      const all = keeping && cookies ? { ...others, 'set-cookie': cookies } : others;
      outgoing.writeHead(answer.statusCode ?? 502, all);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    leadTo(url: string) {
      target = url;
    },
    /** From now on cookies are let through. */
    keepCookies() {
      keeping = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
