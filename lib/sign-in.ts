import 'server-only';

import { explainOAuthError } from './aadsts';
import { record } from './audit';
import {
  createAuthorizationRequest,
  getProduct,
  type Product,
  redeemAuthorizationResponse,
} from './auth';
import { cookieNames, readCookies, setCookie } from './cookies';
import { withDeadline } from './deadline';
import {
  type Flow,
  flowCookieSeconds,
  flowIdFromState,
  flowLifetimeSeconds,
  flowsToDrop,
  openFlow,
  sealFlow,
} from './flow';
import { readSession } from './gate';
import { noticeLifetimeSeconds, sealNotice } from './notice';
import { parseReturnTo, signInPath } from './return-to';
import { isFromThisSite, readForm, seeOther } from './same-site';
import { sessionLifetimeSeconds } from './session-token';
import { SignInError } from './sign-in-error';
import { site } from './site';

/** The longest that a visitor waits for Microsoft, over all requests of one step. */
const stepDeadlineSeconds = 9;
/** Microsoft's codes and our states are far shorter. */
const maxParameterLength = 4096;

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
  const returnTo = parseReturnTo(form.get('returnTo') ?? site.homePath);
  if (!isFromThisSite(request, config)) return seeOther(config.origin + signInPath(returnTo));

  const parameters = new URLSearchParams();
  for (const [name, pattern] of Object.entries(choosable)) {
    const value = form.get(name);
    if (value && pattern.test(value)) parameters.set(name, value);
  }
  try {
    const { url, checks } = await withDeadline(
      createAuthorizationRequest(product, parameters),
      stepDeadlineSeconds,
    );
    const name = cookieNames(config).flow(await flowIdFromState(checks.state));
    const flow: Flow = { checks, returnTo, startedAtSeconds: nowSeconds() };
    const open = [...readCookies(request)].filter(([other]) =>
      other.startsWith(cookieNames(config).flow('')),
    );
    const token = await sealFlow(sealers.flow, flow);
    const dropped = await flowsToDrop(sealers.flow, open, name.length + token.length);
    return seeOther(url.href, [
      ...dropped.map((other) => setCookie(config, other, '', 0)),
      setCookie(config, name, token, flowCookieSeconds),
      setCookie(config, cookieNames(config).notice, '', 0),
    ]);
  } catch (error) {
    return refuse(product, error, returnTo, []);
  }
}

/** `GET /authorization-code/callback`: the visitor is back from Microsoft. */
export async function completeSignIn(request: Request): Promise<Response> {
  const product = getProduct();
  const { config, sealers, nowSeconds } = product;
  const parameters = new URL(request.url).searchParams;
  const cookies = readCookies(request);
  const names = cookieNames(config);
  const signedIn = async () => {
    const cookie = cookies.get(names.session);
    return (await readSession(config, sealers.session, cookie, nowSeconds())).session;
  };

  const state = single(parameters, 'state');
  const flowName = names.flow(await flowIdFromState(state ?? ''));
  const flow = state ? await openFlow(sealers.flow, cookies.get(flowName) ?? '') : undefined;
  if (!flow) {
    if (await signedIn()) return seeOther(config.origin + site.homePath);
    return refuse(product, new SignInError('flow_missing', { reason: 'state' }), '/', []);
  }
  // Back, reload or a second click: the code is spent, so a signed-in visitor just goes on.
  if (!flow.checks && (await signedIn())) return seeOther(config.origin + flow.returnTo);

  // From here on the flow is spent, however it ends; only its return path is kept.
  const { checks, ...spent } = flow;
  const spentCookie = setCookie(
    config,
    flowName,
    await sealFlow(sealers.flow, spent),
    flowLifetimeSeconds,
  );
  try {
    if (!checks) throw new SignInError('code_rejected', { stage: 'callback', reason: 'flow_used' });
    if (nowSeconds() - flow.startedAtSeconds > flowLifetimeSeconds) {
      throw new SignInError('flow_expired', { stage: 'callback', reason: 'flow_expired' });
    }
    const answer = readAnswer(parameters);
    const { session, cookie } = await withDeadline(
      redeemAuthorizationResponse(product, answer, checks),
      stepDeadlineSeconds,
    );
    record({
      event: 'sign_in',
      tenantId: session.identity.tenantId,
      sessionId: session.sessionId,
    });
    return seeOther(config.origin + flow.returnTo, [
      setCookie(config, names.session, cookie, sessionLifetimeSeconds),
      spentCookie,
      setCookie(config, names.notice, '', 0),
    ]);
  } catch (error) {
    return refuse(product, error, flow.returnTo, [spentCookie]);
  }
}

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

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

/** Where an unforeseen error came from, without its message: that may hold anything. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

/** Ends a sign-in without a session: one line in the log, and a page that explains. An earlier
 * session stays as it was. */
async function refuse(
  { config, sealers, nowSeconds }: Product,
  error: unknown,
  returnTo: string,
  setCookies: readonly string[],
): Promise<Response> {
  const incidentId = crypto.randomUUID().slice(0, 8);
  const { code, detail, account, cause } =
    error instanceof SignInError
      ? error
      : new SignInError('unknown', { reason: nameOf(error) }, undefined, error);
  if (cause) console.error(`Incident ${incidentId}: ${nameOf(cause)}\n${framesOf(cause)}`);
  if (code === 'tenant_not_allowed') {
    record({ event: 'sign_in.denied', incidentId, code, ...detail });
  } else if (code === 'provider_unavailable') {
    record({ event: 'provider.unavailable', incidentId, ...detail });
  } else {
    record({ event: 'sign_in.failed', incidentId, code, ...detail });
  }
  const notice = await sealNotice(
    sealers.notice,
    { code, incidentId, returnTo, account },
    nowSeconds(),
  );
  const page = code === 'tenant_not_allowed' ? '/auth/denied' : '/auth/error';
  return seeOther(config.origin + page, [
    ...setCookies,
    setCookie(config, cookieNames(config).notice, notice, noticeLifetimeSeconds),
  ]);
}
