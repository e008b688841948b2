/** The stand-in, as far away as a real one: each of its answers to a server takes a while longer. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { listen } from '../entra-local/serve.mjs';

/** @param {number} delayMs */
export async function startDelayedEntra(delayMs) {
  const entra = await listen({
    registration: {
      redirectUris: [
        'http://localhost/authorization-code/callback',
        'http://localhost/api/auth/callback/microsoft-entra-id',
      ],
    },
  });
  for (const on of /** @type {const} */ (['discovery', 'keys', 'token'])) {
    entra.control.inject({ on, delayMs, times: Number.POSITIVE_INFINITY });
  }
  /** @type {number[]} */
  const photos = [];
  // Most people have none, which is also the shortest answer.
  const album = createServer((_, answer) => {
    photos.push(Date.now());
    setTimeout(() => answer.writeHead(404).end(), delayMs);
  });
  album.listen(0, '127.0.0.1');
  await once(album, 'listening');
  const address = album.address();
  const servers = ['discovery', 'keys', 'token', 'graph'];
  return {
    entra,
    photoUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    /** When servers asked since a moment, in order. @param {number} sinceMs */
    askedSince: (sinceMs) =>
      [
        ...entra.control.requests
          .filter(({ endpoint }) => servers.includes(endpoint))
          .map(({ at }) => at),
        ...photos,
      ]
        .filter((at) => at >= sinceMs)
        .sort((a, b) => a - b),
    async close() {
      album.closeAllConnections();
      album.close();
      await entra.close();
    },
  };
}

/** How many of these had to wait for the one before. @param {number[]} asked @param {number} delayMs */
export function sequential(asked, delayMs) {
  let [count, end] = [0, Number.NEGATIVE_INFINITY];
  for (const at of asked) {
    if (at < end) continue;
    count += 1;
    end = at + delayMs;
  }
  return count;
}
