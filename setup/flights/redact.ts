import { isGuid } from '../../lib/authority';
import type { Step } from '../../lib/flight';
import { SignInError } from '../../lib/sign-in-error';
import { compare, digest, factsOf, idTokenFacts, lengthOf, sessionFacts, wordOf } from './facts';
import type { Entry, Fact } from './flights';

/** What a step is redacted with. */
export type Redaction = {
  /** Digests of earlier steps of the same sign-in; a step adds its own. */
  marks: Map<string, string>;
  atMs: number;
  /** When a copy of metadata or of a key was used for the first time, in ms. */
  firstUsed: (copy: object) => number;
};

type StepOf<Name extends Step['step']> = Extract<Step, { step: Name }>;

function remember(marks: Map<string, string>, parameters: URLSearchParams, names: string[]): void {
  for (const name of names) {
    const value = parameters.get(name);
    if (value) marks.set(name, digest(value));
  }
}

function ageOf(copy: object, { atMs, firstUsed }: Redaction): Fact {
  const seconds = Math.round((atMs - firstUsed(copy)) / 1000);
  const isNew = firstUsed(copy) === atMs;
  return { name: 'this copy', says: isNew ? 'new: just fetched' : `in memory for ${seconds} s` };
}

function tokenRequestFacts({ url, body }: StepOf<'token_request'>, marks: Redaction['marks']) {
  const facts = factsOf(body);
  const value = (name: string) => body.get(name) ?? '';
  compare(facts, 'code', value('code'), marks.get('code'), 'answer');
  compare(facts, 'redirect_uri', value('redirect_uri'), marks.get('redirect_uri'), 'request');
  // RFC 7636 §4.6: the digest of the verifier is the challenge.
  const challenge = digest(value('code_verifier'));
  compare(facts, 'code_verifier', challenge, marks.get('code_challenge'), 'request, once hashed');
  return [{ name: 'sent to', value: url }, ...facts];
}

/** By its name: `next dev` loads the recorder apart from the app, so it has a class of its own. */
const isSignInError = (error: unknown): error is SignInError =>
  error instanceof Error && error.name === 'SignInError' && 'code' in error && 'detail' in error;

function refusalOf({ error, incidentId }: StepOf<'refused'>) {
  const reason = error instanceof Error ? error.name : typeof error;
  const { code, detail } = isSignInError(error) ? error : new SignInError('unknown', { reason });
  const { stage, aadsts, problem, traceId, correlationId } = detail;
  const named = { stage, reason: detail.reason, AADSTS: aadsts, problem, traceId, correlationId };
  const facts = Object.entries({ incident: incidentId, code, ...named }).flatMap(
    ([name, value]): Fact[] => (value === undefined ? [] : [{ name, value: String(value) }]),
  );
  const known = { ...(stage && { stage }), ...(detail.reason && { reason: detail.reason }) };
  return { facts, code, ...known };
}

/** What is kept of a step: names, lengths, sameness and verdicts. Before it is kept, and not when
 * it is shown, so that no secret lies in memory longer than the sign-in needs it. */
export function redact(step: Step, redaction: Redaction): Entry {
  const { marks, atMs } = redaction;
  switch (step.step) {
    case 'request': {
      const { searchParams, origin, pathname } = step.url;
      remember(marks, searchParams, ['state', 'redirect_uri', 'code_challenge']);
      const facts = [{ name: 'sent to', value: origin + pathname }, ...factsOf(searchParams)];
      return { step: step.step, atMs, facts };
    }
    case 'answer': {
      remember(marks, step.parameters, ['code']);
      const facts = factsOf(step.parameters);
      const state = step.parameters.get('state') ?? '';
      compare(facts, 'state', state, marks.get('state'), 'request');
      return { step: step.step, atMs, facts };
    }
    case 'metadata': {
      const urls = Object.entries(step.metadata).map(([name, value]) => ({ name, value }));
      return { step: step.step, atMs, facts: [ageOf(step.metadata, redaction), ...urls] };
    }
    case 'token_request':
      return { step: step.step, atMs, facts: tokenRequestFacts(step, marks) };
    case 'token_answer': {
      const { status, json } = step;
      const facts = [{ name: 'status', value: `${status}` }, ...factsOf(Object.entries(json))];
      const parts = 'id_token' in json ? idTokenFacts(json.id_token) : [];
      const at = facts.findIndex(({ name }) => name === 'id_token') + 1;
      return { step: step.step, atMs, facts: facts.toSpliced(at, 0, ...parts) };
    }
    case 'keys': {
      const keys = step.keys
        .slice(0, 5)
        .flatMap((key) => [
          { name: 'signs for', says: key.issuer ?? 'any tenant: it does not say' },
          ageOf(key, redaction),
        ]);
      const asked = { name: 'kid in the token', says: wordOf(step.kid) };
      const found = { name: 'keys that fit', says: String(step.keys.length) };
      return { step: step.step, atMs, facts: [asked, found, ...keys] };
    }
    case 'passed':
      return { step: step.step, atMs, facts: [], check: step.check };
    case 'policy': {
      const { tenantId } = step.identity;
      const tenant = isGuid(tenantId) ? { value: tenantId } : { says: 'no tenant id' };
      const facts = [{ name: 'tenant', ...tenant }];
      return { step: step.step, atMs, facts, ...(step.refusal && { refusal: step.refusal }) };
    }
    case 'session': {
      const cookie = { name: 'sealed into', says: `one cookie of ${lengthOf(step.cookie)}` };
      return { step: step.step, atMs, facts: [...sessionFacts(step.session), cookie] };
    }
    case 'refused':
      return { step: step.step, atMs, ...refusalOf(step) };
  }
}
