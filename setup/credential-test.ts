import { type Authority, cloudOf } from '../lib/authority';
import type { ClientProver } from '../lib/client-authentication';
import type { CredentialKind } from '../lib/credential';
import { aadstsOfJson } from './aadsts-answer';
import { ask, type Tools, type Unclear } from './ask';
import { type NoTenant, noTenantFrom } from './discovery-test';

/** What the app proves with that it is the registered application. */
export type Credential =
  | { kind: 'secret'; secret: string }
  | { kind: Exclude<CredentialKind, 'secret'>; prove: ClientProver['prove'] };

/** How what Microsoft says of a credential is to be read. */
const familyOf = ({ kind }: Credential): 'secret' | 'certificate' | 'federation' => {
  if (kind === 'secret' || kind === 'next_secret') return 'secret';
  return kind === 'certificate' || kind === 'previous_certificate' ? 'certificate' : 'federation';
};

/** Answers about a registered application: only one that exists gets them. */
const ofKnownApp = [
  ...(['accepted', 'secret_wrong', 'secret_expired', 'certificate_refused'] as const),
  ...(['certificate_time', 'app_disabled', 'public_client', 'blocked_by_policy'] as const),
  ...(['federation_refused', 'federation_time'] as const),
];
type KnownApp = (typeof ofKnownApp)[number];

/** What one tenant says of the app's credential. */
export type CredentialVerdict =
  | Unclear
  | NoTenant
  | { [Kind in ToldKind]: { kind: Kind } }[ToldKind];

type ToldKind = KnownApp | OtherKind | 'certificate_unusable' | 'federation_unavailable';
type OtherKind = 'app_unknown' | 'credential_missing' | 'network_policy';

/** Whether a tenant's answer proves that the application exists. */
export const isKnownApp = ({ kind }: CredentialVerdict): boolean =>
  ofKnownApp.some((known) => known === kind);

/** Most meanings: https://learn.microsoft.com/entra/identity-platform/reference-error-codes. What that
 * page does not have, or gives another meaning, is what people report: 7000216, 700021, 700023,
 * 700024 and those of federated credentials but 70021. */
const kindByNumber: Readonly<Record<number, KnownApp | OtherKind>> = {
  70001: 'app_disabled',
  70002: 'secret_wrong',
  70021: 'federation_refused',
  70025: 'federation_refused',
  500021: 'network_policy',
  500022: 'network_policy',
  700011: 'app_unknown',
  700016: 'app_unknown',
  700021: 'certificate_refused',
  700023: 'certificate_refused',
  700024: 'certificate_time',
  700025: 'public_client',
  700027: 'certificate_refused',
  700030: 'certificate_refused',
  700211: 'federation_refused',
  700212: 'federation_refused',
  700213: 'federation_refused',
  7000112: 'app_disabled',
  7000215: 'secret_wrong',
  7000216: 'credential_missing',
  7000218: 'credential_missing',
  7000222: 'secret_expired',
  7002137: 'federation_refused',
  7002138: 'federation_refused',
};

/** Conditional Access and security defaults: 53000 to 53011, 530032, 530035. */
const isPolicy = (aadsts: number) => /^530\d{2,3}$/.test(String(aadsts));

/** Of what a platform signed, the same numbers say something else. */
const federatedKinds: Readonly<Record<string, KnownApp>> = {
  certificate_refused: 'federation_refused',
  certificate_time: 'federation_time',
};

/** A number about another kind of credential than ours has another meaning here. */
function verdictOf(aadsts: number | undefined, credential: Credential): CredentialVerdict {
  if (aadsts === undefined) return { kind: 'unknown', aadsts };
  if (isPolicy(aadsts)) return { kind: 'blocked_by_policy' };
  const family = familyOf(credential);
  const known = kindByNumber[aadsts];
  const kind = (family === 'federation' && federatedKinds[known ?? '']) || known;
  const others = ['secret_', 'certificate_', 'federation_'].filter((one) => one !== `${family}_`);
  if (others.some((other) => kind?.startsWith(other))) return { kind: 'unknown', aadsts };
  return kind ? { kind } : (noTenantFrom(aadsts) ?? { kind: 'unknown', aadsts });
}

async function bodyFrom(
  { clientId, credential, authority }: CredentialTest,
  tokenEndpoint: string,
) {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    scope: cloudOf(authority).graphScope,
    ...(credential.kind === 'secret'
      ? { client_secret: credential.secret }
      : await credential.prove(tokenEndpoint)),
  });
}

/** Tries the credential at a tenant's own token endpoint, which needs no permission in Graph; `common`
 * has none for this. The token in a good answer is dropped unseen.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export async function testCredential(
  tenantId: string,
  test: CredentialTest,
  { fetch }: Tools,
): Promise<CredentialVerdict> {
  const { credential, authority } = test;
  const path = `/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
  let body: URLSearchParams;
  try {
    // An assertion is made for the endpoint's name, not for the place that it is reached at.
    body = await bodyFrom(test, authority.origin + path);
  } catch {
    const isFederated = familyOf(credential) === 'federation';
    return { kind: isFederated ? 'federation_unavailable' : 'certificate_unusable' };
  }
  const headers = { accept: 'application/json' };
  const url = authority.locationOrigin + path;
  const asked = await ask(fetch, url, { method: 'POST', headers, body });
  if (asked.kind === 'network') return asked;
  const { status, json } = asked.answer;
  if (status !== 200) return verdictOf(aadstsOfJson(json), credential);
  const hasToken = typeof json?.access_token === 'string' && json.access_token !== '';
  return hasToken ? { kind: 'accepted' } : { kind: 'unknown', aadsts: aadstsOfJson(json) };
}

export type CredentialTest = { clientId: string; credential: Credential; authority: Authority };
