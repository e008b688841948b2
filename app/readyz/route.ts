import { getProduct } from '@/lib/auth';

/** Whether this instance can serve: its configuration is right. Microsoft is never asked, or an
 * outage there would take every instance out of service here. */
export function GET(): Response {
  const headers = { 'cache-control': 'no-store' };
  try {
    getProduct();
    return Response.json({ status: 'ready' }, { headers });
  } catch {
    return Response.json({ status: 'not ready' }, { status: 503, headers });
  }
}
