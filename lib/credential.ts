import type { ConfigProblem } from './config-problem';

/** What the app proves with that it is the registered application. Two kinds are secrets, so that the
 * log can tell them apart. */
export type Credential =
  | { kind: 'certificate'; path: string }
  | { kind: 'secret'; secret: string; expiresAtSeconds?: number }
  | { kind: 'next_secret'; secret: string }
  /** `clientId` is the identity's, not the app's. */
  | { kind: 'managed_identity'; clientId: string }
  | { kind: 'federated_token_file'; path: string }
  /** Its token comes with each request that Vercel runs. */
  | { kind: 'vercel' };

/** What people call it, as a sentence begins. */
export const credentialNames: Readonly<Record<Credential['kind'], string>> = {
  secret: 'Client secret',
  next_secret: 'Next client secret',
  certificate: 'Certificate',
  managed_identity: 'Managed identity',
  federated_token_file: 'Federated token file',
  vercel: 'Token of Vercel',
};

/** In words of the log. The certificate before the latest change of its file has no setting. */
export type CredentialKind = Credential['kind'] | 'previous_certificate';

/** The one in use, and for a rotation the one that takes over where Microsoft refuses it. */
export type Credentials = { credential: Credential; nextCredential?: Credential };

/** The variables of credentials, once each of them is read. */
type Values = {
  AZURE_CLIENT_CERTIFICATE_PATH?: string | undefined;
  AZURE_CLIENT_SECRET?: string | undefined;
  AZURE_CLIENT_SECRET_NEXT?: string | undefined;
  AZURE_CLIENT_SECRET_EXPIRES?: number | undefined;
  AZURE_MANAGED_IDENTITY_CLIENT_ID?: string | undefined;
  AZURE_FEDERATED_TOKEN_FILE?: string | undefined;
  AZURE_CREDENTIAL_OVERLAP: boolean;
  VERCEL: boolean;
};

/** What operators write themselves, in the order in which it counts: decision 0017. */
const chosen = {
  AZURE_CLIENT_CERTIFICATE_PATH: 'the certificate',
  AZURE_CLIENT_SECRET: 'the secret',
  AZURE_CLIENT_SECRET_NEXT: 'the next secret',
  AZURE_MANAGED_IDENTITY_CLIENT_ID: 'the managed identity',
} as const;
type Chosen = keyof typeof chosen;
const chosenNames = Object.keys(chosen) as Chosen[];

/** Which variables hold anything, right or wrong. */
export type IsSet = (name: Chosen | 'AZURE_FEDERATED_TOKEN_FILE' | 'VERCEL') => boolean;

const none = [
  'is not set, and neither is another credential. Set one of:',
  ...['AZURE_CLIENT_CERTIFICATE_PATH, AZURE_CLIENT_SECRET, AZURE_MANAGED_IDENTITY_CLIENT_ID or'],
  'AZURE_FEDERATED_TOKEN_FILE; Vercel brings its own.',
].join(' ');

/** Exactly one is active: what operators write counts before what platforms put there, and two of
 * theirs need a word that it is meant. @param isOverlap whether that word is there */
export function credentialProblem(isSet: IsSet, isOverlap: boolean): ConfigProblem | undefined {
  const [first, second, third] = chosenNames.filter(isSet);
  const hasNext = isSet('AZURE_CLIENT_SECRET_NEXT');
  if (hasNext && !isSet('AZURE_CLIENT_SECRET')) {
    const problem = 'is not set, but AZURE_CLIENT_SECRET_NEXT is: a next secret follows a first.';
    return { variable: 'AZURE_CLIENT_SECRET', code: 'missing', problem };
  }
  if (first && second && third) {
    const problem = `is set, and so are ${first} and ${second}: two credentials may overlap, not three. Unset one.`;
    return { variable: third, code: 'two_credentials', problem };
  }
  if (first && second && !hasNext && !isOverlap) {
    const problem = `is set although ${first} is, too. Unset ${second} to use ${chosen[first]}, or ${first} to use ${chosen[second]}; while you go from one to the other, set AZURE_CREDENTIAL_OVERLAP=true.`;
    return { variable: second, code: 'two_credentials', problem };
  }
  if (first || isSet('AZURE_FEDERATED_TOKEN_FILE') || isSet('VERCEL')) return undefined;
  return { variable: 'AZURE_CLIENT_SECRET', code: 'missing', problem: none };
}

/** All that are there, in the order in which they count. */
function candidates(values: Values): Credential[] {
  const {
    AZURE_CLIENT_CERTIFICATE_PATH: certificatePath,
    AZURE_CLIENT_SECRET: secret,
    AZURE_CLIENT_SECRET_NEXT: nextSecret,
    AZURE_CLIENT_SECRET_EXPIRES: expiresAtSeconds,
    AZURE_MANAGED_IDENTITY_CLIENT_ID: clientId,
    AZURE_FEDERATED_TOKEN_FILE: tokenPath,
  } = values;
  const expires = expiresAtSeconds === undefined ? {} : { expiresAtSeconds };
  const all: (Credential | undefined)[] = [
    certificatePath ? { kind: 'certificate', path: certificatePath } : undefined,
    secret ? { kind: 'secret', secret, ...expires } : undefined,
    nextSecret ? { kind: 'next_secret', secret: nextSecret } : undefined,
    clientId ? { kind: 'managed_identity', clientId } : undefined,
    tokenPath ? { kind: 'federated_token_file', path: tokenPath } : undefined,
    values.VERCEL ? { kind: 'vercel' } : undefined,
  ];
  return all.filter((one) => one !== undefined);
}

/** Chooses among values of which `credentialProblem` has none to tell. */
export function chooseCredentials(values: Values): Credentials {
  const [credential, second] = candidates(values);
  if (!credential) throw new TypeError('no credential');
  const overlaps = values.AZURE_CREDENTIAL_OVERLAP || second?.kind === 'next_secret';
  return { credential, ...(overlaps && second && { nextCredential: second }) };
}
