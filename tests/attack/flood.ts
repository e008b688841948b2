import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { AppServer } from '../app-server';

export type Shot = {
  method?: 'GET' | 'POST';
  path: string;
  address: string;
  headers?: Record<string, string>;
};
export type Hit = { address: string; status: number; headers: IncomingHttpHeaders };

/** Fires requests at an app, so many at a time. A bare client: `fetch` costs more than the app. */
export async function flood(app: AppServer, shots: Shot[], atATime = 32): Promise<Hit[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atATime });
  const fire = (shot: Shot): Promise<Hit> =>
    new Promise((resolve, reject) => {
      const { method = 'GET', path, address, headers } = shot;
      const sent = request(
        app.url + path,
        { agent, method, headers: { ...headers, 'x-forwarded-for': address } },
        (answer) => {
          answer.resume().on('end', () => {
            resolve({ address, status: answer.statusCode ?? 0, headers: answer.headers });
          });
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The server may close a connection just as it is used again: such a request was not heard.
        const isUnheard = sent.reusedSocket && error.code === 'ECONNRESET';
        if (isUnheard) fire(shot).then(resolve, reject);
        else reject(error);
      });
      sent.end();
    });
  const waiting = [...shots];
  const hits: Hit[] = [];
  const shoot = async () => {
    for (let shot = waiting.pop(); shot; shot = waiting.pop()) hits.push(await fire(shot));
  };
  await Promise.all(Array.from({ length: atATime }, shoot));
  agent.destroy();
  return hits;
}
