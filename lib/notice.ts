import { z } from 'zod';
import type { Sealer } from './sealer';
import type { RefusedAccount, SignInErrorCode } from './sign-in-error';
import { isSignInErrorCode } from './sign-in-error-table';

/** How long the page that explains a refusal can be reloaded. */
export const noticeLifetimeSeconds = 10 * 60;

/** What the page after a refused sign-in tells. It travels in a sealed cookie and never in the
 * URL, so that no link can put words or names on our pages. */
export type Notice = {
  code: SignInErrorCode;
  /** Joins what the visitor sees and what the operator's log says. */
  incidentId: string;
  /** When the sign-in was refused. */
  atSeconds: number;
  /** Microsoft's number for this sign-in, a GUID: its support finds the sign-in by it. */
  correlationId?: string | undefined;
  returnTo: string;
  account?: RefusedAccount | undefined;
};

/** With the longest return path beside it, the cookie still stays under 4 KB. */
const maxDisplayLength = 100;

const wireSchema = z.object({
  c: z.string().refine(isSignInErrorCode),
  i: z.string(),
  t: z.int(),
  m: z.guid().optional(),
  r: z.string(),
  a: z.object({ w: z.string(), t: z.guid(), o: z.guid().optional() }).optional(),
});

/** Seals a notice into the value of its cookie. `nowSeconds` becomes its `atSeconds`. */
export function sealNotice(
  sealer: Sealer,
  { code, incidentId, correlationId, returnTo, account }: Omit<Notice, 'atSeconds'>,
  nowSeconds: number,
): Promise<string> {
  return sealer.seal({
    c: code,
    i: incidentId,
    t: nowSeconds,
    m: correlationId,
    r: returnTo,
    a: account && {
      w: [...account.display].slice(0, maxDisplayLength).join(''),
      t: account.tenantId,
      o: account.objectId,
    },
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
  if (!wire || nowSeconds >= wire.t + noticeLifetimeSeconds) return undefined;
  return {
    code: wire.c as SignInErrorCode,
    incidentId: wire.i,
    atSeconds: wire.t,
    correlationId: wire.m,
    returnTo: wire.r,
    account: wire.a && { display: wire.a.w, tenantId: wire.a.t, objectId: wire.a.o },
  };
}

/** What the lines of `supportDetails` are called. */
type Labels = { number: string; time: string; microsoftNumber: string };

/** What whoever helps must know, as lines of label and value: nothing in it names a person. */
export function supportDetails(
  notice: Pick<Notice, 'incidentId' | 'atSeconds' | 'correlationId'>,
  labels: Labels,
): [label: string, value: string][] {
  const time = new Date(notice.atSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return [
    [labels.number, notice.incidentId],
    [labels.time, `${time} UTC`],
    ...(notice.correlationId
      ? [[labels.microsoftNumber, notice.correlationId] as [string, string]]
      : []),
  ];
}
