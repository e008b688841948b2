import { getProduct } from '@/lib/product';
import { isHere, isOpen } from '@/setup/door';
import { nothingHere } from '@/setup/requests';
import { isPickedUp } from '@/setup/running';

/** Whether the server runs with what was saved: the page asks until it does. */
export function GET(request: Request): Response {
  if (!isHere(request.headers) || !isOpen(request.headers)) return nothingHere();
  const headers = { 'cache-control': 'no-store' };
  return Response.json({ pickedUp: isPickedUp(getProduct().config, request.headers) }, { headers });
}
