import { aadstsErrors } from './aadsts-table';
import type { FailureDetail, SignInErrorCode } from './sign-in-error';

/** What OAuth's registered error values mean, which Microsoft sends beside its own number: the
 * page that the visitor reads, and one sentence for operators.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
export const oauthErrors: Readonly<Record<string, { code: SignInErrorCode; happened: string }>> = {
  access_denied: {
    code: 'access_denied',
    happened: 'The person, or a rule of the organisation, stopped the sign-in.',
  },
  consent_required: {
    code: 'consent_required',
    happened: 'The app is not approved yet.',
  },
  interaction_required: {
    code: 'interaction_required',
    happened: 'Microsoft must ask the person something.',
  },
  login_required: {
    code: 'interaction_required',
    happened: 'Nobody is signed in at Microsoft.',
  },
  account_selection_required: {
    code: 'account_not_here',
    happened: 'The person must choose another account.',
  },
  server_error: {
    code: 'server_error',
    happened: 'Microsoft met an error of its own.',
  },
  temporarily_unavailable: {
    code: 'provider_unavailable',
    happened: 'Microsoft is too busy for the moment.',
  },
  invalid_grant: {
    code: 'code_rejected',
    happened: 'The authorization code or its verifier was not accepted.',
  },
  invalid_client: {
    code: 'app_credentials',
    happened: 'The client secret or certificate was not accepted.',
  },
  unauthorized_client: {
    code: 'app_credentials',
    happened: 'The application is unknown, disabled or not allowed to do this.',
  },
  invalid_scope: {
    code: 'app_registration',
    happened: 'A scope is unknown or malformed.',
  },
  invalid_resource: {
    code: 'app_registration',
    happened: 'The resource does not exist or is not set up in this organisation.',
  },
  unsupported_response_type: {
    code: 'app_registration',
    happened: 'The registration does not allow this kind of answer.',
  },
  unsupported_grant_type: {
    code: 'app_registration',
    happened: 'The registration does not allow this kind of token request.',
  },
  invalid_request: {
    code: 'unknown',
    happened: 'Something in the request is missing or wrong; only the number tells what.',
  },
};

const errorByNumber = new Map(
  Object.entries(aadstsErrors).flatMap(([problem, { numbers, code }]) =>
    numbers.map((number) => [number, { problem, code }] as const),
  ),
);

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Microsoft's error number in `error_description`; the rest of that text is never used: whoever
 * makes a link to the callback chooses it. */
export function aadstsNumber(description: string | undefined): number | undefined {
  const digits = /^AADSTS(\d{4,8})\b/.exec(description ?? '')?.[1];
  return digits ? Number(digits) : undefined;
}

/** Turns an OAuth error answer of Microsoft into our code and what the log keeps of it. A number
 * that we do not know leaves the meaning of the OAuth error. Both choose the words of a page, and
 * no claim about the sign-in's security rests on them: Microsoft says that its numbers change. */
export function explainOAuthError(
  error: string | undefined,
  description: string | undefined,
): { code: SignInErrorCode; detail: FailureDetail } {
  const aadsts = aadstsNumber(description);
  const numbered = aadsts ? errorByNumber.get(aadsts) : undefined;
  const find = (label: string) =>
    new RegExp(`${label} ID: (${guid})\\b`, 'i').exec(description?.slice(0, 2000) ?? '')?.[1];
  const known = error !== undefined && Object.hasOwn(oauthErrors, error) ? error : undefined;
  const traceId = find('Trace');
  const correlationId = find('Correlation');
  return {
    code: numbered?.code ?? oauthErrors[known ?? '']?.code ?? 'unknown',
    detail: {
      reason: known ?? 'other_error',
      ...(aadsts && { aadsts }),
      ...(numbered && { problem: numbered.problem }),
      ...(traceId && { traceId }),
      ...(correlationId && { correlationId }),
    },
  };
}
