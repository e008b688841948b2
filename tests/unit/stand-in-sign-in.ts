import { createAuthority } from '../../lib/authority';
import { createClientAuthentication } from '../../lib/client-authentication';
import { createProvers } from '../../lib/client-prover';
import type { ConfigProblem } from '../../lib/config-problem';
import type { Credentials } from '../../lib/credential';
import { createProvider } from '../../lib/provider-metadata';
import { SignInError } from '../../lib/sign-in-error';
import { type Attempt, callbackPath, createTransport } from '../../lib/transport';
import { type Entra, VERIFIER, Visitor } from './entra-local/visitor';
import { rules } from './id-token-builder';

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** One app before the stand-in: what its operator configured, and what became of it. */
export function createApp(
  entra: Entra,
  credentials: Credentials,
  { now = nowSeconds, vercelToken = (): string | undefined => undefined } = {},
) {
  const { registration, originUrl } = entra.entra;
  const authority = createAuthority('common', originUrl);
  const config = {
    ...{ origin: 'http://localhost:3000', clientId: registration.clientId, authority, ...rules },
    ...{ redisUrl: undefined, trustedProxyHops: 0, shutdownDelaySeconds: 0, secrets: [] },
    ...{ demo: true, ...credentials },
  };
  const fallbacks: string[] = [];
  const problems: ConfigProblem[] = [];
  const state = {
    now,
    intercept: undefined as ((url: string) => Response | undefined) | undefined,
  };
  const clock = () => state.now();
  const onProblem = (problem: ConfigProblem) => problems.push(problem);
  const authenticate = createClientAuthentication(
    createProvers(config, { now: clock, vercelToken, onProblem }),
    clock,
    (from, to) => fallbacks.push(`${from} > ${to}`),
  );
  let tokenRequests = 0;
  const fetch = async (url: string, init: RequestInit) => {
    if (url.endsWith('/token')) {
      tokenRequests += 1;
      const answer = state.intercept?.(url);
      if (answer) return answer;
    }
    return entra.handle(new Request(url, init));
  };
  const provider = createProvider(authority, fetch, nowSeconds, () => {});

  /** Signs Ada in. @returns `signed in`, or the refusal's code and number or reason; and after how
   * many token requests */
  async function signIn(): Promise<string> {
    const code = (await new Visitor(entra).signIn('ada@contoso.example')).get('code') ?? '';
    tokenRequests = 0;
    const attempt: Attempt = { nonce: 'n-1' };
    const transport = createTransport(config, provider, fetch, nowSeconds, attempt, authenticate);
    const { tokenEndpoint } = await provider.metadata();
    const redirect_uri = config.origin + callbackPath;
    const form = { grant_type: 'authorization_code', code, code_verifier: VERIFIER, redirect_uri };
    const outcome = await transport(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams(form),
    }).then(
      () => 'signed in',
      () => {
        const { failure } = attempt;
        if (!(failure instanceof SignInError)) return 'nothing known';
        return `${failure.code} ${failure.detail.aadsts ?? failure.detail.reason}`;
      },
    );
    return `${outcome}, ${tokenRequests}`;
  }
  return { signIn, fallbacks, problems, state };
}
