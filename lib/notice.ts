import { z } from 'zod';
import type { Sealer } from './sealer';
import { isSignInErrorCode, type SignInErrorCode } from './sign-in-error';

/** How long the page that explains a refusal can be reloaded. */
export const noticeLifetimeSeconds = 10 * 60;

/** What the page after a refused sign-in tells. It travels in a sealed cookie and never in the
 * URL, so that no link can put words or names on our pages. */
export type Notice = {
  code: SignInErrorCode;
  /** Joins what the visitor sees and what the operator's log says. */
  incidentId: string;
  returnTo: string;
  /** The account that was used, from verified claims. */
  account?: string | undefined;
};

/** With the longest return path beside it, the cookie still stays under 4 KB. */
const maxAccountLength = 100;

const wireSchema = z.object({
  c: z.string().refine(isSignInErrorCode),
  i: z.string(),
  r: z.string(),
  w: z.string().optional(),
  x: z.number(),
});

/** Seals a notice into the value of its cookie. */
export function sealNotice(sealer: Sealer, notice: Notice, nowSeconds: number): Promise<string> {
  return sealer.seal({
    c: notice.code,
    i: notice.incidentId,
    r: notice.returnTo,
    w: notice.account && [...notice.account].slice(0, maxAccountLength).join(''),
    x: nowSeconds + noticeLifetimeSeconds,
  } satisfies z.input<typeof wireSchema>);
}

/** Opens a notice; undefined when it is absent, too old or not ours. */
export async function openNotice(
  sealer: Sealer,
  token: string | undefined,
  nowSeconds: number,
): Promise<Notice | undefined> {
  const opened = token ? await sealer.open(token) : undefined;
  const wire = opened?.ok ? wireSchema.safeParse(opened.payload).data : undefined;
  if (!wire || nowSeconds >= wire.x) return undefined;
  return {
    code: wire.c as SignInErrorCode,
    incidentId: wire.i,
    returnTo: wire.r,
    account: wire.w,
  };
}
