import { getProduct } from '@/lib/product';
import { seeOther } from '@/lib/same-site';
import { endSession } from '@/lib/sign-out';

export const POST = endSession;

/** A link cannot sign anyone out: an image on another site would be enough. */
export function GET(): Response {
  return seeOther(`${getProduct().config.origin}/`);
}
