import { record } from './audit';
import type { Config } from './config';
import { cookieNames, setCookie } from './cookies';
import type { Verdict } from './gate';
import { keepForm, keptFormSeconds } from './kept-form';
import type { Sealer } from './sealer';

const noStore = { 'cache-control': 'private, no-store' };

type Parts = { config: Pick<Config, 'origin'>; form: Sealer };
type HeldBack = Extract<Verdict, { kind: 'forbidden' | 'confirm' }>;

/** Answers somebody who is signed in and may not go on: they read why, or confirm that it is they.
 * The first is told by Node (lib/session-check.ts), which keeps what it decided for `/admin`. */
export async function holdBack(
  request: Request,
  { kind, reason, session, returnTo, location, isDocument }: HeldBack,
  { config, form: sealer }: Parts,
  nowSeconds: number,
): Promise<Response> {
  const { method } = request;
  const path = new URL(request.url).pathname.slice(0, 200);
  record({ event: 'gate.deny', method, path, reason });
  // Code that posts to a route handler has no page to come back to.
  const hasPage = isDocument || request.headers.has('next-action');
  const keeps = kind === 'confirm' && method === 'POST' && hasPage;
  const form = keeps ? await sent(request) : undefined;
  const { token, isLost } =
    form instanceof FormData
      ? await keepForm(sealer, session.identity, returnTo, form, nowSeconds)
      : { token: undefined, isLost: form === 'too_large' };
  const next = location + (isLost ? '&form=lost' : '');
  // RFC 9470 §3 has a name for what code is to do about it.
  const error = kind === 'confirm' ? 'insufficient_user_authentication' : 'forbidden';
  const response = isDocument
    ? new Response(null, { status: 303, headers: { ...noStore, location: config.origin + next } })
    : Response.json({ error }, { status: kind === 'confirm' ? 401 : 403, headers: noStore });
  if (request.headers.has('next-action')) {
    response.headers.set('x-action-redirect', `${next};replace`);
  }
  if (token) {
    const cookie = setCookie(config, cookieNames(config).form, token, keptFormSeconds);
    response.headers.append('set-cookie', cookie);
  }
  return response;
}

/** A form larger than this is not read, in bytes: it could not be kept anyway. */
const mostFormBytes = 64 * 1024;

/** The form that a page of ours has sent; undefined for everything else. */
async function sent(request: Request): Promise<FormData | 'too_large' | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return undefined;
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= mostFormBytes)) return 'too_large';
  try {
    return await request.formData();
  } catch {
    return undefined;
  }
}
