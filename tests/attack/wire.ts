import { request } from 'node:http';

export type Ask = {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
};

/** One request exactly as it is written: `fetch` tidies paths, knows no TRACE and chooses the Host
 * header itself. @param path what stands in the request line, an absolute address included */
export function send(origin: string, path: string, ask: Ask = {}): Promise<Response> {
  const { hostname, port } = new URL(origin);
  const { method = 'GET', headers = {}, body = '' } = ask;
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers, timeout: 10_000 });
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
