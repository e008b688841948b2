import { getProduct } from '@/lib/product';
import { seeOther } from '@/lib/same-site';
import { startSignIn } from '@/lib/sign-in';

export const POST = startSignIn;

/** A reload or an old link: only a click starts a sign-in, so show the page that has the button. */
export function GET(): Response {
  return seeOther(`${getProduct().config.origin}/auth/sign-in`);
}
