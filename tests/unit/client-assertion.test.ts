import { X509Certificate } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { assertionLifetimeSeconds, signClientAssertion } from '../../lib/client-assertion';
import { parseClientCertificate } from '../../lib/client-certificate';
import { createCertificate, type TestCertificate } from '../certificate';
import { clientId } from './id-token-builder';

const tokenEndpoint = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token';
const now = Math.floor(Date.now() / 1000);

let made: TestCertificate;
test.beforeAll(async () => {
  made = await createCertificate();
});

const sign = () =>
  signClientAssertion(parseClientCertificate(made.pem, now), clientId, tokenEndpoint, now);

test('the header is what Microsoft documents: PS256, JWT, the SHA-256 thumbprint', async () => {
  expect(decodeProtectedHeader(await sign())).toEqual({
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': made.thumbprint,
  });
});

test('the claims are what Microsoft documents, for one audience and five minutes', async () => {
  const { publicKey } = new X509Certificate(made.certificate);
  const { payload } = await jwtVerify(await sign(), publicKey, { algorithms: ['PS256'] });
  expect(payload).toEqual({
    aud: tokenEndpoint,
    iss: clientId,
    sub: clientId,
    jti: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    iat: now,
    nbf: now,
    exp: now + assertionLifetimeSeconds,
  });
  expect(assertionLifetimeSeconds).toBe(300);
});

test('no two assertions have the same id', async () => {
  const assertions = await Promise.all(Array.from({ length: 20 }, sign));
  const ids = assertions.map(
    (one) => JSON.parse(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString()).jti,
  );
  expect(new Set(ids).size).toBe(20);
});
