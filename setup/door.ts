import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readCookies } from '../lib/cookies';
import { draftStore } from './draft';

/** Names of this machine. A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding),
 * and a tunnel has a name of its own: neither is let in. */
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

const digest = (text: string) => createHash('sha256').update(text).digest();
const isSame = (presented: string, expected: Buffer) =>
  timingSafeEqual(digest(presented), expected);

/** Apps on other ports of localhost share one set of cookies, so the port is in the name. */
const cookieName = (host: string) => `azure-auth-setup-${host.split(':').pop()}`;

/** Whether the door is there for this request at all: `npm run dev` made a token, no automation
 * runs, and the request is for this very machine. */
export function isHere(headers: Headers, env = process.env): boolean {
  return Boolean(env.SETUP_TOKEN) && !env.CI && loopback.test(headers.get('host') ?? '');
}

/** Whether this browser has opened the door before. */
export function isOpen(headers: Headers): boolean {
  const host = headers.get('host') ?? '';
  const key = readCookies({ headers }).get(cookieName(host));
  return key !== undefined && draftStore.keys.some((known) => isSame(key, known));
}

/** Opens the door for one browser: a token works once. Whoever reads the terminal may do what the
 * person who started the server may do.
 * @returns the Set-Cookie value, or why not */
export function openDoor(
  headers: Headers,
  token: string,
  env = process.env,
): { setCookie: string } | { refused: 'wrong' | 'used' } {
  if (!isSame(token.trim(), digest(env.SETUP_TOKEN ?? ''))) return { refused: 'wrong' };
  if (draftStore.keys.length > 0) return { refused: 'used' };
  const key = randomBytes(32).toString('base64url');
  draftStore.keys.push(digest(key));
  const name = cookieName(headers.get('host') ?? '');
  // Lax and not Strict: "Try it now" comes back from Microsoft, where Strict would lock the door.
  return { setCookie: `${name}=${key}; Path=/setup; HttpOnly; SameSite=Lax` };
}

/** Whether a POST was made by the page itself, under the name in the address bar. */
export function isOwnPost(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = headers.get('origin');
  if (origin === null) return site === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === headers.get('host');
}
