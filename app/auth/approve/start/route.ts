import { approvePath } from '@/lib/admin-consent';
import { startApproval } from '@/lib/approval';
import { getProduct } from '@/lib/product';
import { seeOther } from '@/lib/same-site';

export const POST = startApproval;

/** A reload or an old link: only a click starts an approval, so show the page that has the button. */
export function GET(): Response {
  return seeOther(getProduct().config.origin + approvePath);
}
