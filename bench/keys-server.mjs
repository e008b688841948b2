import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Stands in for WorkOS's key set, which authkit-nextjs asks for once. */
export async function serveKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const named = { kid: 'bench', alg: 'RS256', use: 'sig' };
  const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...named }] });
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' }).end(keys);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://localhost:${port}`,
    signingKey: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...named }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
