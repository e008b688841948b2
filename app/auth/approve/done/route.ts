import { completeApproval } from '@/lib/approval';
import { isPrefetch } from '@/lib/prefetch';

const noStore = { 'cache-control': 'private, no-store' };

/** The redirect URI of admin consent that is registered with Microsoft. */
export function GET(request: Request): Promise<Response> | Response {
  // A prefetch would spend the state before the administrator arrives.
  if (isPrefetch(request)) return new Response(null, { status: 503, headers: noStore });
  return completeApproval(request);
}

/** Link scanners ask by HEAD, which Next would answer by running GET. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { ...noStore, allow: 'GET' } });
}
