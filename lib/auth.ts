import 'server-only';

import { cookies, headers } from 'next/headers';
import { forbidden, redirect, unauthorized } from 'next/navigation';
import { cache } from 'react';
import { isRecent } from './admission';
import { record } from './audit';
import { cookieNames, readCookies, setCookieOptions } from './cookies';
import type { Reading } from './gate';
import type { Identity } from './identity';
import {
  type Judgement,
  judgeAdmission,
  requirementOfPath,
  settledHolding,
} from './judge-admission';
import { keepForm, keptFormSeconds, openKeptForm } from './kept-form';
import { type Notice, openNotice } from './notice';
import { getProduct, judgeSession } from './product';
import { confirmPath, sessionPath, signInPath } from './return-to';
import type { Role } from './roles';
import type { Session } from './session-token';

/** Judged once per request, however many components ask. */
const currentReading = cache(async (): Promise<Reading> => {
  const name = cookieNames(getProduct().config).session;
  return judgeSession((await cookies()).get(name)?.value);
});

/** Judged from the request itself, where there is one: Next's `cookies()` has more to do. */
const readingOf = (request: Request): Promise<Reading> =>
  judgeSession(readCookies(request).get(cookieNames(getProduct().config).session));

/** The session of the request that is being answered. */
export async function currentSession(): Promise<Session | undefined> {
  return (await currentReading()).session;
}

/** Why the last sign-in was refused, for the page that explains it. */
export async function currentNotice(): Promise<Notice | undefined> {
  const { config, sealers } = getProduct();
  const cookie = (await cookies()).get(cookieNames(config).notice)?.value;
  return openNotice(sealers.notice, cookie, getProduct().nowSeconds());
}

// The lock. Every page, Server Action and route handler that reads data asks here; the middleware
// is for comfort, and without it nothing is lost.

/** Judged once per request, however many components ask. */
const admissionTo = cache(
  async (session: Session, pathname: string): Promise<Judgement | undefined> =>
    judgeAdmission(session, requirementOfPath(pathname)),
);

/** Whether React's client called a Server Action: it follows a redirect to a page, and to nothing
 * else. (Of its other requests Next hides the headers, and those follow every redirect.) */
const isAction = async () => (await headers()).has('next-action');

/** Tells the log, and ends the request where it stands. */
async function forbid(place: string | Request, reason: string): Promise<never> {
  const path = typeof place === 'string' ? place.split('?')[0] : new URL(place.url).pathname;
  const method = typeof place === 'string' ? ((await isAction()) ? 'POST' : 'GET') : place.method;
  record({ event: 'gate.deny', method, path: (path ?? '').slice(0, 200), reason });
  forbidden();
}

/** Who is signed in and may open the route, by the route policy.
 * @param place in a page or action its own path: whoever is not signed in goes to sign in and comes
 * back there, and who may not open it reads why. In a route handler the request: 401 or 403. */
export async function requireIdentity(place: string | Request): Promise<Identity> {
  const { session, reason } = await (typeof place === 'string'
    ? currentReading()
    : readingOf(place));
  const path = typeof place === 'string' ? place : new URL(place.url).pathname;
  const refusal = session && (await admissionTo(session, path));
  if (session && !refusal) return session.identity;
  if (typeof place !== 'string') {
    if (!session || refusal?.kind === 'confirm') unauthorized();
    return forbid(place, refusal?.reason ?? '');
  }
  if (refusal?.kind === 'confirm') redirect(confirmPath(place));
  const action = await isAction();
  // No redirect: the sign-in page would send them back, and they would go in circles.
  if (refusal && action) return forbid(place, refusal.reason);
  redirect(reason !== 'no_session' && !action ? sessionPath(place) : signInPath(place));
}

/** `requireIdentity()`, and the person must hold a role that the route policy does not ask of
 * everybody there. @param place as in `requireIdentity()` */
export async function requireRole(role: Role, place: string | Request): Promise<Identity> {
  const identity = await requireIdentity(place);
  if (await hasRole(role)) return identity;
  return forbid(place, 'role_missing');
}

/** Whether whoever is signed in holds a role: to show or hide, never in the place of a lock. */
export async function hasRole(role: Role): Promise<boolean> {
  const session = await currentSession();
  return session !== undefined && (await settledHolding(session)).roles.has(role);
}

/** Whether whoever is signed in could open a path now: to show or hide a link to it. */
export async function mayOpen(path: string): Promise<boolean> {
  const session = await currentSession();
  return session !== undefined && (await admissionTo(session, path)) === undefined;
}

/** `requireIdentity()` for an action that asks for a sign-in more recent than its page does. Whoever
 * signed in earlier confirms at Microsoft and comes back to `place`, where `keptForm()` has what
 * they had sent: the action itself is never repeated for them.
 * @param form what they sent */
export async function requireRecentSignIn(
  place: string,
  maxAgeSeconds: number,
  form?: FormData,
): Promise<Identity> {
  const identity = await requireIdentity(place);
  const session = await currentSession();
  const { config, sealers, nowSeconds } = getProduct();
  const { form: name } = cookieNames(config);
  const jar = await cookies();
  if (session && isRecent(session, maxAgeSeconds, nowSeconds())) {
    // Sent at last: offered once more, it would be sent twice.
    if (form && (await keptForm(place)).size > 0) jar.set(name, '', setCookieOptions(config, 0));
    return identity;
  }
  const kept = form && (await keepForm(sealers.form, identity, place, form, nowSeconds()));
  if (kept?.token) jar.set(name, kept.token, setCookieOptions(config, keptFormSeconds));
  redirect(`${confirmPath(place)}&recent=yes${kept?.isLost ? '&form=lost' : ''}`);
}

/** What the person sent from this place before they had to confirm that it is they. */
export async function keptForm(place: string): Promise<ReadonlyMap<string, string>> {
  const session = await currentSession();
  const { config, sealers, nowSeconds } = getProduct();
  const token = (await cookies()).get(cookieNames(config).form)?.value;
  if (!session || !token) return new Map();
  return openKeptForm(sealers.form, session.identity, place, token, nowSeconds());
}
