import { currentSession, requireIdentity } from '@/lib/auth';
import { personMark } from '@/lib/identity';
import { getProduct } from '@/lib/product';
import { timeLeft } from '@/lib/time-left';

/** Who is signed in and for how long still. Asking is use: the gate starts the idle time again. */
export async function GET(request: Request): Promise<Response> {
  const person = await personMark(await requireIdentity(request));
  const session = await currentSession();
  const { config, nowSeconds } = getProduct();
  return Response.json(
    { person, ...(session && timeLeft(session, nowSeconds(), config)) },
    { headers: { 'cache-control': 'private, no-store' } },
  );
}

/** To stay signed in: the same answer, asked for on purpose. */
export const POST = GET;
