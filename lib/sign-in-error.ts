/** Why a sign-in ended without a session: stable, asserted by tests, written to the log. OAuth's
 * registered codes where they exist (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6). */
export type SignInErrorCode =
  | 'access_denied'
  | 'consent_required'
  | 'interaction_required'
  | 'not_assigned'
  | 'account_not_here'
  | 'account_blocked'
  | 'blocked_by_policy'
  | 'server_error'
  | 'tenant_not_allowed'
  | 'guest_not_allowed'
  | 'flow_missing'
  | 'flow_expired'
  | 'flow_invalid'
  | 'code_rejected'
  | 'token_rejected'
  | 'provider_unavailable'
  | 'app_credentials'
  | 'app_registration'
  | 'cookies_blocked'
  | 'session_not_kept'
  | 'revocations_unavailable'
  | 'page_forbidden'
  | 'not_confirmed'
  | 'groups_unavailable'
  | 'unknown';

/** Whether a code says that this account may not come in or on: `/auth/denied` explains those. */
export const isDenial = (code: SignInErrorCode): boolean =>
  code === 'tenant_not_allowed' || code === 'guest_not_allowed' || code === 'page_forbidden';

/** What only the operator's log learns about a refusal: reasons and Microsoft's own numbers. */
export type FailureDetail = {
  /** Our reason in one stable word, such as `bad_signature` or `timeout`. */
  reason?: string;
  // biome-ignore format: docs/logs.md is compared with this line
  stage?: 'start' | 'callback' | 'metadata' | 'credential' | 'token' | 'keys' | 'id_token' | 'policy' | 'groups' | 'page';
  /** The number of an `AADSTS…` error. */
  aadsts?: number;
  /** What that number means, in one stable word of docs/errors.md, such as `secret_expired`. */
  problem?: string;
  traceId?: string;
  correlationId?: string;
  /** The tenant that the verified ID token names: an organisation, not a person. */
  tenantId?: string;
};

/** The account that was used. It comes from the claims of a verified ID token and from nothing
 * else, and is for this visitor's own pages: never the log, never an address. */
export type RefusedAccount = {
  /** As people recognise it: name and e-mail. */
  display: string;
  tenantId: string;
  objectId?: string | undefined;
};

/** Next bundles pages and route handlers apart, each with a copy of this class, and what a process
 * keeps once (lib/once-per-process.ts) throws the copy of whoever came first. */
const mark = Symbol.for('azure-auth-manager.sign-in-error');

/** A sign-in that is refused. `code` decides what the visitor reads, `detail` goes to the log. */
export class SignInError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && mark in value;
  }
  readonly [mark] = true;
  override readonly name = 'SignInError';
  readonly code: SignInErrorCode;
  readonly detail: FailureDetail;
  readonly account: RefusedAccount | undefined;

  constructor(
    code: SignInErrorCode,
    detail: FailureDetail = {},
    account?: RefusedAccount,
    cause?: unknown,
  ) {
    super(`${code}${detail.reason ? `: ${detail.reason}` : ''}`, { cause });
    this.code = code;
    this.detail = detail;
    this.account = account;
  }
}
