import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { CLIENT_SECRET } from '../../entra-local/registration.mjs';
import { createClientAuthentication } from '../../lib/client-authentication';
import { ConfigError } from '../../lib/config-problem';
import type { Credentials } from '../../lib/credential';
import { createCertificate } from '../certificate';
import { type Entra, startEntra } from './entra-local/visitor';
import { createApp } from './stand-in-sign-in';

const older = 'an-older-secret-of-this-app-4f1c9b7a';
const rotation: Credentials = {
  credential: { kind: 'secret', secret: older },
  nextCredential: { kind: 'next_secret', secret: CLIENT_SECRET },
};
const secretsOf = (...values: string[]) => ({
  secrets: values.map((value) => ({ value, expiresAtSeconds: null })),
});

let entra: Entra;
test.beforeEach(() => {
  entra = startEntra();
});

test('where the secret is refused the next one signs in, and the operator is told once', async () => {
  const { signIn, fallbacks } = createApp(entra, rotation);
  expect(await signIn()).toBe('signed in, 2');
  expect(fallbacks).toEqual(['secret > next_secret']);
  // The one that worked stays in use: the refused one is not asked for at every sign-in.
  expect(await signIn()).toBe('signed in, 1');
  expect(fallbacks).toHaveLength(1);
});

test('people who sign in at the same time make one line in the log', async () => {
  const { signIn, fallbacks } = createApp(entra, rotation);
  const outcomes = await Promise.all(Array.from({ length: 5 }, signIn));
  expect(outcomes.every((outcome) => outcome.startsWith('signed in'))).toBe(true);
  expect(fallbacks).toEqual(['secret > next_secret']);
});

test('while the secret is accepted the next one is not sent', async () => {
  entra.control.patchRegistration(secretsOf(older, CLIENT_SECRET));
  const { signIn, fallbacks } = createApp(entra, rotation);
  expect(await signIn()).toBe('signed in, 1');
  expect(fallbacks).toEqual([]);
});

test('without a declared next one a refused secret is the end of it', async () => {
  const { signIn, fallbacks } = createApp(entra, { credential: rotation.credential });
  expect(await signIn()).toBe('app_credentials 7000215, 1');
  expect(fallbacks).toEqual([]);
});

test('where both are refused the first refusal is told, after two requests', async () => {
  entra.control.patchRegistration(secretsOf('neither-of-the-two-91d7e04b'));
  const { signIn, fallbacks } = createApp(entra, rotation);
  for (let count = 0; count < 2; count += 1) {
    expect(await signIn()).toBe('app_credentials 7000215, 2');
  }
  expect(fallbacks).toEqual([]);
});

test('what is not the credential’s fault is never tried again', async () => {
  const { signIn, fallbacks } = createApp(entra, rotation);
  // Whichever is in use: none of these says that another credential would do.
  for (const [aadsts, outcome] of [
    [70008, 'code_rejected 70008, 1'],
    [54005, 'code_rejected 54005, 1'],
    [700016, 'app_credentials 700016, 1'],
    [7000112, 'app_credentials 7000112, 1'],
    [50000, 'provider_unavailable status_500, 1'],
    [90055, 'provider_unavailable status_429, 1'],
  ] as const) {
    entra.control.inject({ on: 'token', aadsts });
    expect(await signIn()).toBe(outcome);
  }
  expect(fallbacks).toEqual([]);
});

test('no answer, in time or at all, is never a reason to send another credential', async () => {
  const { signIn, fallbacks, state } = createApp(entra, rotation);
  for (const [fault, outcome] of [
    [new TypeError('fetch failed'), 'provider_unavailable network, 1'],
    [new DOMException('', 'TimeoutError'), 'provider_unavailable network, 1'],
  ] as const) {
    state.intercept = () => {
      throw fault;
    };
    expect(await signIn()).toBe(outcome);
  }
  for (const status of [502, 503, 504, 429, 302]) {
    state.intercept = () => Response.json({ error: 'invalid_client' }, { status });
    expect(await signIn()).toBe(`provider_unavailable status_${status}, 1`);
  }
  expect(fallbacks).toEqual([]);
});

test('an unknown application is not the credential’s fault, by whatever name it is refused', async () => {
  const { signIn, state } = createApp(entra, rotation);
  const error_description = 'AADSTS700016: Application was not found in the directory.';
  state.intercept = () =>
    Response.json({ error: 'invalid_client', error_description }, { status: 401 });
  expect(await signIn()).toBe('app_credentials 700016, 1');
});

test('a next one that is refused in its turn gives way to the first, and each change is told', async () => {
  const { signIn, fallbacks } = createApp(entra, rotation);
  expect(await signIn()).toBe('signed in, 2');
  entra.control.patchRegistration(secretsOf(older));
  expect(await signIn()).toBe('signed in, 2');
  expect(await signIn()).toBe('signed in, 1');
  expect(fallbacks).toEqual(['secret > next_secret', 'next_secret > secret']);
});

test('a next one that can no longer be proved gives way to the first, which is not sent twice', async () => {
  let accepted = 'of the identity';
  let isGone = false;
  const fallbacks: string[] = [];
  const authenticate = createClientAuthentication(
    () => ({
      first: {
        ...{ kind: 'secret', version: '1' },
        prove: async () => ({ client_secret: 'the first' }),
      },
      next: {
        ...{ kind: 'managed_identity', version: '2' },
        prove: async () => {
          if (isGone) throw new ConfigError([]);
          return { client_secret: 'of the identity' };
        },
      },
    }),
    () => 0,
    (from, to) => fallbacks.push(`${from} > ${to}`),
  );
  const sent: unknown[] = [];
  const signIn = async () => {
    sent.length = 0;
    const { status } = await authenticate('https://login.example/token', async (proof) => {
      sent.push(Object.values(proof)[0]);
      const isAccepted = 'client_secret' in proof && proof.client_secret === accepted;
      return { status: isAccepted ? 200 : 401, json: { error: 'invalid_client' } };
    });
    return [status, ...sent];
  };
  expect(await signIn()).toEqual([200, 'the first', 'of the identity']);
  isGone = true;
  expect(await signIn(), 'still refused').toEqual([401, 'the first']);
  accepted = 'the first';
  expect(await signIn()).toEqual([200, 'the first']);
  expect(await signIn()).toEqual([200, 'the first']);
  expect(fallbacks).toEqual(['secret > managed_identity', 'managed_identity > secret']);
});

test('the same change is told once an hour at most', async () => {
  let now = Date.now() / 1000;
  const { signIn, fallbacks } = createApp(entra, rotation, { now: () => now });
  for (const value of [CLIENT_SECRET, older, CLIENT_SECRET, older]) {
    entra.control.patchRegistration(secretsOf(value));
    await signIn();
  }
  expect(fallbacks).toEqual(['secret > next_secret', 'next_secret > secret']);
  now += 3600;
  entra.control.patchRegistration(secretsOf(CLIENT_SECRET));
  expect(await signIn()).toBe('signed in, 2');
  expect(fallbacks).toHaveLength(3);
});

test.describe('a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-rotation-'));
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let written = 1_700_000_000;
  function write(path: string, pem: string) {
    writeFileSync(path, pem);
    written += 1;
    utimesSync(path, written, written);
  }

  test('that replaced another is followed by that one while Microsoft does not know it', async () => {
    const [first, second] = await Promise.all([createCertificate(), createCertificate()]);
    const path = join(folder, 'renewed.pem');
    write(path, first.pem);
    entra.control.patchRegistration({ certificates: [first.certificate] });
    const { signIn, fallbacks } = createApp(entra, { credential: { kind: 'certificate', path } });
    expect(await signIn()).toBe('signed in, 1');
    write(path, second.pem);
    expect(await signIn()).toBe('signed in, 2');
    expect(await signIn()).toBe('signed in, 1');
    expect(fallbacks).toEqual(['certificate > previous_certificate']);
    // Another change of the file: what was learnt of the one before is forgotten.
    const third = await createCertificate();
    entra.control.patchRegistration({ certificates: [third.certificate] });
    write(path, third.pem);
    expect(await signIn()).toBe('signed in, 1');
  });

  test('and a secret overlap for as long as that is declared, the certificate first', async () => {
    const made = await createCertificate();
    const path = join(folder, 'overlap.pem');
    write(path, made.pem);
    const { signIn, fallbacks } = createApp(entra, {
      credential: { kind: 'certificate', path },
      nextCredential: { kind: 'secret', secret: CLIENT_SECRET },
    });
    expect(await signIn()).toBe('signed in, 2');
    expect(fallbacks).toEqual(['certificate > secret']);
  });
});
