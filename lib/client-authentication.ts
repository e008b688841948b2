import { explainOAuthError } from './aadsts';
import type { CredentialKind } from './credential';

/** What a token request carries to prove who asks (RFC 6749 §2.3.1, RFC 7523 §2.2). */
export type ClientProof =
  | { client_secret: string }
  | { client_assertion_type: string; client_assertion: string };

/** One credential, ready to use. */
export type ClientProver = {
  kind: CredentialKind;
  /** Another one after every change of the credential. */
  version: string;
  /** @throws ConfigError where the credential cannot be used at the moment */
  prove(tokenEndpoint: string): Promise<ClientProof>;
};

/** The credential in use, and the one that is tried where Microsoft refuses it. */
export type Provers = { first: ClientProver; next?: ClientProver | undefined };

/** What the token endpoint answered. */
type TokenAnswer = { status: number; json: Record<string, unknown> };

/** Sends one token request, and a second one with the next credential where only the first is wrong.
 * @param tokenEndpoint its name, which assertions are made for
 * @throws ConfigError where the credential cannot be used, and whatever `send` throws */
export type Authenticate = (
  tokenEndpoint: string,
  send: (proof: ClientProof) => Promise<TokenAnswer>,
) => Promise<TokenAnswer>;

const tellAgainSeconds = 60 * 60;

/** The application is unknown or disabled: no credential mends that. */
const notOfCredentials = [700016, 7000112];

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Whether the credential is at fault, and nothing else (RFC 6749 §5.2). */
function isCredentialRefused({ status, json }: TokenAnswer): boolean {
  if (status === 200 || json.error !== 'invalid_client') return false;
  const { detail } = explainOAuthError(text(json.error), text(json.error_description));
  return !notOfCredentials.includes(detail.aadsts ?? 0);
}

/** The client is authenticated before its code is looked at (RFC 6749 §4.1.3). */
const isCredentialAccepted = ({ status, json }: TokenAnswer) =>
  status === 200 || json.error === 'invalid_grant';

/** Proves who asks. While two credentials overlap, the one that Microsoft accepted last goes first,
 * until the first changes. A code survives a refused client: it is not looked at before (RFC 6749
 * §4.1.3); Microsoft does not document it.
 * @param provers asked anew for every request: files change while the app runs
 * @param tell of each change, at most once an hour, however many requests meet it */
export function createClientAuthentication(
  provers: () => Provers,
  now: () => number,
  tell: (from: CredentialKind, to: CredentialKind) => void,
): Authenticate {
  /** The version of the first that was refused; the next one is in use meanwhile. */
  let refused: string | undefined;
  const told = new Map<string, number>();

  function change(from: ClientProver, to: ClientProver, isBack: boolean): void {
    refused = isBack ? undefined : from.version;
    const name = `${from.kind} ${to.kind}`;
    if (now() - (told.get(name) ?? Number.NEGATIVE_INFINITY) < tellAgainSeconds) return;
    told.set(name, now());
    tell(from.kind, to.kind);
  }

  return async (tokenEndpoint, send) => {
    const { first, next } = provers();
    const isBack = next !== undefined && refused === first.version;
    const active = isBack ? next : first;
    const other = isBack ? first : next;
    const own = await active.prove(tokenEndpoint).catch((error) => {
      if (!isBack) throw error;
    });
    if (!own) {
      // The next one is gone, and nothing was sent: the first may be accepted by now.
      const answer = await send(await first.prove(tokenEndpoint));
      if (isCredentialAccepted(answer)) change(active, first, isBack);
      return answer;
    }
    const answer = await send(own);
    if (!other || !isCredentialRefused(answer)) return answer;
    const proof = await other.prove(tokenEndpoint).catch(() => undefined); // told where it is made
    const second = proof && (await send(proof));
    if (!second || !isCredentialAccepted(second)) return answer;
    change(active, other, isBack);
    return second;
  };
}
