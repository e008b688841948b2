import type { SignInErrorCode } from './sign-in-error';

/** Who can mend it: the visitor, an administrator of the visitor's organisation, whoever runs this
 * app, or Microsoft alone. */
export type Mender = 'you' | 'administrator' | 'operator' | 'microsoft';

/** The one thing to do next, which the page offers before all others. */
export type NextStep = 'try-again' | 'another-account' | 'admin-consent' | 'support-bundle';

/** What follows from one code; what the visitor reads about it is in `lib/words/`. */
export type SignInErrorFacts = {
  /** The HTTP status of the page. */
  status: 400 | 403 | 500 | 503;
  mendedBy: Mender;
  next: NextStep;
};

/** The one table of refusals. A code without a line is a type error. */
export const signInErrors = {
  access_denied: { status: 400, mendedBy: 'you', next: 'try-again' },
  consent_required: { status: 403, mendedBy: 'administrator', next: 'admin-consent' },
  interaction_required: { status: 400, mendedBy: 'you', next: 'try-again' },
  not_assigned: { status: 403, mendedBy: 'administrator', next: 'another-account' },
  account_not_here: { status: 403, mendedBy: 'you', next: 'another-account' },
  account_blocked: { status: 403, mendedBy: 'administrator', next: 'another-account' },
  blocked_by_policy: { status: 403, mendedBy: 'administrator', next: 'try-again' },
  server_error: { status: 503, mendedBy: 'microsoft', next: 'try-again' },
  tenant_not_allowed: { status: 403, mendedBy: 'operator', next: 'another-account' },
  guest_not_allowed: { status: 403, mendedBy: 'operator', next: 'another-account' },
  flow_missing: { status: 400, mendedBy: 'you', next: 'try-again' },
  flow_expired: { status: 400, mendedBy: 'you', next: 'try-again' },
  flow_invalid: { status: 400, mendedBy: 'you', next: 'try-again' },
  code_rejected: { status: 400, mendedBy: 'you', next: 'try-again' },
  token_rejected: { status: 400, mendedBy: 'operator', next: 'try-again' },
  provider_unavailable: { status: 503, mendedBy: 'microsoft', next: 'try-again' },
  app_credentials: { status: 500, mendedBy: 'operator', next: 'support-bundle' },
  app_registration: { status: 500, mendedBy: 'operator', next: 'support-bundle' },
  cookies_blocked: { status: 400, mendedBy: 'you', next: 'try-again' },
  page_forbidden: { status: 403, mendedBy: 'operator', next: 'another-account' },
  not_confirmed: { status: 403, mendedBy: 'you', next: 'try-again' },
  revocations_unavailable: { status: 503, mendedBy: 'operator', next: 'try-again' },
  groups_unavailable: { status: 503, mendedBy: 'operator', next: 'try-again' },
  session_not_kept: { status: 400, mendedBy: 'you', next: 'try-again' },
  unknown: { status: 400, mendedBy: 'operator', next: 'try-again' },
} as const satisfies Record<SignInErrorCode, SignInErrorFacts>;

/** Whether `value` is one of our codes. */
export function isSignInErrorCode(value: unknown): value is SignInErrorCode {
  return typeof value === 'string' && Object.hasOwn(signInErrors, value);
}
