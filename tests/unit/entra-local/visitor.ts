import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { createEntra } from '../../../entra-local/entra.mjs';

export const ORIGIN = 'http://127.0.0.1:4999';
export const CALLBACK = 'http://localhost:3000/authorization-code/callback';
export const VERIFIER = 'a-code-verifier-that-is-long-enough-to-be-valid';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

export type Entra = ReturnType<typeof createEntra>;
type Overrides = Record<string, string | string[] | null>;

/** A stand-in with a clock that stands still at the given second. */
export const startEntra = (options: Partial<Parameters<typeof createEntra>[0]> = {}) =>
  createEntra({ originUrl: ORIGIN, ...options });

function parameters(base: Record<string, string>, overrides: Overrides) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries<string | string[] | null>({ ...base, ...overrides })) {
    for (const one of value === null ? [] : [value].flat()) params.append(name, one);
  }
  return params;
}

export function authorizationParameters(entra: Entra, overrides: Overrides = {}) {
  const base = {
    client_id: entra.entra.registration.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'st/ate +&=é',
    nonce: 'n-1',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  };
  return parameters(base, overrides);
}

const authorizationUrl = (entra: Entra, overrides: Overrides = {}, segment = 'common') =>
  `${entra.entra.originUrl}/${segment}/oauth2/v2.0/authorize?${authorizationParameters(entra, overrides)}`;

/** One browser without JavaScript: keeps the cookie, reads pages, presses buttons. */
export class Visitor {
  cookie = '';
  readonly entra: Entra;

  constructor(entra: Entra) {
    this.entra = entra;
  }

  async fetch(url: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers);
    if (this.cookie) headers.set('cookie', this.cookie);
    const response = await this.entra.handle(new Request(url, { ...init, headers }));
    const [set] = response.headers.getSetCookie();
    if (set) this.cookie = set.split(';', 1)[0] ?? '';
    return response;
  }

  authorize(overrides: Overrides = {}, segment = 'common') {
    return this.fetch(authorizationUrl(this.entra, overrides, segment));
  }

  /** Submits the form of a page with the named button. */
  async press(html: string, name: string, value: string, headers: Record<string, string> = {}) {
    const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1];
    if (!action || !ticket) throw new Error(`no form to press ${name} on: ${html.slice(-900)}`);
    if (!html.includes(`name="${name}" value="${value}"`)) throw new Error(`no button ${value}`);
    return this.post(action, { ticket, [name]: value }, headers);
  }

  post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
    return this.fetch(`${this.entra.entra.originUrl}${path}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    });
  }

  /** Chooses an account on the picker. */
  async choose(username: string, overrides: Overrides = {}, segment = 'common') {
    const page = await this.authorize(overrides, segment);
    return this.press(await page.text(), 'account', username);
  }

  /** Signs in and returns what the application would receive. */
  async signIn(username: string, overrides: Overrides = {}, segment = 'common') {
    return answerOf(await this.choose(username, overrides, segment));
  }
}

/** The parameters that a redirect brings back to the application. */
export function answerOf(response: Response) {
  const location = response.headers.get('location');
  if (!location) throw new Error(`status ${response.status} is no redirect`);
  return new URL(location).searchParams;
}

/** The AADSTS number of an answer to the application. */
export const aadstsOf = (answer: URLSearchParams) =>
  Number(/^AADSTS(\d+):/.exec(answer.get('error_description') ?? '')?.[1]);

export const usernamesOn = (html: string) =>
  [...html.matchAll(/name="account" value="([^"]+)"/g)].map((match) => match[1]);

export function tokenRequest(
  entra: Entra,
  code: string,
  overrides: Overrides = {},
  { segment = 'common', headers = {} }: { segment?: string; headers?: Record<string, string> } = {},
) {
  const { clientId, secrets } = entra.entra.registration;
  const base = {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: secrets[0]?.value ?? '',
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  };
  const body = parameters(base, overrides);
  return new Request(`${ORIGIN}/${segment}/oauth2/v2.0/token`, { method: 'POST', headers, body });
}

/** Signs in, redeems the code and reads the claims, signature unseen. */
export async function claimsOf(
  entra: Entra,
  username: string,
  segment = 'common',
  overrides: Overrides = {},
) {
  const answer = await new Visitor(entra).signIn(username, overrides, segment);
  return redeemed(entra, answer, segment);
}

/** Redeems the code of an answer to the application. */
export async function redeemed(entra: Entra, answer: URLSearchParams, segment = 'common') {
  const request = tokenRequest(entra, answer.get('code') ?? '', {}, { segment });
  const body = await (await entra.handle(request)).json();
  return { ...partsOf(body.id_token), body };
}

export function partsOf(idToken: string) {
  const [header = '', payload = '', signature = ''] = idToken.split('.');
  const read = (part: string): Record<string, unknown> =>
    JSON.parse(Buffer.from(part, 'base64url').toString());
  return { header: read(header), claims: read(payload), signature };
}

export const KEYS = `${ORIGIN}/common/discovery/v2.0/keys`;
export const get = (entra: Entra, url: string) => entra.handle(new Request(url));

/** What jose says of a fresh ID token, by the published keys: an error code, or "verified". */
export async function verdictOf(entra: Entra) {
  const { body } = await claimsOf(entra, 'ada@contoso.example');
  const jwks = await (await get(entra, KEYS)).json();
  return jwtVerify(body.id_token, createLocalJWKSet(jwks), { algorithms: ['RS256'] }).then(
    () => 'verified',
    (problem) => problem.code as string,
  );
}
