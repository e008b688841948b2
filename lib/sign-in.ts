import 'server-only';

import { explainOAuthError } from './aadsts';
import { record } from './audit';
import { createAuthorizationRequest, redeemAuthorizationResponse } from './auth-js';
import { confirmationParameters, verifyConfirmation } from './confirmation';
import { cookieNames, readCookies, setCookie } from './cookies';
import { withDeadline } from './deadline';
import { traceSignIn } from './flight';
import {
  type Confirms,
  type Flow,
  flowCookieSeconds,
  flowIdFromState,
  flowLifetimeSeconds,
  flowsToDrop,
  isSessionLost,
  openFlow,
  openFlows,
  sealFlow,
} from './flow';
import { requirementOfPath } from './judge-admission';
import { getProduct, judgeSession, type Product } from './product';
import { limit } from './rate-limit';
import { refuse } from './refuse';
import { parseReturnTo, signInPath } from './return-to';
import { isFromThisSite, readForm, seeOther } from './same-site';
import type { Session } from './session-token';
import { SignInError } from './sign-in-error';
import { homeOf } from './site';
import { createTurns } from './turns';

/** The longest that a visitor waits for Microsoft, over all requests of one step. */
const stepDeadlineSeconds = 9;
/** So many steps are worked on at a time: far less work than fits into a deadline. */
const inTurn = createTurns(64);
/** Microsoft's codes and our states are far shorter. */
const maxParameterLength = 4096;

/** Microsoft's number for an authorization code that was redeemed before. */
const codeUsed = 54005;

/** What a visitor may choose about the request to Microsoft; nothing else gets through.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
const choosable: Record<string, RegExp> = {
  prompt: /^(select_account|login|consent)$/,
  login_hint: /^[^\s\p{Cc}]{1,320}$/u,
  domain_hint: /^[a-z0-9.-]{1,253}$/i,
};

/** `POST /auth/start`: sends the visitor to Microsoft. Only a click can start a sign-in, so that
 * prefetching and link scanners never do (RFC 9700 §4.7). */
export async function startSignIn(request: Request): Promise<Response> {
  const product = getProduct();
  const { config, sealers, nowSeconds } = product;
  const form = await readForm(request);
  const returnTo = parseReturnTo(form.get('returnTo'));
  const tooMany = await limit('start', request, returnTo);
  if (tooMany) return tooMany;
  if (!isFromThisSite(request, config)) return seeOther(config.origin + signInPath(returnTo));

  const parameters = new URLSearchParams();
  for (const [name, pattern] of Object.entries(choosable)) {
    const value = form.get(name);
    if (value && pattern.test(value)) parameters.set(name, value);
  }
  const cookies = readCookies(request);
  const prefix = cookieNames(config).flow('');
  const open = await openFlows(
    sealers.flow,
    [...cookies].filter(([name]) => name.startsWith(prefix)),
  );
  const trace = traceSignIn();
  try {
    const session = await sessionOf(product, cookies);
    if (isSessionLost(open, nowSeconds()) && !session) {
      throw new SignInError('session_not_kept', { stage: 'start', reason: 'session_not_kept' });
    }
    const confirms = confirmsOf(form.get('confirm'));
    if (session && confirms) {
      const { tenantId, signOutHint } = session.identity;
      const asked = confirmationParameters(requirementOfPath(returnTo), tenantId, confirms);
      for (const [name, value] of Object.entries(asked)) parameters.set(name, value);
      if (signOutHint) parameters.set('login_hint', signOutHint);
    }
    const { url, checks } = await inTurn(() =>
      withDeadline(createAuthorizationRequest(product, parameters, trace), stepDeadlineSeconds),
    );
    const name = cookieNames(config).flow(await flowIdFromState(checks.state));
    trace?.({ step: 'request', flow: name, url });
    const flow: Flow = { checks, returnTo, startedAtSeconds: nowSeconds() };
    if (session) flow.confirms = confirms;
    const token = await sealFlow(sealers.flow, flow);
    const dropped = flowsToDrop(open, name.length + token.length);
    return seeOther(url.href, [
      ...dropped.map((other) => setCookie(config, other, '', 0)),
      setCookie(config, name, token, flowCookieSeconds),
      setCookie(config, cookieNames(config).notice, '', 0),
    ]);
  } catch (error) {
    return refuse(product, error, returnTo, [], trace);
  }
}

/** The session that a request brings along, if it holds. */
async function sessionOf({ config }: Product, cookies: Map<string, string>) {
  return (await judgeSession(cookies.get(cookieNames(config).session))).session;
}

/** `GET /authorization-code/callback`: the visitor is back from Microsoft. */
export async function completeSignIn(request: Request): Promise<Response> {
  const product = getProduct();
  const { config, sealers, nowSeconds } = product;
  const parameters = new URL(request.url).searchParams;
  const cookies = readCookies(request);
  const names = cookieNames(config);

  const state = single(parameters, 'state');
  const flowName = names.flow(await flowIdFromState(state ?? ''));
  const flow = state ? await openFlow(sealers.flow, cookies.get(flowName) ?? '') : undefined;
  const tooMany = await limit('callback', request, flow?.returnTo ?? '/');
  if (tooMany) return tooMany;
  const trace = traceSignIn(state && flowName);
  if (!flow) {
    const session = await sessionOf(product, cookies);
    if (session) return seeOther(config.origin + homeOf(session.identity.tenantId));
    const some = [...cookies.keys()].some((name) => name.startsWith(names.flow('')));
    const reason = state && !some ? 'check_cookie_missing' : 'state';
    trace?.({ step: 'answer', parameters });
    const error = new SignInError('flow_missing', { stage: 'callback', reason });
    return refuse(product, error, '/', [], trace);
  }
  // Back, reload or a second click: the code is spent, so a signed-in visitor just goes on.
  const earlier = flow.checks ? undefined : await sessionOf(product, cookies);
  if (earlier) return seeOther(config.origin + landing(flow, earlier));

  // From here on the flow is spent, however it ends; only its return path is kept.
  const { checks, ...spent } = flow;
  const spentCookie = async (completed: boolean) => {
    const token = await sealFlow(sealers.flow, { ...spent, completed });
    return setCookie(config, flowName, token, flowLifetimeSeconds);
  };
  trace?.({ step: 'answer', parameters });
  try {
    if (!checks) throw new SignInError('code_rejected', { stage: 'callback', reason: 'flow_used' });
    if (nowSeconds() - flow.startedAtSeconds > flowLifetimeSeconds) {
      throw new SignInError('flow_expired', { stage: 'callback', reason: 'flow_expired' });
    }
    const answer = readAnswer(parameters);
    const { session, cookie } = await inTurn(() =>
      withDeadline(
        redeemAuthorizationResponse(product, answer, checks, trace),
        stepDeadlineSeconds,
      ),
    );
    const { confirms, startedAtSeconds } = flow;
    if (confirms) {
      const required = requirementOfPath(flow.returnTo);
      verifyConfirmation(session, required, { confirms, startedAtSeconds });
    }
    trace?.({ step: 'session', session, cookie });
    record({
      event: 'sign_in',
      tenantId: session.identity.tenantId,
      sessionId: session.sessionId,
      ...(session.identity.isGuest && { guest: true }),
    });
    product.credentials.record('accepted');
    const { microsoftSessionId: sid, expiresAtSeconds } = session;
    if (sid) await product.revocations.rememberSid(sid, expiresAtSeconds);
    return seeOther(config.origin + landing(flow, session), [
      setCookie(config, names.session, cookie, config.sessionLifetimeSeconds),
      await spentCookie(true),
      setCookie(config, names.notice, '', 0),
    ]);
  } catch (error) {
    const { code, detail } = error instanceof SignInError ? error : {};
    // The code was used, and the session that came of it is here: the cookies of this flow are older.
    const session = detail?.aadsts === codeUsed ? await sessionOf(product, cookies) : undefined;
    if (session && session.signedInAtSeconds >= flow.startedAtSeconds) {
      return seeOther(config.origin + landing(flow, session), [await spentCookie(true)]);
    }
    // Only Microsoft's own answer counts: what the callback brings along, any visitor can make up.
    if (code === 'app_credentials' && detail?.stage === 'token') {
      product.credentials.record('rejected');
    }
    return refuse(product, error, flow.returnTo, [await spentCookie(false)], trace);
  }
}

/** What the button of `/auth/confirm` asks for. */
const confirmsOf = (value: unknown): Confirms | undefined =>
  value === 'policy' || value === 'recent' ? value : undefined;

/** Where a sign-in ends: where the person wanted to go, or at the home of their organisation. */
const landing = ({ returnTo }: Flow, { identity }: Session) =>
  returnTo === '/' ? homeOf(identity.tenantId) : returnTo;

/** A parameter that is there exactly once: repeated ones are read differently by every reader. */
function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  const [value] = values;
  const printable = value && value.length <= maxParameterLength && /^[\x20-\x7e]+$/.test(value);
  return values.length === 1 && printable ? value : undefined;
}

/** The authorization response (RFC 6749 §4.1.2), reduced to what Auth.js needs.
 * @throws SignInError for an error answer and for one without exactly one code */
function readAnswer(parameters: URLSearchParams): URLSearchParams {
  if (parameters.has('error')) {
    const { code, detail } = explainOAuthError(
      parameters.get('error') ?? undefined,
      parameters.get('error_description') ?? undefined,
    );
    throw new SignInError(code, { ...detail, stage: 'callback' });
  }
  const code = single(parameters, 'code');
  const state = single(parameters, 'state');
  if (code && state) return new URLSearchParams({ code, state });
  throw new SignInError('flow_invalid', { stage: 'callback', reason: 'code' });
}
