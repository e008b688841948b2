import 'server-only';

import { skipCSRFCheck } from '@auth/core';
import { decode, encode, type JWT } from '@auth/core/jwt';
import { NextRequest } from 'next/server';
import NextAuth, { AuthError, customFetch, type NextAuthConfig } from 'next-auth';
import MicrosoftEntraID from 'next-auth/providers/microsoft-entra-id';
import { record } from './audit';
import type { Trace } from './flight';
import { type Flow, flowLifetimeSeconds } from './flow';
import { authTimeFrom, contextsFrom, displayNameOf, identityFromClaims } from './identity';
import { refusalAtSignIn } from './judge-admission';
import type { Product } from './product';
import { ignoredRoles } from './roles';
import { createSession, type Session, sealSession } from './session-token';
import { SignInError } from './sign-in-error';
import { type Attempt, callbackPath, createTransport, issuerForAuthJs } from './transport';

/** One sign-in as Auth.js runs it: the stock provider, and what we add to it. */
function createAuthJs(
  { config, provider, authenticate, sealers, nowSeconds, revocations }: Product,
  attempt: Attempt,
) {
  // A hidden mark on the stock object makes Auth.js read the token's `tid`, so it is spread and
  // not written anew. `customFetch` inside its options would be ignored: it has one of its own.
  const entra = {
    ...MicrosoftEntraID({
      clientId: config.clientId,
      client: { token_endpoint_auth_method: 'none' }, // the transport authenticates
      issuer: issuerForAuthJs(config),
      checks: ['pkce', 'state', 'nonce'],
      authorization: {
        params: {
          // No User.Read, no offline_access: they ask people for consent to what we do not use.
          scope: 'openid profile email',
          redirect_uri: config.origin + callbackPath,
        },
      },
    }),
    // The stock profile() calls Microsoft Graph for a photo, and fails the sign-in when that fails.
    profile: (claims: { tid: string; oid: string; name?: string }) => ({
      id: `${claims.tid}.${claims.oid}`,
      name: claims.name ?? null,
    }),
    [customFetch]: createTransport(config, provider, fetch, nowSeconds, attempt, authenticate),
  };

  return NextAuth({
    providers: [entra],
    secret: [...config.secrets],
    trustHost: true, // the URL is ours, made from config.origin
    redirectProxyUrl: '', // never from AUTH_REDIRECT_PROXY_URL
    debug: false, // AUTH_DEBUG would write secrets and tokens to the log
    basePath: authJsPath,
    skipCSRFCheck, // lib/sign-in.ts refuses other sites' posts before Auth.js is asked
    useSecureCookies: false, // its cookies never reach a browser; ours are in lib/cookies.ts
    session: { strategy: 'jwt', maxAge: config.sessionLifetimeSeconds },
    cookies: { sessionToken: { name: sessionTokenName } },
    logger: {
      error: (error) => {
        const { err: cause = error } = (error.cause ?? {}) as { err?: unknown };
        // A bundle shortens the names of classes, so Auth.js's own word for the error is logged.
        const reason = error instanceof AuthError ? error.type : error.name;
        attempt.failure ??= new SignInError('unknown', { reason }, undefined, cause);
      },
      warn: () => {},
      debug: () => {},
    },
    callbacks: {
      async signIn() {
        if (!attempt.claims) return false;
        const identity = identityFromClaims(attempt.claims);
        const refusal = await refusalAtSignIn(identity);
        attempt.trace?.({ step: 'policy', identity, refusal: refusal?.reason });
        if (!refusal) return true;
        const { code, reason } = refusal;
        attempt.failure = new SignInError(
          code,
          { stage: 'policy', reason, tenantId: identity.tenantId },
          {
            display: displayNameOf(identity),
            tenantId: identity.tenantId,
            objectId: identity.objectId,
          },
        );
        return false;
      },
      redirect: ({ baseUrl }) => baseUrl, // the return path is the flow's, not a parameter
      jwt() {
        if (!attempt.claims) return null;
        attempt.session = createSession(identityFromClaims(attempt.claims), nowSeconds(), config, {
          startedAtMs: revocations.nowMs(),
          microsoftSessionId: attempt.claims.sid,
          authTimeSeconds: authTimeFrom(attempt.claims, nowSeconds()),
          contexts: contextsFrom(attempt.claims),
        });
        return attempt.session as unknown as JWT;
      },
    },
    jwt: {
      encode: ({ token }) => sealSession(sealers.session, token as unknown as Session),
      decode: () => null, // lib/gate.ts is the only reader of sessions
    },
  } satisfies NextAuthConfig);
}

/** Auth.js is called by our own routes alone, under a path that no request from outside reaches. */
const authJsPath = '/auth-js';
const sessionTokenName = 'session';
const checkCookies = {
  state: 'authjs.state',
  nonce: 'authjs.nonce',
  codeVerifier: 'authjs.pkce.code_verifier',
};

function cookiesSetBy(response: Response): Map<string, string> {
  return new Map(
    response.headers.getSetCookie().map((line) => {
      const [pair = ''] = line.split(';');
      const separator = pair.indexOf('=');
      return [pair.slice(0, separator), decodeURIComponent(pair.slice(separator + 1))];
    }),
  );
}

/** Makes an authorization request (OpenID Connect Core 1.0 §3.1.2.1).
 * @param parameters already limited to those that a visitor may choose
 * @returns the URL to send the browser to, and the checks that its answer must pass */
export async function createAuthorizationRequest(
  product: Product,
  parameters: URLSearchParams,
  trace?: Trace,
): Promise<{ url: URL; checks: NonNullable<Flow['checks']> }> {
  const attempt: Attempt = { trace };
  const { handlers } = createAuthJs(product, attempt);
  const { config } = product;
  const response = await handlers.POST(
    new NextRequest(`${config.origin}${authJsPath}/signin/microsoft-entra-id?${parameters}`, {
      method: 'POST',
    }),
  );
  const url = new URL(response.headers.get('location') ?? '', config.origin);
  // Of the three, only the verifier is not in the request itself (RFC 7636 §4.3).
  const name = checkCookies.codeVerifier;
  const token = cookiesSetBy(response).get(name);
  const opened = await decode({ token, salt: name, secret: [...config.secrets] });
  const codeVerifier = opened?.value;
  const { state, nonce } = Object.fromEntries(url.searchParams);
  if (typeof codeVerifier !== 'string' || !state || !nonce) {
    throw attempt.failure ?? new SignInError('unknown', { stage: 'start', reason: 'no_checks' });
  }
  return { checks: { state, nonce, codeVerifier }, url };
}

/** Takes an authorization response through Auth.js: state, code, ID token, tenant.
 * @returns the new session and the sealed value of its cookie
 * @throws SignInError for every refusal */
export async function redeemAuthorizationResponse(
  product: Product,
  parameters: URLSearchParams,
  checks: NonNullable<Flow['checks']>,
  trace?: Trace,
): Promise<{ session: Session; cookie: string }> {
  const attempt: Attempt = { nonce: checks.nonce, trace };
  const { handlers } = createAuthJs(product, attempt);
  const { config } = product;
  const sealed = await Promise.all(
    Object.entries(checkCookies).map(async ([check, name]) => {
      const token = { value: checks[check as keyof typeof checks], provider: 'microsoft-entra-id' };
      const secret = [...config.secrets];
      return `${name}=${await encode({ token, salt: name, secret, maxAge: flowLifetimeSeconds })}`;
    }),
  );
  const response = await handlers.GET(
    new NextRequest(`${config.origin}${authJsPath}/callback/microsoft-entra-id?${parameters}`, {
      headers: { cookie: sealed.join('; ') },
    }),
  );
  const cookie = cookiesSetBy(response).get(sessionTokenName);
  if (attempt.failure) throw attempt.failure;
  if (!cookie || !attempt.session) throw new SignInError('unknown', { reason: 'no_session' });
  const { tenantId } = attempt.session.identity;
  for (const ignored of ignoredRoles(attempt.claims?.roles, tenantId, config)) {
    record({ event: 'roles.ignored', tenantId, ...ignored });
  }
  return { session: attempt.session, cookie };
}
