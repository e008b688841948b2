import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificate } from '../certificate';

/** A proxy that ends TLS in front of an app, as every deployment has one. It listens before the
 * app starts, because the app must be told its public address. */
export async function startTlsProxy() {
  const { privateKey: key, certificate: cert } = await createCertificate();
  let target = '';
  const server = createServer({ key, cert }, (request, response) => {
    const { method, headers, url = '/' } = request;
    const onward = ask(new URL(url, target), {
      method,
      headers: {
        ...headers,
        'x-forwarded-proto': 'https',
        'x-forwarded-for': request.socket.remoteAddress ?? '',
      },
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    /** Where it sends everything from now on. */
    forwardTo(url: string) {
      target = url;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
