import { expect, test } from '@playwright/test';
import { recorderPlace, traceSignIn } from '../../../lib/flight';
import { SignInError } from '../../../lib/sign-in-error';
import { flightStore, mostEntries, mostFlights } from '../../../setup/flights/flights';
import { installRecorder, recordSignIn } from '../../../setup/flights/recorder';
import { outcomeOf, toldSteps } from '../../../setup/flights/steps';
import { accessToken, claimsOf, clientId, contoso, nonce, objectId } from '../id-token-builder';
import { answerOf, other } from '../transport-sign-in';
import { answer, authorizationUrl, challenge, fly, recorded, told, verifier } from './flying';

test.beforeEach(() => {
  flightStore.flights.length = 0;
});

test('a sign-in is told from the request to the session, and every check with it', async () => {
  await fly(await answerOf(), recordSignIn());
  expect(flightStore.flights).toHaveLength(1);
  expect(outcomeOf(recorded())).toBe('signed in');
  expect(toldSteps(recorded()).map(({ title, verdict }) => [title, verdict])).toEqual([
    ['Authorization request', undefined],
    ['Answer at the callback', undefined],
    ['Token request', undefined],
    ['Token answer', undefined],
    ['Signing keys', undefined],
    ['Checks of the ID token', 'Passed'],
    ['Who may come in', 'Passed'],
    ['Session', undefined],
  ]);
  expect(told('Authorization request', 'client_id')).toBe(clientId);
  expect(told('Authorization request', 'nonce')).toBe('22 characters');
  expect(told('Answer at the callback', 'state')).toBe('22 characters, the same as in the request');
  expect(told('Token request', 'code')).toBe('8 characters, the same as in the answer');
  expect(told('Token request', 'code_verifier')).toBe(
    '12 characters, the same as in the request, once hashed',
  );
  expect(told('Token answer', 'its claims')).toMatch(/^iss, aud, sub, tid, oid, /);
  expect(told('Who may come in', 'tenant')).toBe(contoso);
  expect(told('Session', 'holds')).toContain('identity.objectId');
});

test('nothing that is kept of a sign-in is a secret or says anything about a person', async () => {
  const tokens = await answerOf(claimsOf({ email: 'ada@work.example', sid: 'the-session-there' }));
  await fly({ ...tokens, refresh_token: 'the-refresh-token' }, recordSignIn());
  await fly(await answerOf(claimsOf(), other), recordSignIn());
  await fly({ error: 'invalid_grant', error_description: 'Ada Lovelace' }, recordSignIn(), 400);
  const kept = JSON.stringify(
    flightStore.flights.map((one) => ({ ...one, marks: [...one.marks] })),
  );
  expect(kept).toContain('refresh_token');
  const claims = claimsOf();
  for (const secret of [
    ...['the-code', verifier, challenge, 'the-state-of-this-flow', nonce, 'the-sealed-cookie'],
    ...[tokens.id_token, accessToken, 'the-refresh-token', 'aWQ6c2VjcmV0'],
    ...[...tokens.id_token.split('.')],
    ...[objectId, String(claims.sub), 'Lovelace', 'ada@', 'the-session-there'],
  ]) {
    expect(kept).not.toContain(secret);
  }
});

test.describe('a value where it does not belong is told by its length', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiIxIn0.c2lnbmF0dXJl';
  const code = '0.AXoAf1xPzQ-secret_code';
  for (const [name, value] of [
    ...['client_id', 'scope', 'prompt', 'claims', 'error', 'response_mode'].map(
      (name) => [name, jwt] as const,
    ),
    ...['redirect_uri', 'scope'].map((name) => [name, `https://app.example.com/${code}`] as const),
    ...[
      ['correlation_id', code] as const,
      ['max_age', code] as const,
      ['__proto__', code] as const,
    ],
    ...[['constructor', code] as const, ['error_description', code] as const],
    ...[[code, 'x'] as const, [jwt, ''] as const],
  ]) {
    test(`${name}=${value.slice(0, 12)}`, () => {
      recordSignIn()({ step: 'answer', parameters: new URLSearchParams([[name, value]]) });
      const kept = JSON.stringify(recorded().entries);
      expect(kept).toMatch(/\d+ characters?/);
      expect(kept).not.toContain(code);
      expect(kept).not.toContain(jwt);
    });
  }
});

test('an answer that is not the one to the request is told from it', () => {
  const trace = recordSignIn();
  trace({ step: 'request', flow: 'flow-1', url: authorizationUrl() });
  trace({ step: 'answer', parameters: answer({ state: 'the-state-of-another-one' }) });
  trace({
    step: 'token_request',
    url: 'https://login.microsoftonline.com/token',
    body: new URLSearchParams({ code: 'another-code', code_verifier: 'another-verifier' }),
  });
  expect(told('Answer at the callback', 'state')).toBe('24 characters, not the one of the request');
  expect(told('Token request', 'code')).toBe('12 characters, not the one of the answer');
  expect(told('Token request', 'code_verifier')).toContain('not the one of the request');
  recordSignIn('unknown')({ step: 'answer', parameters: answer() });
  expect(told('Answer at the callback', 'state')).toContain('nothing on record');
});

test('metadata and keys are told as new once, and then as kept in memory', () => {
  const metadata = {
    authorizationEndpoint: 'https://login.example/a',
    tokenEndpoint: 'https://login.example/t',
    endSessionEndpoint: 'https://login.example/e',
    jwksUri: 'https://login.example/k',
  };
  for (const [nowMs, says] of [
    [1_000, 'new: just fetched'],
    [43_000, 'in memory for 42 s'],
  ] as const) {
    recordSignIn(undefined, () => nowMs)({ step: 'metadata', metadata });
    expect(told('Metadata', 'this copy')).toBe(says);
  }
});

test('only the newest sign-ins are kept, and of each only so many steps', () => {
  for (let count = 0; count < mostFlights + 5; count += 1) {
    recordSignIn()({ step: 'request', flow: `flow-${count}`, url: authorizationUrl() });
  }
  expect(flightStore.flights).toHaveLength(mostFlights);
  expect(recorded().flow).toBe(`flow-${mostFlights + 4}`);
  for (let count = 0; count < mostEntries + 5; count += 1) {
    recordSignIn(`flow-${mostFlights}`)({ step: 'answer', parameters: answer() });
  }
  expect(flightStore.flights).toHaveLength(mostFlights);
  expect(flightStore.flights.map(({ entries }) => entries.length)).toContain(mostEntries);
  expect(Math.max(...flightStore.flights.map(({ entries }) => entries.length))).toBe(mostEntries);
});

test('what cannot be recorded stops nobody from signing in', () => {
  const trace = recordSignIn();
  expect(() => trace({ step: 'metadata', metadata: null as never })).not.toThrow();
  trace({ step: 'refused', error: new SignInError('unknown'), incidentId: '1a2b3c4d' });
  expect(outcomeOf(recorded())).toBe('refused, unknown');
});

test('a refusal is told by its code, though the app has a copy of its own of the class', () => {
  const detail = { stage: 'token', reason: 'other_error', aadsts: 7000222 };
  const named = { name: 'SignInError', code: 'app_credentials', detail };
  const error = Object.assign(new Error('secret'), named);
  recordSignIn()({ step: 'refused', error, incidentId: '1a2b3c4d' });
  expect(outcomeOf(recorded())).toBe('refused, app_credentials');
  expect(told('Refused', 'AADSTS')).toBe('7000222');
  expect(told('Refused', 'incident')).toBe('1a2b3c4d');
});

test('nobody listens to a sign-in but in development', () => {
  const { NODE_ENV } = process.env;
  installRecorder();
  try {
    for (const [env, listens] of [
      ['production', false],
      ['test', false],
      ['development', true],
    ] as const) {
      Object.assign(process.env, { NODE_ENV: env });
      expect(traceSignIn('flow-1') !== undefined, env).toBe(listens);
    }
  } finally {
    Object.assign(process.env, { NODE_ENV });
    if (NODE_ENV === undefined) Reflect.deleteProperty(process.env, 'NODE_ENV');
    Reflect.deleteProperty(globalThis, recorderPlace);
  }
});
