import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Robot } from './robot';

/** ID tokens that are not what the provider would send: made of a genuine one, or by hand. */

type Json = Record<string, unknown>;

const encoded = (part: Json) => Buffer.from(JSON.stringify(part)).toString('base64url');
const decoded = (part = ''): Json => JSON.parse(Buffer.from(part, 'base64url').toString());

/** The parts of a compact JWS (RFC 7515 §3.1). */
export function partsOf(jwt: string): { header: Json; claims: Json; signature: string } {
  const [header, claims, signature = ''] = jwt.split('.');
  return { header: decoded(header), claims: decoded(claims), signature };
}

/** Puts a token together with a signature over its first two parts. */
export function compact(header: Json, claims: Json, sign: (input: string) => Buffer): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${sign(input).toString('base64url')}`;
}

export const hmac = (key: string) => (input: string) =>
  createHmac('sha256', key).update(input).digest();

/** The keys that the provider publishes now. */
export async function publishedKeys(robot: Robot): Promise<Json[]> {
  const answer = await fetch(`${robot.stack.entra.url}/organizations/discovery/v2.0/keys`);
  return ((await answer.json()) as { keys: Json[] }).keys;
}

/** Genuine tokens with a nonce of one's choice, as somebody gets them who has the client secret and
 * signs in on their own. */
export async function genuineTokens(
  robot: Robot,
  nonce: string,
): Promise<{ id_token: string; access_token: string }> {
  const { url, clientId, clientSecret } = robot.stack.entra;
  const verifier = randomBytes(32).toString('base64url');
  const common = {
    client_id: clientId,
    redirect_uri: `${robot.origin}/authorization-code/callback`,
  };
  const request = new URL(`${url}/organizations/oauth2/v2.0/authorize`);
  request.search = new URLSearchParams({
    ...common,
    response_type: 'code',
    scope: 'openid profile email',
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const code = new URL(await robot.answer(request)).searchParams.get('code') ?? '';
  const answer = await fetch(`${url}/organizations/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...common,
      grant_type: 'authorization_code',
      client_secret: clientSecret,
      code,
      code_verifier: verifier,
    }),
  });
  return answer.json();
}

/** Signs in where the provider answers with the token that `make` returns.
 * @returns our answer to the callback */
export async function signInWithToken(
  robot: Robot,
  make: (nonce: string) => string | Promise<string>,
): Promise<Response> {
  const request = await robot.start();
  const callback = await robot.answer(request);
  const raw = await make(request.searchParams.get('nonce') ?? '');
  robot.stack.entra.control.inject({ on: 'id_token', raw });
  return robot.fetch(callback);
}
