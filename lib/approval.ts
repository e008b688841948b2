import 'server-only';

import { cookies } from 'next/headers';
import {
  type Approval,
  adminConsentUrl,
  approvalCookieSeconds,
  approvalResultPath,
  approvalSegment,
  approvePagePath,
  approvePath,
  judgeAnswer,
  type Outcome,
  openApproval,
  parseTenantId,
  sealApproval,
} from './admin-consent';
import { record } from './audit';
import { cookieNames, readCookies, setCookie } from './cookies';
import { getProduct, type Product } from './product';
import { limit } from './rate-limit';
import { isFromThisSite, readForm, seeOther } from './same-site';

/** `POST /auth/approve/start`: sends an administrator to Microsoft. */
export async function startApproval(request: Request): Promise<Response> {
  const product = getProduct();
  const { config, nowSeconds } = product;
  const tenantId = parseTenantId((await readForm(request)).get('tenant'));
  const page = approvePagePath(tenantId);
  const tooMany = await limit('approve', request, '/', page);
  if (tooMany) return tooMany;
  const segment = approvalSegment(config.authority, tenantId);
  if (!isFromThisSite(request, config) || !segment) return seeOther(config.origin + page);

  const state = crypto.randomUUID();
  const pending = { state, tenantId: parseTenantId(segment), startedAtSeconds: nowSeconds() };
  return seeOther(adminConsentUrl(config, segment, state), [
    await approvalCookie(product, { pending }),
  ]);
}

/** `GET /auth/approve/done`: an administrator is back from Microsoft. Nothing is let in by it: what
 * came back is a claim of the browser's, for the operator to check. */
export async function completeApproval(request: Request): Promise<Response> {
  const product = getProduct();
  const { config, sealers, nowSeconds } = product;
  const tooMany = await limit('approve', request, '/', approvePath);
  if (tooMany) return tooMany;
  const cookie = readCookies(request).get(cookieNames(config).approval);
  const { pending } = await openApproval(sealers.approval, cookie, nowSeconds());
  const verdict = judgeAnswer(new URL(request.url).searchParams, pending, nowSeconds());

  const incidentId = crypto.randomUUID().slice(0, 8);
  if (verdict.kind === 'granted') {
    const { claimedTenantId } = verdict;
    const listed = config.tenantIds.has(claimedTenantId);
    record({ event: 'admin_consent', result: 'granted', incidentId, claimedTenantId, listed });
  } else {
    const result = verdict.kind === 'refused' ? 'refused' : 'failed';
    record({ event: 'admin_consent', result, incidentId, ...verdict.detail });
  }
  const outcome: Outcome = { kind: verdict.kind, incidentId, atSeconds: nowSeconds() };
  // A state is used once. One that is not ours uses up nothing, or any link could end an approval.
  const kept = verdict.kind === 'unmatched' ? pending : undefined;
  return seeOther(config.origin + approvalResultPath, [
    await approvalCookie(product, { pending: kept, outcome }),
  ]);
}

async function approvalCookie({ config, sealers }: Product, approval: Approval): Promise<string> {
  const token = await sealApproval(sealers.approval, approval);
  return setCookie(config, cookieNames(config).approval, token, approvalCookieSeconds);
}

/** How the last approval in this browser ended, for the page that tells. */
export async function currentOutcome(): Promise<Outcome | undefined> {
  const { config, sealers, nowSeconds } = getProduct();
  const cookie = (await cookies()).get(cookieNames(config).approval)?.value;
  return (await openApproval(sealers.approval, cookie, nowSeconds())).outcome;
}
