import { cloudOfOrigin, clouds } from '../../lib/clouds';
import { isLoopback } from '../../lib/config-variables';
import { cookieNames } from '../../lib/cookies';
import { callbackPath } from '../../lib/transport';
import { findingsAbout } from '../doctor/found';
import type { Finding } from '../finding';
import { originDiffers } from './strangers';
import { type Reply, redirectOf, type Visit } from './visit';

const about = findingsAbout('Sign-in');
const cookies = findingsAbout('Cookies');
const letThrough = 'Let the proxy pass Set-Cookie through unchanged.';

const attributesOf = (line: string) =>
  line
    .split(';')
    .slice(1)
    .map((one) => one.trim().toLowerCase());

/** What a cookie of the app lacks to be kept from scripts and other sites. */
function missingFlags(line: string, secure: boolean): string[] {
  const attributes = attributesOf(line);
  const wanted = ['HttpOnly', 'SameSite=Lax', 'Path=/', ...(secure ? ['Secure'] : [])];
  return wanted.filter((flag) => !attributes.includes(flag.toLowerCase()));
}

function cookieFindings({ headers }: Reply, origin: string): Finding[] {
  const secure = origin.startsWith('https:');
  const lines = headers.getSetCookie().filter((line) => /^(__Host-)?azure-auth/.test(line));
  const flow = lines.find((line) => line.includes('.flow.'));
  if (!flow) {
    const says = 'No cookie came with the start of a sign-in, so none can be completed.';
    return [cookies('cookie_missing', 'fail', says, letThrough)];
  }
  const found: Finding[] = [];
  if (!flow.startsWith(cookieNames({ origin }).flow(''))) {
    const says = 'The cookies have names for another address.';
    const next = 'Set AUTH_URL to the address that people type, and start the app again.';
    found.push(cookies('cookie_name', 'fail', says, next));
  }
  const missing = [...new Set(lines.flatMap((line) => missingFlags(line, secure)))];
  if (missing.length > 0) {
    const says = `The cookies lack ${missing.join(', ')}.`;
    found.push(cookies('cookie_flags', 'fail', says, letThrough));
  }
  if (lines.some((line) => attributesOf(line).some((one) => one.startsWith('domain=')))) {
    const says = 'The cookies have a Domain that the app does not give them.';
    found.push(cookies('cookie_domain', 'fail', says, letThrough));
  }
  if (found.length > 0) return found;
  return [cookies('cookies_right', 'ok', 'The cookies have every flag.')];
}

function requestFindings(request: URL, origin: string): Finding[] {
  const standIn = isLoopback(request);
  if (standIn && !isLoopback(new URL(origin))) {
    const says = 'People are sent to the local stand-in, which lets anybody in.';
    return [about('stand_in_deployed', 'fail', says, 'Unset ENTRA_LOCAL_URL there.')];
  }
  const cloud = cloudOfOrigin(request.origin);
  if (!standIn && (!cloud || cloud === clouds.standIn)) {
    const says =
      'Could not tell whether people are sent to Microsoft: it is an address that is not known here.';
    return [
      about('authority_unknown', 'fail', says, 'Look at AZURE_AUTHORITY_HOST, and at the proxy.'),
    ];
  }
  const redirectUri = request.searchParams.get('redirect_uri');
  if (redirectUri !== origin + callbackPath) return [originDiffers()];
  return [about('sign_in_starts', 'ok', 'People are sent to Microsoft, and back to this address.')];
}

/** Presses the button "Sign in with Microsoft", and goes no further. */
export async function signInFindings(visit: Visit, origin: string): Promise<Finding[]> {
  const reply = await visit('/auth/start', {
    method: 'POST',
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      origin,
      'sec-fetch-site': 'same-origin',
    },
    body: 'returnTo=%2F',
  });
  const target = redirectOf(reply, origin);
  if (reply.status === 429) {
    const says = 'Could not tell whether a sign-in starts: there were too many from this network.';
    const next =
      'Wait a minute. Behind a proxy set TRUSTED_PROXY_HOPS, or all people share one limit.';
    return [about('rate_limited', 'warn', says, next)];
  }
  if (target?.pathname === '/auth/error') {
    const says = 'No sign-in can start: the app does not reach Microsoft, or has a fault.';
    const next = 'Find provider.unavailable or sign_in.failed in the log.';
    return [about('sign_in_fails', 'fail', says, next)];
  }
  if (target?.pathname === '/auth/sign-in' && target.origin !== origin) return [originDiffers()];
  if (!target || target.pathname === '/auth/sign-in' || !target.searchParams.has('client_id')) {
    const says = `Could not tell whether a sign-in starts: the answer is ${reply.status}.`;
    const next = 'See that the proxy lets POST requests pass, with their Origin header.';
    return [about('start_unknown', 'fail', says, next)];
  }
  return [...requestFindings(target, origin), ...cookieFindings(reply, origin)];
}
