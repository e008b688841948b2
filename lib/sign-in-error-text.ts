import type { SignInErrorCode } from './sign-in-error';

/** Who can mend it: the visitor, an administrator of the visitor's organisation, whoever runs this
 * app, or Microsoft alone. */
export type Mender = 'you' | 'administrator' | 'operator' | 'microsoft';

/** The one thing to do next, which the page offers before all others. */
export type NextStep = 'try-again' | 'another-account' | 'admin-consent' | 'support-bundle';

/** What a visitor reads about one code: what happened, and what to do about it. */
export type SignInErrorText = {
  /** The HTTP status of the page. */
  status: 400 | 403 | 500 | 503;
  title: string;
  happened: string;
  todo: string;
  mendedBy: Mender;
  next: NextStep;
};

/** The one table of refusals. A code without a text is a type error. */
export const signInErrors = {
  access_denied: {
    status: 400,
    title: 'You cancelled the sign-in',
    happened: 'Sign-in was stopped at Microsoft before it was finished. Nothing has changed.',
    todo: 'Sign in again when you are ready, or use another account.',
    mendedBy: 'you',
    next: 'try-again',
  },
  consent_required: {
    status: 403,
    title: 'Your organisation has not approved this app yet',
    happened: 'Microsoft asks an administrator of your organisation to approve this app first.',
    todo: 'Ask your administrator to approve it, or sign in with another account.',
    mendedBy: 'administrator',
    next: 'admin-consent',
  },
  interaction_required: {
    status: 400,
    title: 'Microsoft needs something more from you',
    happened: 'Microsoft could not finish the sign-in without asking you something.',
    todo: 'Sign in again and follow what Microsoft shows you.',
    mendedBy: 'you',
    next: 'try-again',
  },
  not_assigned: {
    status: 403,
    title: 'You do not have access to this app yet',
    happened: 'Your organisation chooses who may use this app, and your account is not among them.',
    todo: 'Ask your administrator to give you access, or sign in with another account.',
    mendedBy: 'administrator',
    next: 'another-account',
  },
  account_not_here: {
    status: 403,
    title: 'This account cannot be used here',
    happened: 'Microsoft does not know it in the organisation that this app belongs to.',
    todo: 'Use another account, such as the one that your work or school gave you.',
    mendedBy: 'you',
    next: 'another-account',
  },
  account_blocked: {
    status: 403,
    title: 'Your account is locked or switched off',
    happened: 'Microsoft does not let this account sign in at the moment.',
    todo: 'If you tried several times, wait a while. If that does not help, ask your administrator.',
    mendedBy: 'administrator',
    next: 'another-account',
  },
  blocked_by_policy: {
    status: 403,
    title: 'Your organisation has blocked this sign-in',
    happened: 'A rule of your organisation forbids it for this device, place or account.',
    todo: 'Ask your administrator what the rule asks for, then sign in again.',
    mendedBy: 'administrator',
    next: 'try-again',
  },
  server_error: {
    status: 503,
    title: 'Microsoft could not sign you in',
    happened: 'Microsoft reported a problem on its side.',
    todo: 'Wait a minute, then try again.',
    mendedBy: 'microsoft',
    next: 'try-again',
  },
  tenant_not_allowed: {
    status: 403,
    title: 'Your organisation cannot use this app',
    happened: 'You signed in at Microsoft, but this app is only open to certain organisations.',
    todo: 'Use an account of an organisation that may come in, or ask for access for yours.',
    mendedBy: 'operator',
    next: 'another-account',
  },
  guest_not_allowed: {
    status: 403,
    title: 'Guests cannot use this app',
    happened:
      'You signed in at Microsoft as a guest of this organisation, but this app is only open to its own members.',
    todo: 'If you have an account of the organisation itself, use that one. Otherwise ask for access.',
    mendedBy: 'operator',
    next: 'another-account',
  },
  flow_missing: {
    status: 400,
    title: 'We could not match this sign-in to your browser',
    happened:
      'The sign-in was started in another browser or window, was already used, or your browser did not keep our cookie.',
    todo: 'Start again from here. If this comes back, allow cookies for this site.',
    mendedBy: 'you',
    next: 'try-again',
  },
  flow_expired: {
    status: 400,
    title: 'The sign-in took too long',
    happened: 'For your safety, a sign-in must be finished within 15 minutes.',
    todo: 'Start again. You will come back to the page that you wanted.',
    mendedBy: 'you',
    next: 'try-again',
  },
  flow_invalid: {
    status: 400,
    title: 'This sign-in cannot be used',
    happened: 'The answer that came back is incomplete or does not belong to your sign-in.',
    todo: 'Start again from here.',
    mendedBy: 'you',
    next: 'try-again',
  },
  code_rejected: {
    status: 400,
    title: 'This sign-in was already used or is too old',
    happened: 'Microsoft accepts each sign-in once, and only for a few minutes.',
    todo: 'Start again. You will come back to the page that you wanted.',
    mendedBy: 'you',
    next: 'try-again',
  },
  token_rejected: {
    status: 400,
    title: 'We could not verify this sign-in',
    happened: 'What we received did not pass our checks, so we did not sign you in.',
    todo: 'Try again. If it happens again, ask for help and give the details below.',
    mendedBy: 'operator',
    next: 'try-again',
  },
  provider_unavailable: {
    status: 503,
    title: 'Microsoft sign-in is not answering',
    happened: 'We could not reach Microsoft just now. Nothing is wrong with your account.',
    todo: 'Wait a minute, then try again. You will come back to the page that you wanted.',
    mendedBy: 'microsoft',
    next: 'try-again',
  },
  app_credentials: {
    status: 500,
    title: 'This app is not set up correctly',
    happened: 'Microsoft did not accept this app. Nothing is wrong with your account.',
    todo: 'Tell the people who run this app, and give them the details below.',
    mendedBy: 'operator',
    next: 'support-bundle',
  },
  app_registration: {
    status: 500,
    title: 'This app is not registered correctly',
    happened:
      'Microsoft did not accept what this app asked for. Nothing is wrong with your account.',
    todo: 'Tell the people who run this app, and give them the details below.',
    mendedBy: 'operator',
    next: 'support-bundle',
  },
  cookies_blocked: {
    status: 400,
    title: 'Your browser did not keep our cookie',
    happened: 'We cannot sign you in without a cookie, and your browser did not send ours back.',
    todo: 'Allow cookies for this site, then sign in again. In a private window, try an ordinary one.',
    mendedBy: 'you',
    next: 'try-again',
  },
  page_forbidden: {
    status: 403,
    title: 'Your account cannot open this page',
    happened: 'You are signed in, but this page is not open to your account.',
    todo: 'If you were given access just now, sign in again. If you need this page for your work, ask for access. If you have another account here, use that one.',
    mendedBy: 'operator',
    next: 'another-account',
  },
  not_confirmed: {
    status: 403,
    title: 'We could not confirm that it is you',
    happened:
      'This page asks you to show at Microsoft that it is really you. That did not happen this time. You are still signed in.',
    todo: 'Try again, and follow what Microsoft shows you to the end.',
    mendedBy: 'you',
    next: 'try-again',
  },
  revocations_unavailable: {
    status: 503,
    title: 'This page is closed for a moment',
    happened:
      'We cannot check just now which sessions were ended, and this page stays closed until we can. You are still signed in, and other pages are open.',
    todo: 'Wait a minute, then try again.',
    mendedBy: 'operator',
    next: 'try-again',
  },
  groups_unavailable: {
    status: 503,
    title: 'Microsoft could not tell us your groups',
    happened:
      'What you may open here depends on your groups, and Microsoft could not tell us just now which ones you are in.',
    todo: 'Wait a minute, then try again. If it happens again, ask for help and give the details below.',
    mendedBy: 'operator',
    next: 'try-again',
  },
  session_not_kept: {
    status: 400,
    title: 'Your browser does not keep you signed in',
    happened:
      'You signed in at Microsoft several times, but each time our cookie was gone right after.',
    todo: 'Allow cookies for this site, wait a minute, then sign in again.',
    mendedBy: 'you',
    next: 'try-again',
  },
  unknown: {
    status: 400,
    title: 'The sign-in did not work',
    happened: 'Something went wrong, and we do not know what.',
    todo: 'Try again. If it happens again, ask for help and give the details below.',
    mendedBy: 'operator',
    next: 'try-again',
  },
} as const satisfies Record<SignInErrorCode, SignInErrorText>;

/** Whether `value` is one of our codes. */
export function isSignInErrorCode(value: unknown): value is SignInErrorCode {
  return typeof value === 'string' && Object.hasOwn(signInErrors, value);
}
