import { requireIdentity } from '@/lib/auth';

/** An example of a protected route handler: who is signed in, as JSON. */
export async function GET(request: Request): Promise<Response> {
  const { tenantId, objectId, name } = await requireIdentity(request);
  return Response.json(
    { tenantId, objectId, name },
    { headers: { 'cache-control': 'private, no-store' } },
  );
}
