import { isPrefetch } from '@/lib/prefetch';
import { completeSignIn } from '@/lib/sign-in';

const noStore = { 'cache-control': 'private, no-store' };

/** The redirect URI that is registered with Microsoft. */
export function GET(request: Request): Promise<Response> | Response {
  // A prefetch would spend the code before the visitor arrives.
  if (isPrefetch(request)) return new Response(null, { status: 503, headers: noStore });
  return completeSignIn(request);
}

/** Link scanners ask by HEAD, which Next would answer by running GET. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { ...noStore, allow: 'GET' } });
}
