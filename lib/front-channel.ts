import 'server-only';

import { record } from './audit';
import { originsOf } from './authority';
import { getProduct } from './product';
import { limit } from './rate-limit';
import { latestEndSeconds } from './revoke';

/** Microsoft's ids of sessions are GUIDs; nothing longer is worth a look. */
const sidPattern = /^[\w.-]{1,128}$/;

/** `GET /authorization-code/front-channel-logout?sid=`: Microsoft's page signs somebody out and opens
 * this in a frame. The browser sends no cookie of ours into it (SameSite), so the session is ended
 * by Microsoft's id for it, on every instance. The answer is the same for every id: it tells nobody
 * which are known. Microsoft sends no `iss`, and has no back-channel sign-out.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#single-sign-out
 * @see https://openid.net/specs/openid-connect-frontchannel-1_0.html */
export async function endSessionsBySid(request: Request): Promise<Response> {
  const { config, revocations } = getProduct();
  const tooMany = await limit('front-channel', request, '/');
  if (tooMany) return framed(tooMany.status, tooMany.headers.get('retry-after'));
  const [sid = '', ...more] = new URL(request.url).searchParams.getAll('sid');
  if (more.length === 0 && sidPattern.test(sid)) {
    const latest = latestEndSeconds(revocations.nowMs(), config);
    if (await revocations.revokeSid(sid, latest)) record({ event: 'front_channel_sign_out' });
  }
  return framed(200);
}

/** Nobody reads it. Every answer has its policy, which the middleware leaves to it. */
function framed(status: number, retryAfter?: string | null): Response {
  const { authority } = getProduct().config;
  return new Response('<!doctype html><title>Signed out</title>', {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; frame-ancestors ${originsOf(authority).join(' ')}`,
      'x-content-type-options': 'nosniff',
      ...(retryAfter && { 'retry-after': retryAfter }),
    },
  });
}
