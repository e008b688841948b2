import { readText } from './read-text';
import { type FailureDetail, SignInError } from './sign-in-error';

/** How long one request to Microsoft may take, body included. */
export const upstreamDeadlineSeconds = 5;
/** No answer of Microsoft that we read is near this size; more is a fault or an attack. */
export const maxAnswerBytes = 1024 * 1024;

/** `fetch`, or a stand-in for it in tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const unavailable = (stage: FailureDetail['stage'], reason: string) =>
  new SignInError('provider_unavailable', { ...(stage && { stage }), reason });

function networkReason(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'timeout';
  if (!(error instanceof Error)) return 'network';
  if (error.message === 'too_large') return 'too_large';
  const { code } = (error.cause ?? {}) as { code?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  return code && /CERT|TLS|SSL|VERIFY|EPROTO/.test(code) ? 'tls' : 'network';
}

/** Asks Microsoft for a JSON object, within a deadline and a size. Redirects are not followed: a
 * code or secret must not travel to where we did not send it (RFC 9700 §4.12).
 * @throws SignInError `provider_unavailable` for everything that is not a JSON object in time. */
export async function requestJson(
  fetch: Fetch,
  stage: NonNullable<FailureDetail['stage']>,
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; json: Record<string, unknown> }> {
  const deadline = AbortSignal.timeout(upstreamDeadlineSeconds * 1000);
  const signal = init.signal ? AbortSignal.any([deadline, init.signal]) : deadline;
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, { ...init, signal, redirect: 'manual', cache: 'no-store' });
    status = response.status;
    text = await readText(response.body, maxAnswerBytes);
  } catch (error) {
    throw unavailable(stage, networkReason(error, signal));
  }
  if (status >= 500 || status === 429 || (status >= 300 && status < 400) || status === 0) {
    throw unavailable(stage, `status_${status}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unavailable(stage, 'not_json');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw unavailable(stage, 'not_json');
  }
  return { status, json: json as Record<string, unknown> };
}
