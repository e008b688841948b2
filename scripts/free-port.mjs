import { createServer } from 'node:net';

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    // An address that this machine does not have (IPv6 switched off) is not in anyone's way.
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first port from `start` on that nothing listens on, on any address that "localhost" means.
 * @param {number} start @returns {Promise<number>} */
export async function freePort(start) {
  for (let port = start; port < start + 100; port += 1) {
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::'))) return port;
  }
  throw new Error(`No port is free between ${start} and ${start + 99}.`);
}
