import type { Config } from './config';
import { readText } from './read-text';

/** Whether a POST was made by a page of this app, and not by another site in the visitor's name
 * (CSRF). Every browser that we support sends Sec-Fetch-Site; Origin covers older ones, and tells
 * the app under another name (127.0.0.1 for localhost), where our cookies would be lost. A request
 * with neither is refused. @see https://www.w3.org/TR/fetch-metadata/ */
export function isFromThisSite(request: Request, config: Pick<Config, 'origin'>): boolean {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site && site !== 'same-origin') return false;
  return origin ? origin === config.origin : site === 'same-origin';
}

/** A redirect after a POST or a sign-in step: always to an address that was made from the
 * configured origin, and never kept by any cache. */
export function seeOther(location: string, setCookies: readonly string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'private, no-store' });
  for (const line of setCookies) headers.append('set-cookie', line);
  return new Response(null, { status: 303, headers });
}

/** The largest form that we send ourselves is far smaller. */
const maxFormBytes = 16 * 1024;

/** The fields of a form post; empty for a body that is no form of ours. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams();
  return new URLSearchParams(await readText(request.body, maxFormBytes).catch(() => ''));
}
