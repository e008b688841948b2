import { record } from './audit';
import type { Config } from './config';
import { cookieNames, setCookie } from './cookies';
import { explainRefusal } from './ended-session';
import type { Verdict } from './gate';
import { keepForm, keptFormSeconds } from './kept-form';
import type { Sealer } from './sealer';

const noStore = { 'cache-control': 'private, no-store' };

type Parts = { config: Pick<Config, 'origin'>; notice: Sealer; form: Sealer };
type HeldBack = Extract<Verdict, { kind: 'forbidden' | 'confirm' }>;

/** Answers somebody who is signed in and may not go on: they read why, or confirm that it is they. */
export async function holdBack(
  request: Request,
  verdict: HeldBack,
  ready: Parts,
  nowSeconds: number,
): Promise<Response> {
  const { config, notice } = ready;
  const { kind, reason, refusal, returnTo, isDocument } = verdict;
  const { method } = request;
  const path = new URL(request.url).pathname.slice(0, 200);
  const explained =
    isDocument && refusal.kind === 'forbidden'
      ? await explainRefusal(config, notice, { code: refusal.code, returnTo }, nowSeconds)
      : undefined;
  record({
    event: 'gate.deny',
    ...{ method, path, reason },
    ...(explained && { incidentId: explained.incidentId }),
  });
  const form = kind === 'confirm' && method === 'POST' ? await sent(request) : undefined;
  const kept =
    form && (await keepForm(ready.form, verdict.session.identity, returnTo, form, nowSeconds));
  const next = verdict.location + (form && !kept ? '&form=lost' : '');
  const location = explained?.location ?? config.origin + next;
  // RFC 9470 §3 has a name for what code is to do about it.
  const error = kind === 'confirm' ? 'insufficient_user_authentication' : 'forbidden';
  const response = isDocument
    ? new Response(null, { status: 303, headers: { ...noStore, location } })
    : Response.json({ error }, { status: kind === 'confirm' ? 401 : 403, headers: noStore });
  if (request.headers.has('next-action')) {
    response.headers.set('x-action-redirect', `${next};replace`);
  }
  for (const cookie of explained?.cookies ?? []) response.headers.append('set-cookie', cookie);
  if (kept) {
    const cookie = setCookie(config, cookieNames(config).form, kept, keptFormSeconds);
    response.headers.append('set-cookie', cookie);
  }
  return response;
}

/** A form larger than this is not read, in bytes: it could not be kept anyway. */
const mostFormBytes = 64 * 1024;

/** The form that a page of ours has sent; undefined for everything else. */
async function sent(request: Request): Promise<FormData | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return undefined;
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= mostFormBytes)) return new FormData();
  try {
    return await request.formData();
  } catch {
    return undefined;
  }
}
