import type { FailureDetail, SignInErrorCode } from './sign-in-error';

/** Microsoft's numbers that change what we say. All others follow the OAuth error beside them.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const codeByNumber: Record<number, SignInErrorCode> = {
  50055: 'interaction_required', // the password is expired
  50072: 'interaction_required', // multi-factor authentication must be set up
  50074: 'interaction_required', // multi-factor authentication is needed
  50076: 'interaction_required', // the same, by a policy
  50078: 'interaction_required', // the last one was too long ago
  50079: 'interaction_required', // it must be set up
  50105: 'not_assigned', // the person is not assigned to the application
  53000: 'blocked_by_policy', // Conditional Access: the device is not compliant
  53001: 'blocked_by_policy', // the device is not joined to the domain
  53002: 'blocked_by_policy', // the client is not an approved one
  53003: 'blocked_by_policy', // blocked, whatever the reason
  65001: 'consent_required', // nobody has consented
  65004: 'access_denied', // the person declined consent
  90094: 'consent_required', // an administrator must consent
  700016: 'app_credentials', // the application is unknown in the tenant
  7000215: 'app_credentials', // wrong client secret
  7000222: 'app_credentials', // expired client secret
};

/** OAuth's registered error values, which Microsoft sends beside its own number.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
const codeByOAuthError: Record<string, SignInErrorCode> = {
  access_denied: 'access_denied',
  consent_required: 'consent_required',
  interaction_required: 'interaction_required',
  login_required: 'interaction_required',
  server_error: 'server_error',
  temporarily_unavailable: 'provider_unavailable',
  invalid_grant: 'code_rejected',
  invalid_client: 'app_credentials',
  unauthorized_client: 'app_credentials',
};

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Microsoft's error number in `error_description`; the rest of that text is never used: whoever
 * makes a link to the callback chooses it. */
export function aadstsNumber(description: string | undefined): number | undefined {
  const digits = /^AADSTS(\d{4,8})\b/.exec(description ?? '')?.[1];
  return digits ? Number(digits) : undefined;
}

/** Turns an OAuth error answer of Microsoft into our code and what the log keeps of it. */
export function explainOAuthError(
  error: string | undefined,
  description: string | undefined,
): { code: SignInErrorCode; detail: FailureDetail } {
  const aadsts = aadstsNumber(description);
  const find = (label: string) =>
    new RegExp(`${label} ID: (${guid})`, 'i').exec(description?.slice(0, 2000) ?? '')?.[1];
  const known = error && Object.hasOwn(codeByOAuthError, error) ? error : undefined;
  const traceId = find('Trace');
  const correlationId = find('Correlation');
  return {
    code: (aadsts && codeByNumber[aadsts]) || (known && codeByOAuthError[known]) || 'unknown',
    detail: {
      reason: known ?? 'other_error',
      ...(aadsts && { aadsts }),
      ...(traceId && { traceId }),
      ...(correlationId && { correlationId }),
    },
  };
}
