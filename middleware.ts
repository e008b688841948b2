import { type NextRequest, NextResponse } from 'next/server';
import { record } from './lib/audit';
import { notSetUpInEnglish } from './lib/broken-words';
import { type Config, parseConfig } from './lib/config';
import { ConfigError } from './lib/config-problem';
import { cookieNames, setCookie } from './lib/cookies';
import { createContentSecurityPolicy, createNonce } from './lib/csp';
import { dropSession, partFromSession } from './lib/ended-session';
import { decide, readSession, type Verdict } from './lib/gate';
import { holdBack } from './lib/held-back';
import { openKeptForm } from './lib/kept-form';
import { openNotice } from './lib/notice';
import { cleanQuery, isPublicPage } from './lib/page-query';
import { rememberOpened } from './lib/remembered-cookies';
import { isFromThisSite } from './lib/same-site';
import { createSealer, type Sealer } from './lib/sealer';
import { framedPath } from './lib/security-headers.mjs';
import { renewSession, type Session, sealSession } from './lib/session-token';
import { signInErrors } from './lib/sign-in-error-table';

/** Every route but build output and health probes. No runtime is named: the edge is the default of
 * this file, and the gate is the same pure code that pages call themselves. */
export const config = { matcher: '/((?!_next/static/|healthz$|readyz$).*)' };

type Gate = {
  config: Config;
  names: ReturnType<typeof cookieNames>;
  policyOf: (nonce: string) => string;
  session: Sealer;
  notice: Sealer;
  form: Sealer;
};
let gate: Gate | undefined;

/** Made at the first request: configuration is read and keys are derived once, not per request. */
function getGate(): Gate {
  if (gate) return gate;
  const parsed = parseConfig(process.env);
  const { secrets } = parsed;
  gate = {
    config: parsed,
    names: cookieNames(parsed),
    policyOf: createContentSecurityPolicy(parsed, process.env.NODE_ENV === 'development'),
    session: rememberOpened(createSealer(secrets, 'session', parsed), 1_000),
    notice: createSealer(secrets, 'notice', parsed),
    form: createSealer(secrets, 'form', parsed),
  };
  return gate;
}

const noStore = { 'cache-control': 'private, no-store' };

/** The first check of every request, for comfort: people are sent to sign in and come back. The
 * lock is `requireIdentity()`, which holds without this file. */
export async function middleware(request: NextRequest): Promise<Response> {
  let ready: Gate;
  try {
    ready = getGate();
  } catch (error) {
    // Without a configuration nobody can be told apart, so nobody gets in. instrumentation.ts
    // has told the operator why; where it cannot stop the server, this keeps it closed.
    if (!(error instanceof ConfigError)) throw error;
    if (process.env.NODE_ENV === 'development') {
      const says = `${error.message}\n\nnpm run setup asks for the values, tests them and saves them.`;
      return new NextResponse(says, { status: 503, headers: noStore });
    }
    return new NextResponse(notSetUpInEnglish, { status: 503, headers: noStore });
  }
  const { names } = ready;
  const cookie = (name: string) => request.cookies.get(name)?.value;
  const nowSeconds = Math.floor(Date.now() / 1000);
  const { method, headers } = request;
  const url = new URL(request.url);

  const verdict = await decide(
    { method, headers, url },
    () =>
      readSession(
        ready.config,
        ready.session,
        cookie(names.session),
        nowSeconds,
        () => false, // the edge does not know; requireIdentity() asks
      ),
    ready.config,
    nowSeconds,
  );
  if (verdict.kind === 'sign-in' || verdict.kind === 'unauthenticated') {
    return turnAway(request, verdict, ready, nowSeconds);
  }

  if (verdict.kind === 'absent') return new NextResponse(null, { status: 404, headers: noStore });

  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(method);
  if (verdict.kind !== 'public' && !isRead && !isFromThisSite(request, ready.config)) {
    // Another site's page acts in the name of who is signed in (CSRF). SameSite=Lax leaves the
    // neighbours of our host name, and Next checks Server Actions alone, answering 500.
    record({ event: 'gate.deny', method, path: url.pathname.slice(0, 200), reason: 'other_site' });
    return NextResponse.json({ error: 'forbidden' }, { status: 403, headers: noStore });
  }
  if (verdict.kind === 'forbidden' || verdict.kind === 'confirm') {
    return holdBack(request, verdict, ready, nowSeconds);
  }
  if (isPublicPage(url.pathname) && !['GET', 'HEAD'].includes(method)) {
    // Their forms post elsewhere. Next would try to read the body as a Server Action.
    return new NextResponse(null, { status: 405, headers: { ...noStore, allow: 'GET, HEAD' } });
  }
  // React's own requests carry a parameter of React's.
  const query = headers.has('rsc') ? undefined : cleanQuery(url);
  if (query !== undefined) {
    const location = ready.config.origin + url.pathname + query;
    return new NextResponse(null, { status: 303, headers: { ...noStore, location } });
  }

  if (url.pathname === framedPath) return NextResponse.next(); // its policy is its own

  const response = await pass(url, request, ready, nowSeconds);
  if (verdict.kind === 'allow') {
    response.headers.set('cache-control', noStore['cache-control']);
    if (verdict.due) response.headers.append('set-cookie', await renew(ready, verdict.due));
    const kept = isRead ? undefined : cookie(names.form);
    if (kept && verdict.confirmed) {
      const { identity } = verdict.confirmed;
      const form = await openKeptForm(ready.form, identity, url.pathname, kept, nowSeconds);
      // Sent at last: offered once more, it would be sent twice.
      if (form.size > 0) {
        response.headers.append('set-cookie', setCookie(ready.config, names.form, '', 0));
      }
    }
  }
  return response;
}

/** The session's cookie anew, with an idle time that starts again and the same absolute end. */
async function renew({ config, names, session: sealer }: Gate, session: Session): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const sealed = await sealSession(sealer, renewSession(session, nowSeconds));
  return setCookie(config, names.session, sealed, session.expiresAtSeconds - nowSeconds);
}

/** Answers a request that may not pass. */
async function turnAway(
  request: NextRequest,
  verdict: Extract<Verdict, { returnTo: string }>,
  { config, notice }: Gate,
  nowSeconds: number,
): Promise<Response> {
  const { kind, reason } = verdict;
  const { method, nextUrl } = request;
  record({ event: 'gate.deny', method, path: nextUrl.pathname.slice(0, 200), reason });
  const { location, cookies, incidentId } =
    kind === 'sign-in'
      ? await partFromSession(config, notice, verdict, nowSeconds)
      : { cookies: reason === 'no_session' ? [] : [dropSession(config)] };
  const response = location
    ? new NextResponse(null, { status: 303, headers: { ...noStore, location } })
    : NextResponse.json({ error: 'unauthenticated' }, { status: 401, headers: noStore });
  if (request.headers.has('next-action')) {
    // Next's client follows this header; without it an expired session blanks the page.
    response.headers.set('x-action-redirect', `${verdict.location};replace`);
  }
  if (reason !== 'no_session') {
    record({ event: 'session.invalid', reason, ...(incidentId && { incidentId }) });
  }
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

/** Lets a request through. The pages that explain a refusal carry its HTTP status, which a page
 * itself cannot set. */
async function pass(
  { pathname }: URL,
  request: NextRequest,
  { policyOf, names, notice: sealer }: Gate,
  nowSeconds: number,
): Promise<NextResponse> {
  // Code asks there, and runs nothing of the answer: the policy of every response is enough.
  if (pathname.startsWith('/api/')) return NextResponse.next();
  const csp = policyOf(createNonce());
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', csp); // Next takes the nonce from here
  let status = 200;
  if (pathname === '/auth/error' || pathname === '/auth/denied') {
    const notice = await openNotice(sealer, request.cookies.get(names.notice)?.value, nowSeconds);
    const code = notice?.code ?? (pathname === '/auth/denied' ? 'tenant_not_allowed' : 'unknown');
    status = signInErrors[code].status;
  }
  const response = NextResponse.next({ request: { headers }, status });
  response.headers.set('content-security-policy', csp);
  if (status !== 200) response.headers.set('cache-control', noStore['cache-control']);
  if (status === 503) response.headers.set('retry-after', '60');
  return response;
}
