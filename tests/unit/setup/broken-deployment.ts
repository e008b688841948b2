import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cookieNames, setCookie } from '../../../lib/cookies';
import { createContentSecurityPolicy, createNonce } from '../../../lib/csp';
import { securityHeaders } from '../../../lib/security-headers.mjs';
import { callbackPath } from '../../../lib/transport';
import type { Fetch } from '../../../lib/upstream';
import { api, page as closedPage } from '../../../setup/deployment/strangers';

/** The address under which the deployment is asked. */
export const origin = 'https://portal.contoso.example';

export type Answer = {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string;
};
/** By method and path, `GET /readyz`. What http answers begins with `http `. */
export type Answers = Record<string, Answer>;

const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});
const noStore = { 'cache-control': 'private, no-store' };
const seeOther = (location: string, headers: Answer['headers'] = {}): Answer => ({
  status: 303,
  headers: { ...noStore, location, ...headers },
});

/** A page with the headers of the app, changed by `headers`; an empty one is left out. */
export function page(
  headers: Record<string, string> = {},
  policy = (text: string) => text,
): Answer {
  const authority = {
    origin: 'https://login.microsoftonline.com',
    locationOrigin: 'https://login.microsoftonline.com',
    segment: 'common',
  };
  const csp = createContentSecurityPolicy({ origin, authority }, false)(createNonce());
  const all = {
    'Content-Type': 'text/html',
    ...securityHeaders,
    'Content-Security-Policy': policy(csp),
    ...headers,
  };
  const kept = Object.entries(all).filter(([, value]) => value !== '');
  return { status: 200, headers: Object.fromEntries(kept), body: '<!doctype html><p>Hello' };
}

/** The answer to a press of the button, with the app at `appOrigin`. */
export function start(
  { appOrigin = origin, at = 'https://login.microsoftonline.com' } = {},
  cookie = (line: string) => [line],
): Answer {
  const url = new URL('/common/oauth2/v2.0/authorize', at);
  url.searchParams.set('client_id', '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57');
  url.searchParams.set('redirect_uri', appOrigin + callbackPath);
  const names = cookieNames({ origin: appOrigin });
  const flow = setCookie({ origin: appOrigin }, names.flow('abc'), 'sealed', 600);
  return seeOther(url.href, { 'set-cookie': cookie(flow) });
}

/** Somebody else's page. */
export const html = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Other',
});
/** What the app says of itself. */
export const ready = (body: object, status = 200): Answers => ({
  'GET /readyz': { status, headers: {}, body: JSON.stringify(body) },
});
export const signIn = (appOrigin = origin): Answer =>
  seeOther(`${appOrigin}/auth/sign-in?returnTo=%2Faccount`);

/** The starter's name for what a fork has in its place. */
const shipped = (path = '') =>
  ({ [String(closedPage)]: '/account', [String(api)]: '/api/me' })[path] ?? path;

/** What a deployment answers that is as it should be. */
const healthy = (): Answers => ({
  'GET /healthz': json(200, { status: 'ok' }),
  'GET /readyz': json(200, { status: 'ready', credentials: 'untried' }),
  'GET /': page(),
  'POST /auth/start': start(),
  'GET /account': signIn(),
  'POST /account': json(401, { error: 'unauthenticated' }, noStore),
  'GET /api/me': json(401, { error: 'unauthenticated' }, noStore),
  'GET /setup': signIn(),
  'http GET /': { status: 308, headers: { location: `${origin}/` } },
});

export type Deployment = {
  /** Reaches the server under the deployment's address, by http and https. */
  fetch: Fetch;
  url: string;
  /** The requests so far: method, path and headers. */
  seen: { line: string; headers: Record<string, unknown> }[];
  /** From now on it answers as it should, but for these. */
  answer: (changes?: () => Answers) => void;
  close: () => Promise<void>;
};

/** A small server that plays a deployment of this app, and every way to get one wrong. */
export async function startDeployment(): Promise<Deployment> {
  let changed = (): Answers => ({});
  const seen: Deployment['seen'] = [];
  const server = createServer((request, response) => {
    const scheme = request.headers['x-scheme'] === 'http:' ? 'http ' : '';
    const line = `${scheme}${request.method} ${shipped(request.url)}`;
    seen.push({ line, headers: request.headers });
    const answers = { ...healthy(), ...changed() };
    const { status, headers = {}, body = '' } = answers[line] ?? answers['*'] ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    seen,
    fetch: (address, init) => {
      const { protocol, host, pathname, search } = new URL(address);
      const headers = new Headers(init.headers);
      if (host === new URL(origin).host) headers.set('x-scheme', protocol);
      return fetch(url + pathname + search, { ...init, headers });
    },
    answer: (changes = () => ({})) => {
      changed = changes;
      seen.length = 0;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
