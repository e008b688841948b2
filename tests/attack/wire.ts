import { request as plainly, type RequestOptions } from 'node:http';
import { request as encrypted } from 'node:https';

export type Ask = {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
  /** The one certificate that a server may show, where it speaks TLS. */
  certificate?: string;
};

/** One request exactly as it is written: `fetch` tidies paths, knows no TRACE and chooses the Host
 * header itself. @param path what stands in the request line, an absolute address included */
export function send(origin: string, path: string, ask: Ask = {}): Promise<Response> {
  const { protocol, hostname, port } = new URL(origin);
  const { method = 'GET', headers = {}, body = '', certificate } = ask;
  const target: RequestOptions = { hostname, port, path, method, headers, timeout: 10_000 };
  // A certificate that is pinned need not name anybody.
  const pinned = { ca: certificate, checkServerIdentity: () => undefined };
  return new Promise((resolve, reject) => {
    const outgoing = protocol === 'https:' ? encrypted({ ...target, ...pinned }) : plainly(target);
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)));
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('error', reject);
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { statusCode: status = 0, rawHeaders } = incoming;
        const received = new Headers();
        for (let at = 0; at < rawHeaders.length; at += 2) {
          received.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
        }
        const bare = [204, 205, 304].includes(status);
        const content = bare ? null : Buffer.concat(chunks);
        resolve(new Response(content, { status, headers: received }));
      });
    });
    outgoing.end(body);
  });
}
