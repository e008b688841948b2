import { oncePerProcess } from './once-per-process';

/** Carries a request's client address from the server's socket to the route handlers, which see
 * headers alone. Written anew for every request (lib/incoming-requests.ts), whatever the client sent. */
export const clientAddressHeader = 'x-azure-auth-client';

/** Where a platform has a server of its own, nothing is written anew, and a client could name itself
 * as it likes: so what this process writes begins with a word that no client knows. */
const mark = () => `${oncePerProcess('client-address', () => crypto.randomUUID())} `;

/** An address as the header carries it. */
export const markedAddress = (address: string): string => mark() + address;

/** The address that this process wrote; one name for all clients where it wrote none. */
export function addressFromHeader(header: string | null): string {
  return header?.startsWith(mark()) ? header.slice(mark().length) : 'unknown';
}

/** The address that a limit counts by. Without trusted proxies it is the socket's own: anybody can
 * write `X-Forwarded-For`. Each trusted proxy has added the address that it saw at the right end,
 * so with `hops` of them the client is the one that many places from the right; with fewer entries
 * the request came past them, and its socket counts. */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | undefined,
  hops: number,
): string {
  if (hops === 0 || !forwardedFor) return socketAddress;
  return forwardedFor.split(',').at(-hops)?.trim() || socketAddress;
}

/** One client: an IPv4 address, or the /64 of an IPv6 one, which is what a single household or
 * machine is given and may change within at will (RFC 6177, RFC 8981). Anything else is a name of
 * its own, cut short. */
export function clientKey(address: string): string {
  const bare = address.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  const v4 = mapped ?? /^(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(bare)?.[1];
  if (v4) return v4;
  // The URL parser writes every spelling of an IPv6 address in the same way (WHATWG URL §3.5).
  const url = URL.canParse(`http://[${bare}]/`) ? new URL(`http://[${bare}]/`) : undefined;
  if (!url) return address.slice(0, 64);
  const [left = '', right = ''] = url.hostname.slice(1, -1).split('::');
  const before = left.split(':').filter(Boolean);
  const after = right.split(':').filter(Boolean);
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  const groups = url.hostname.includes('::') ? [...before, ...zeros, ...after] : before;
  return `${groups.slice(0, 4).join(':')}::/64`;
}
