import { getProduct } from '@/lib/auth';

/** Whether this instance can serve: its configuration is right, and Microsoft has not refused its
 * credential since it started. Microsoft is never asked, or an outage there would take every
 * instance out of service here. */
export function GET(): Response {
  const headers = { 'cache-control': 'no-store' };
  try {
    const { credentials } = getProduct();
    const isReady = credentials.isReady();
    return Response.json(
      { status: isReady ? 'ready' : 'not ready', credentials: credentials.verdict() },
      { status: isReady ? 200 : 503, headers },
    );
  } catch {
    return Response.json({ status: 'not ready' }, { status: 503, headers });
  }
}
