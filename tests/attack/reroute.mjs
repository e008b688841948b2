/** Preloaded into an app under test (NODE_OPTIONS=--import=…): no name but localhost exists, and no
 * connection leaves this machine. The file ATTACK_REROUTE_FILE may hold a JSON object from a name to
 * the local port where it is found at that moment; names and certificates are checked as always.
 * Each name that was asked for is told on stderr as `asked for <name>`. */
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

const file = process.env.ATTACK_REROUTE_FILE;
/** @returns {Record<string, number>} */
const ports = () => (file ? JSON.parse(readFileSync(file, 'utf8')) : {});

const { lookup } = dns;
// @ts-expect-error the overloads of lookup cannot be written down in one function
dns.lookup = (host, options, callback = options) => {
  // @ts-expect-error the same
  if (host === 'localhost') return lookup(host, options, callback);
  console.error(`asked for ${host}`);
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
  process.nextTick(/** @type {(error: Error) => void} */ (callback), error);
};

const { connect } = tls;
/** @param {import('node:tls').ConnectionOptions} options @param {(() => void)[]} rest */
const connectHere = (options, ...rest) => {
  const { host = '' } = options;
  const port = ports()[host];
  if (port === undefined) return connect(options, ...rest);
  console.error(`asked for ${host}`);
  return connect({ ...options, host: '127.0.0.1', port, servername: host }, ...rest);
};
// @ts-expect-error only the form that fetch uses is replaced
tls.connect = connectHere;
