import { z } from 'zod';
import { explainOAuthError } from './aadsts';
import { type Authority, cloudOf, isGuid, personalAccountsTenantId } from './authority';
import type { Config } from './config';
import type { Sealer } from './sealer';
import type { FailureDetail } from './sign-in-error';

/** The page on which an administrator approves this app for an organisation. */
export const approvePath = '/auth/approve';
/** Where Microsoft sends the administrator back: a redirect URI of its own to register. */
const approvalDonePath = '/auth/approve/done';
export const approvalResultPath = '/auth/approve/result';

/** How long an administrator may take at Microsoft. */
export const approvalLifetimeSeconds = 15 * 60;
/** How long the page that tells the outcome can be reloaded. */
export const outcomeLifetimeSeconds = 10 * 60;
/** How long the cookie stays: longer, so that whoever comes back late is told so. */
export const approvalCookieSeconds = 2 * 60 * 60;

/** What signing in asks for, and nothing else.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-admin-consent (`scope`) */
const scope = 'openid profile email';

/** An organisation's tenant id in lower case; undefined for anything that is none. */
export function parseTenantId(value: unknown): string | undefined {
  const tenantId = typeof value === 'string' ? value.toLowerCase() : '';
  return isGuid(tenantId) && tenantId !== personalAccountsTenantId ? tenantId : undefined;
}

/** The page's own path, for one organisation or for whichever the administrator belongs to. */
export function approvePagePath(tenantId: string | undefined): string {
  return tenantId ? `${approvePath}?tenant=${tenantId}` : approvePath;
}

/** Whose administrator is asked: the organisation's, else that of the authority. Never `common`,
 * which Microsoft forbids here. @returns undefined where there is no such organisation: nobody
 * administers personal accounts, and an external tenant signs in nobody else's people.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-admin-consent */
export function approvalSegment(
  authority: Pick<Authority, 'segment' | 'origin'>,
  tenantId: string | undefined,
): string | undefined {
  const { segment } = authority;
  if (segment === 'consumers' || !cloudOf(authority).severalTenants) return undefined;
  return tenantId ?? parseTenantId(segment) ?? 'organizations';
}

/** Where an administrator approves this app. @param segment of `approvalSegment` */
export function adminConsentUrl(
  { authority, clientId, origin }: Pick<Config, 'authority' | 'clientId' | 'origin'>,
  segment: string,
  state: string,
): string {
  const url = new URL(`${authority.locationOrigin}/${segment}/v2.0/adminconsent`);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('redirect_uri', origin + approvalDonePath);
  url.searchParams.set('scope', scope);
  url.searchParams.set('state', state);
  return url.href;
}

/** An approval between leaving for Microsoft and coming back. */
export type PendingApproval = {
  state: string;
  /** The organisation that was asked, where it was a certain one. */
  tenantId?: string | undefined;
  startedAtSeconds: number;
};

const outcomeKinds = ['granted', 'refused', 'failed', 'unmatched', 'expired'] as const;
/** What the administrator reads afterwards. */
export type OutcomeKind = (typeof outcomeKinds)[number];
export type Outcome = { kind: OutcomeKind; incidentId: string; atSeconds: number };

/** What the approval's cookie holds: the one under way, and how the one before ended. */
export type Approval = { pending?: PendingApproval | undefined; outcome?: Outcome | undefined };

const wireSchema = z.object({
  p: z.object({ s: z.string().min(1), t: z.string().optional(), a: z.number() }).optional(),
  o: z.object({ k: z.enum(outcomeKinds), i: z.string(), a: z.number() }).optional(),
});

/** Seals an approval into the value of its cookie. */
export function sealApproval(sealer: Sealer, { pending, outcome }: Approval): Promise<string> {
  return sealer.seal({
    p: pending && { s: pending.state, t: pending.tenantId, a: pending.startedAtSeconds },
    o: outcome && { k: outcome.kind, i: outcome.incidentId, a: outcome.atSeconds },
  } satisfies z.input<typeof wireSchema>);
}

/** Opens an approval's cookie; empty for anything that we did not seal. An outcome is there as long
 * as it may be read; the age of what is under way is `judgeAnswer`'s. */
export async function openApproval(
  sealer: Sealer,
  token: string | undefined,
  nowSeconds: number,
): Promise<Approval> {
  const opened = token ? await sealer.open(token) : undefined;
  const { p, o } = (opened?.ok && wireSchema.safeParse(opened.payload).data) || {};
  return {
    pending: p && { state: p.s, tenantId: p.t, startedAtSeconds: p.a },
    outcome:
      o && nowSeconds - o.a < outcomeLifetimeSeconds
        ? { kind: o.k, incidentId: o.i, atSeconds: o.a }
        : undefined,
  };
}

/** How an approval ended. `claimedTenantId` is what the browser brought along: Microsoft signs
 * nothing here and warns never to authorize by it, so it tells people something and decides nothing.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-admin-consent#successful-response */
export type Verdict =
  | { kind: 'granted'; claimedTenantId: string }
  | { kind: Exclude<OutcomeKind, 'granted'>; detail: FailureDetail };

/** A parameter that is there exactly once: repeated ones are read differently by every reader. */
function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

/** Judges what Microsoft's admin consent endpoint sent back through the browser. */
export function judgeAnswer(
  parameters: URLSearchParams,
  pending: PendingApproval | undefined,
  nowSeconds: number,
): Verdict {
  const failed = (reason: string): Verdict => ({ kind: 'failed', detail: { reason } });
  // Another site's link, another browser's answer or a second use of ours (CSRF, RFC 6749 §10.12).
  if (!pending || single(parameters, 'state') !== pending.state) {
    return { kind: 'unmatched', detail: { reason: 'state' } };
  }
  if (nowSeconds - pending.startedAtSeconds > approvalLifetimeSeconds) {
    return { kind: 'expired', detail: { reason: 'flow_expired' } };
  }
  // Before admin_consent, which is "True" beside an error too: it names the flow, not the outcome.
  if (parameters.has('error')) {
    const error = parameters.get('error') ?? undefined;
    const { code, detail } = explainOAuthError(
      error,
      parameters.get('error_description') ?? undefined,
    );
    // `permission_denied` is the endpoint's older word for Cancel:
    // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
    const refused =
      code === 'access_denied' || code === 'consent_required' || error === 'permission_denied';
    return { kind: refused ? 'refused' : 'failed', detail };
  }
  if (single(parameters, 'admin_consent') !== 'True') return failed('admin_consent');
  const claimedTenantId = parseTenantId(single(parameters, 'tenant'));
  if (!claimedTenantId) return failed('tenant');
  if (pending.tenantId && claimedTenantId !== pending.tenantId) return failed('other_tenant');
  return { kind: 'granted', claimedTenantId };
}
