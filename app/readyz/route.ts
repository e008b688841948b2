import { dueThreshold } from '@/lib/credential-expiry';
import { getProduct } from '@/lib/product';
import { isStopping } from '@/lib/shutdown';

/** Whether this instance can serve: its configuration is right, Microsoft has not just refused its
 * credential before ever accepting it, and it hears of sessions that other instances end. Microsoft is never
 * asked, or an outage there would take every instance out of service here. A credential that expires
 * soon is told and changes nothing: no other instance would have a better one. One that was asked to
 * end is not ready before it goes. */
export function GET(): Response {
  const headers = { 'cache-control': 'no-store' };
  if (isStopping()) return Response.json({ status: 'stopping' }, { status: 503, headers });
  try {
    const { credentials, credentialExpiry, revocations, nowSeconds } = getProduct();
    const isCurrent = revocations.isCurrent();
    const isReady = credentials.isReady() && isCurrent;
    const expiresAt = credentialExpiry();
    const days = expiresAt === undefined ? undefined : dueThreshold(expiresAt, nowSeconds());
    return Response.json(
      {
        status: isReady ? 'ready' : 'not ready',
        credentials: credentials.verdict(),
        revocations: isCurrent ? revocations.kind : 'unavailable',
        ...(days !== undefined && { credentialExpiresWithinDays: days }),
      },
      { status: isReady ? 200 : 503, headers },
    );
  } catch {
    return Response.json({ status: 'not ready' }, { status: 503, headers });
  }
}
