import { createHash } from 'node:crypto';
import type { Trace } from '../../../lib/flight';
import { identityFromClaims } from '../../../lib/identity';
import { createSession } from '../../../lib/session-token';
import { type Flight, flightStore } from '../../../setup/flights/flights';
import { recordSignIn } from '../../../setup/flights/recorder';
import { toldSteps } from '../../../setup/flights/steps';
import { clientId, nonce, now, rules } from '../id-token-builder';
import { body, createSignIn, redeem } from '../transport-sign-in';

export const verifier = body().get('code_verifier') ?? '';
export const challenge = createHash('sha256').update(verifier).digest('base64url');
export const authorizationUrl = (more: Record<string, string> = {}) =>
  new URL(
    `https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: clientId,
      scope: 'openid profile email',
      redirect_uri: 'https://app.example.com/authorization-code/callback',
      state: 'the-state-of-this-flow',
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      login_hint: 'ada@contoso.example',
      ...more,
    })}`,
  );
export const answer = (more: Record<string, string> = {}) =>
  new URLSearchParams({ code: 'the-code', state: 'the-state-of-this-flow', ...more });

export const recorded = () => flightStore.flights.at(-1) as Flight;
/** What a step says of a parameter or field. */
export function told(title: string, name: string): string | undefined {
  const step = toldSteps(recorded()).find((one) => one.title === title);
  const fact = step?.facts.find((one) => one.name === name);
  return fact && [fact.value, fact.says].filter(Boolean).join(', ');
}

/** A sign-in as lib/sign-in.ts runs it, through the real transport. */
export async function fly(tokenAnswer: unknown, trace: Trace, status = 200): Promise<void> {
  trace({ step: 'request', flow: 'flow-1', url: authorizationUrl() });
  const onReturn = recordSignIn('flow-1');
  onReturn({ step: 'answer', parameters: answer() });
  const { transport, attempt } = createSignIn(tokenAnswer, status, { nonce, trace: onReturn });
  try {
    await redeem(transport);
    if (!attempt.claims) throw new Error('no claims');
    const identity = identityFromClaims(attempt.claims);
    onReturn({ step: 'policy', identity, refusal: undefined });
    const session = createSession(identity, now, rules);
    onReturn({ step: 'session', session, cookie: 'the-sealed-cookie' });
  } catch (error) {
    onReturn({ step: 'refused', error, incidentId: '1a2b3c4d' });
  }
}
