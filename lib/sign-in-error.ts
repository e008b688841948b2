/** Why a sign-in ended without a session: stable, asserted by tests, written to the log. OAuth's
 * registered codes where they exist (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6). */
export type SignInErrorCode =
  | 'access_denied'
  | 'consent_required'
  | 'interaction_required'
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
  | 'cookies_blocked'
  | 'session_not_kept'
  | 'unknown';

/** What a visitor reads about one code: what happened, and what to do about it. */
export type SignInErrorText = {
  /** The HTTP status of the page. */
  status: 400 | 403 | 500 | 503;
  title: string;
  happened: string;
  todo: string;
  /** The main button: the same account again, or another one. */
  next: 'again' | 'another-account';
  /** Whether the page also says whom to ask. */
  askForHelp: boolean;
};

/** The one table of refusals. A code without a text is a type error. */
export const signInErrors = {
  access_denied: {
    status: 400,
    title: 'You cancelled the sign-in',
    happened: 'Sign-in was stopped at Microsoft before it was finished. Nothing has changed.',
    todo: 'Sign in again when you are ready, or use another account.',
    next: 'again',
    askForHelp: false,
  },
  consent_required: {
    status: 403,
    title: 'Your organisation has not approved this app yet',
    happened: 'Microsoft asks an administrator of your organisation to approve this app first.',
    todo: 'Ask your administrator to approve it, or sign in with another account.',
    next: 'another-account',
    askForHelp: true,
  },
  interaction_required: {
    status: 400,
    title: 'Microsoft needs something more from you',
    happened: 'Microsoft could not finish the sign-in without asking you something.',
    todo: 'Sign in again and follow what Microsoft shows you.',
    next: 'again',
    askForHelp: false,
  },
  server_error: {
    status: 503,
    title: 'Microsoft could not sign you in',
    happened: 'Microsoft reported a problem on its side.',
    todo: 'Wait a minute, then try again.',
    next: 'again',
    askForHelp: true,
  },
  tenant_not_allowed: {
    status: 403,
    title: 'Your organisation cannot use this app',
    happened: 'You signed in at Microsoft, but this app is only open to certain organisations.',
    todo: 'If you have an account of one of them, use that one.',
    next: 'another-account',
    askForHelp: true,
  },
  guest_not_allowed: {
    status: 403,
    title: 'Guests cannot use this app',
    happened:
      'You signed in at Microsoft as a guest of this organisation, but this app is only open to its own members.',
    todo: 'If you have an account of the organisation itself, use that one.',
    next: 'another-account',
    askForHelp: true,
  },
  flow_missing: {
    status: 400,
    title: 'We could not match this sign-in to your browser',
    happened:
      'The sign-in was started in another browser or window, was already used, or your browser did not keep our cookie.',
    todo: 'Start again from here. If this comes back, allow cookies for this site.',
    next: 'again',
    askForHelp: false,
  },
  flow_expired: {
    status: 400,
    title: 'The sign-in took too long',
    happened: 'For your safety, a sign-in must be finished within 15 minutes.',
    todo: 'Start again. You will come back to the page that you wanted.',
    next: 'again',
    askForHelp: false,
  },
  flow_invalid: {
    status: 400,
    title: 'This sign-in cannot be used',
    happened: 'The answer that came back is incomplete or does not belong to your sign-in.',
    todo: 'Start again from here.',
    next: 'again',
    askForHelp: false,
  },
  code_rejected: {
    status: 400,
    title: 'This sign-in was already used or is too old',
    happened: 'Microsoft accepts each sign-in once, and only for a few minutes.',
    todo: 'Start again. You will come back to the page that you wanted.',
    next: 'again',
    askForHelp: false,
  },
  token_rejected: {
    status: 400,
    title: 'We could not verify this sign-in',
    happened: 'What we received did not pass our checks, so we did not sign you in.',
    todo: 'Try again. If it happens again, ask for help and give the number below.',
    next: 'again',
    askForHelp: true,
  },
  provider_unavailable: {
    status: 503,
    title: 'Microsoft sign-in is not answering',
    happened: 'We could not reach Microsoft just now. Nothing is wrong with your account.',
    todo: 'Wait a minute, then try again. You will come back to the page that you wanted.',
    next: 'again',
    askForHelp: false,
  },
  app_credentials: {
    status: 500,
    title: 'This app is not set up correctly',
    happened: 'Microsoft did not accept this app. You cannot mend this yourself.',
    todo: 'Tell the people who run this app, and give them the number below.',
    next: 'again',
    askForHelp: true,
  },
  cookies_blocked: {
    status: 400,
    title: 'Your browser did not keep our cookie',
    happened: 'We cannot sign you in without a cookie, and your browser did not send ours back.',
    todo: 'Allow cookies for this site, then sign in again. In a private window, try an ordinary one.',
    next: 'again',
    askForHelp: false,
  },
  session_not_kept: {
    status: 400,
    title: 'Your browser does not keep you signed in',
    happened:
      'You signed in at Microsoft several times, but each time our cookie was gone right after.',
    todo: 'Allow cookies for this site, wait a minute, then sign in again.',
    next: 'again',
    askForHelp: true,
  },
  unknown: {
    status: 400,
    title: 'The sign-in did not work',
    happened: 'Something went wrong, and we do not know what.',
    todo: 'Try again. If it happens again, ask for help and give the number below.',
    next: 'again',
    askForHelp: true,
  },
} as const satisfies Record<SignInErrorCode, SignInErrorText>;

/** Whether `value` is one of our codes. */
export function isSignInErrorCode(value: unknown): value is SignInErrorCode {
  return typeof value === 'string' && Object.hasOwn(signInErrors, value);
}

/** What only the operator's log learns about a refusal: reasons and Microsoft's own numbers. */
export type FailureDetail = {
  /** Our reason in one stable word, such as `bad_signature` or `timeout`. */
  reason?: string;
  stage?: 'start' | 'callback' | 'metadata' | 'token' | 'keys' | 'id_token' | 'policy';
  /** The number of an `AADSTS…` error. */
  aadsts?: number;
  traceId?: string;
  correlationId?: string;
  /** The tenant that the verified ID token names: an organisation, not a person. */
  tenantId?: string;
};

/** A sign-in that is refused. `code` decides what the visitor reads, `detail` goes to the log. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly code: SignInErrorCode;
  readonly detail: FailureDetail;
  /** The account that was used, from verified claims: for the visitor's page, never the log. */
  readonly account: string | undefined;

  constructor(
    code: SignInErrorCode,
    detail: FailureDetail = {},
    account?: string,
    cause?: unknown,
  ) {
    super(`${code}${detail.reason ? `: ${detail.reason}` : ''}`, { cause });
    this.code = code;
    this.detail = detail;
    this.account = account;
  }
}
