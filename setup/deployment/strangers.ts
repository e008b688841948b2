import { access } from '../../lib/access';
import { needsSession, policyOf } from '../../lib/route-policy';
import { findingsAbout } from '../doctor/found';
import type { Finding } from '../finding';
import { type Reply, redirectOf, type Visit } from './visit';

const about = findingsAbout('Strangers');
const mendGate = 'Call requireIdentity() in it, list it in lib/access.ts, and deploy again.';

/** The first closed route of each kind: what a fork has in the place of the starter's. */
const closed = Object.keys(access).filter(
  (path) => needsSession(policyOf(path)) && !path.endsWith('*'),
);
export const page = closed.find((path) => !path.startsWith('/api/'));
export const api = closed.find((path) => path.startsWith('/api/'));

/** The app's own address is not the one that was asked: cookies, redirects and the redirect URI are
 * made for another host. */
export const originDiffers = (): Finding =>
  findingsAbout('Address')(
    'origin_differs',
    'fail',
    'The app believes to be at another address than this one.',
    'Set AUTH_URL to the address that people type, without a path, and start the app again.',
  );

const unknown = (path: string, status: number): Finding =>
  about(
    'answer_unknown',
    'warn',
    `Could not tell whether ${path} is closed: it answers ${status}.`,
    mendGate,
  );

const isSignIn = (url: URL | undefined) => url?.pathname === '/auth/sign-in';

function keptFindings({ headers }: Reply, path: string): Finding[] {
  if (/\bno-store\b/.test(headers.get('cache-control') ?? '')) return [];
  const says = `Answers of ${path} may be kept by caches: one person’s page could reach another.`;
  const next = 'Let Cache-Control: private, no-store pass through the proxy unchanged.';
  return [findingsAbout('Caches')('cacheable', 'fail', says, next)];
}

async function pageFindings(visit: Visit, origin: string): Promise<Finding[]> {
  if (!page) return [];
  const reply = await visit(page, { headers: { accept: 'text/html' } });
  const target = redirectOf(reply, origin);
  if (reply.status === 200) {
    return [
      about('page_open', 'fail', `${page} is shown to people who are not signed in.`, mendGate),
    ];
  }
  if (!isSignIn(target)) return [unknown(page, reply.status)];
  const kept = keptFindings(reply, page);
  if (target?.origin !== origin) return [originDiffers(), ...kept];
  return [about('page_closed', 'ok', `${page} sends them to sign in.`), ...kept];
}

async function apiFindings(visit: Visit): Promise<Finding[]> {
  if (!api) return [];
  const reply = await visit(api, { headers: { accept: 'application/json' } });
  const { status } = reply;
  if (status === 200) {
    return [about('api_open', 'fail', `${api} answers people who are not signed in.`, mendGate)];
  }
  if (status >= 300 && status < 400) {
    const says = `${api} sends scripts to another page in place of 401: they would read that as data.`;
    return [
      about('api_redirects', 'warn', says, 'See that no proxy signs people in before the app.'),
    ];
  }
  if (status !== 401) return [unknown(api, status)];
  return [about('api_closed', 'ok', `${api} answers them 401.`), ...keptFindings(reply, api)];
}

/** An action's id is 42 hexadecimal digits. Nobody has this one: past the gate, Next itself would
 * answer 404. */
const actionId = '00'.padEnd(42, 'd');

async function actionFindings(visit: Visit, origin: string): Promise<Finding[]> {
  if (!page) return [];
  const reply = await visit(page, {
    method: 'POST',
    headers: {
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': actionId,
      origin,
      'sec-fetch-site': 'same-origin',
    },
    body: '[]',
  });
  const { status } = reply;
  if (status === 401 || isSignIn(redirectOf(reply, origin))) {
    return [about('action_closed', 'ok', `Server Actions of ${page} are refused to them.`)];
  }
  if (status !== 200 && status !== 404 && status !== 500) return [unknown(page, status)];
  const says = `Server Actions of ${page} are reached by people who are not signed in.`;
  const next = 'See that the gate runs there, and call requireIdentity() in every action.';
  return [about('action_open', 'fail', says, next)];
}

/** The page that writes settings is for development alone: in a build there is nothing. */
async function setupFindings(visit: Visit, origin: string): Promise<Finding[]> {
  const reply = await visit('/setup', { headers: { accept: 'text/html' } });
  if (reply.status === 404 || isSignIn(redirectOf(reply, origin))) {
    return [about('setup_absent', 'ok', 'The set-up page is not there.')];
  }
  if (reply.status !== 200) return [unknown('/setup', reply.status)];
  const says = 'The set-up page is there: it is a development server.';
  const next = 'Deploy what npm run build makes, and run it with npm start.';
  return [about('setup_open', 'fail', says, next)];
}

/** What somebody finds who is not signed in, one check per kind of door. */
export const strangerChecks: readonly ((visit: Visit, origin: string) => Promise<Finding[]>)[] = [
  pageFindings,
  apiFindings,
  actionFindings,
  setupFindings,
];
