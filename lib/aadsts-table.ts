import type { SignInErrorCode } from './sign-in-error';

/** What we know of some of Microsoft's error numbers, in our own words. Microsoft changes them
 * without notice, so they choose words for people and nothing else: no check rests on them. */
export type AadstsError = {
  numbers: readonly number[];
  /** What the visitor's page says, who mends it and the next step: see `signInErrors`. */
  code: SignInErrorCode;
  /** For operators: one sentence each. */
  happened: string;
  mend: string;
  /** Microsoft's page, where it is not its list of numbers; `reported`: it has none. */
  page?: string;
};

const article = 'https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/';

// Over 250 lines: one table, in which a number is looked up.

/** By the word that the log has for them.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const aadstsErrors: Readonly<Record<string, AadstsError>> = {
  not_signed_in: {
    numbers: [50058],
    code: 'interaction_required',
    happened: 'Nobody is signed in at Microsoft, and the request forbade asking.',
    mend: 'Sign in again; from a request with `prompt=none` this is a good answer.',
  },
  wrong_password: {
    numbers: [50126],
    code: 'interaction_required',
    happened: 'The user name or the password was wrong.',
    mend: 'Sign in again; a few of these are ordinary.',
  },
  password_expired: {
    numbers: [50055],
    code: 'interaction_required',
    happened: 'The person’s password is expired.',
    mend: 'Sign in again and choose a new password when Microsoft asks for it.',
  },
  second_factor_needed: {
    numbers: [50074, 50076, 50078],
    code: 'interaction_required',
    happened: 'The organisation asks for a second factor, and it was not given or is too old.',
    mend: 'Sign in again and follow what Microsoft shows.',
  },
  second_factor_not_set_up: {
    numbers: [50072, 50079],
    code: 'interaction_required',
    happened: 'The organisation asks for a second factor that the person has not set up.',
    mend: 'Sign in again and set it up when Microsoft asks for it.',
  },
  account_selection: {
    numbers: [16000],
    code: 'account_not_here',
    happened:
      'The chosen account is not known in this organisation, or cannot be used for this app.',
    mend: 'Use another account, or invite this one to the organisation.',
  },
  account_not_in_tenant: {
    numbers: [50020, 90072],
    code: 'account_not_here',
    happened: 'The account belongs to another organisation and was not invited to this one.',
    mend: 'Use another account or invite this one; if its organisation is listed, check the authority.',
    page: `${article}error-code-aadsts50020-user-account-identity-provider-does-not-exist`,
  },
  account_not_found: {
    numbers: [50034],
    code: 'account_not_here',
    happened: 'There is no such account in this organisation; the name may be mistyped.',
    mend: 'Check the name, use another account, or invite this one.',
  },
  organisation_not_found: {
    numbers: [50059, 50128],
    code: 'account_not_here',
    happened: 'Microsoft could not tell from the account which organisation it belongs to.',
    mend: 'Use another account; if every account fails, check AZURE_VALID_TENANT_IDS.',
  },
  personal_account: {
    numbers: [500200],
    code: 'account_not_here',
    happened: 'A personal Microsoft account was used, and the registration takes none.',
    mend: 'Use a work or school account, or change the supported account types.',
    page: 'reported',
  },
  account_locked: {
    numbers: [50053],
    code: 'account_blocked',
    happened: 'Too many wrong attempts locked the account, or they came from a suspicious address.',
    mend: 'Wait; an administrator finds the reason in the sign-in logs and can unblock the account.',
  },
  account_disabled: {
    numbers: [50057],
    code: 'account_blocked',
    happened: 'An administrator has disabled the account.',
    mend: 'An administrator can enable it again; until then another account is the only way.',
    page: `${article}error-code-aadsts50057-user-account-is-disabled`,
  },
  not_assigned: {
    numbers: [50105],
    code: 'not_assigned',
    happened:
      'The app asks for assignment, and neither the person nor a group of theirs is assigned.',
    mend: 'Assign the person under Enterprise applications, or switch “Assignment required” off.',
    page: `${article}error-code-aadsts50105-user-not-assigned-role`,
  },
  device_not_compliant: {
    numbers: [53000, 53001, 53002],
    code: 'blocked_by_policy',
    happened: 'Conditional Access asks for a managed device or an approved client.',
    mend: 'Use such a device; an administrator finds the policy in the sign-in logs.',
  },
  conditional_access: {
    numbers: [53003],
    code: 'blocked_by_policy',
    happened: 'A Conditional Access policy blocks this sign-in.',
    mend: 'An administrator finds the policy in the sign-in logs, by the correlation id.',
  },
  consent_missing: {
    numbers: [65001],
    code: 'consent_required',
    happened: 'Neither the person nor an administrator has approved the app.',
    mend: 'An administrator approves it; `/auth/approve` makes the link.',
  },
  admin_consent_needed: {
    numbers: [90094, 90095],
    code: 'consent_required',
    happened: 'The organisation lets only administrators approve apps.',
    mend: 'An administrator approves it; `/auth/approve` makes the link.',
  },
  service_not_enabled: {
    numbers: [650052],
    code: 'consent_required',
    happened: 'The app asks for a service that the organisation has not subscribed to or enabled.',
    mend: 'An administrator enables it and approves the app, or the app stops asking for it.',
  },
  consent_declined: {
    numbers: [65004],
    code: 'access_denied',
    happened: 'The person declined to let the app read their profile.',
    mend: 'Sign in again and accept.',
  },
  code_used: {
    numbers: [54005],
    code: 'code_rejected',
    happened: 'The authorization code was redeemed before.',
    mend: 'Sign in again; if it keeps happening, see that no proxy repeats the callback.',
  },
  code_expired: {
    numbers: [70000, 70008],
    code: 'code_rejected',
    happened: 'The authorization code is expired, revoked or damaged.',
    mend: 'Sign in again.',
  },
  service_fault: {
    numbers: [50000],
    code: 'server_error',
    happened: 'Microsoft could not issue a token.',
    mend: 'Try again; if it lasts, ask Microsoft’s support with the trace and correlation id.',
    page: `${article}error-code-aadsts50000-issuing-token-sign-in-service`,
  },
  service_unavailable: {
    numbers: [90006, 90033],
    code: 'provider_unavailable',
    happened: 'A service of Microsoft’s is not available for the moment.',
    mend: 'Wait a minute and try again.',
  },
  throttled: {
    numbers: [90055],
    code: 'provider_unavailable',
    happened: 'Microsoft received too many requests and refuses some.',
    mend: 'Wait a minute and try again; if it lasts, look for a loop of requests.',
  },
  secret_wrong: {
    numbers: [7000215],
    code: 'app_credentials',
    happened: 'The client secret is wrong; often it is the Secret ID instead of its Value.',
    mend: 'Put the Value of a secret of this registration into AZURE_CLIENT_SECRET and restart.',
  },
  secret_expired: {
    numbers: [7000222],
    code: 'app_credentials',
    happened: 'The client secret is expired. Nobody can sign in until it is replaced.',
    mend: 'Make a new one under Certificates & secrets, put it into AZURE_CLIENT_SECRET, restart.',
  },
  credential_missing: {
    numbers: [7000218],
    code: 'app_credentials',
    happened: 'The request reached Microsoft without a client secret or certificate.',
    mend: 'Set AZURE_CLIENT_SECRET; the redirect URI must be registered for the platform Web.',
    page: `${article}confidential-client-application-authentication-error-aadsts7000218`,
  },
  certificate_rejected: {
    numbers: [700027],
    code: 'app_credentials',
    happened: 'The signature does not fit any certificate of the registration.',
    mend: 'Upload the certificate of AZURE_CLIENT_CERTIFICATE_PATH to the registration.',
  },
  federation_refused: {
    numbers: [70021, 70025, 700211, 700212, 700213, 7002138],
    code: 'app_credentials',
    happened: 'No federated credential of the registration fits the token of the platform.',
    mend: 'Compare issuer, subject and audience under Federated credentials, each to the letter.',
    page: 'reported',
  },
  clock_skew: {
    numbers: [700024],
    code: 'app_credentials',
    happened: 'The time in the app’s signed proof is not Microsoft’s time.',
    mend: 'Set the clock of the server.',
    page: 'reported',
  },
  app_not_found: {
    numbers: [700016],
    code: 'app_credentials',
    happened: 'The directory has no application with this client id.',
    mend: 'Check AZURE_CLIENT_ID and the tenant; another organisation must approve the app first.',
  },
  app_disabled: {
    numbers: [7000112],
    code: 'app_credentials',
    happened: 'The application is disabled in the directory.',
    mend: 'An administrator enables it under Enterprise applications, Properties.',
    page: `${article}error-code-aadsts7000112-application-is-disabled`,
  },
  redirect_uri_not_registered: {
    numbers: [50011],
    code: 'app_registration',
    happened: 'The redirect URI is not registered; a slash, a letter’s case or http is enough.',
    mend: 'Register exactly AUTH_URL followed by /authorization-code/callback, platform Web.',
    page: `${article}error-code-aadsts50011-redirect-uri-mismatch`,
  },
  single_organisation_only: {
    numbers: [50194],
    code: 'app_registration',
    happened: 'Several organisations are listed, but the registration is for a single one.',
    mend: 'Change the supported account types, or list the one organisation alone.',
  },
  tenant_not_found: {
    numbers: [90002],
    code: 'app_registration',
    happened: 'There is no such tenant in this cloud.',
    mend: 'Check AZURE_VALID_TENANT_IDS and, if it is set, AZURE_ISSUER_URI.',
  },
  permission_not_configured: {
    numbers: [500011, 650056],
    code: 'app_registration',
    happened: 'The registration or the organisation lacks what the app asks permission for.',
    mend: 'Compare API permissions with what the app asks for, then have it approved again.',
    page: `${article}error-code-aadsts650056-misconfigured-app`,
  },
  wrong_platform: {
    numbers: [9002325, 9002327],
    code: 'app_registration',
    happened: 'The redirect URI is registered for the platform Single-page application.',
    mend: 'Remove it there and register it for the platform Web.',
    page: 'reported',
  },
};
