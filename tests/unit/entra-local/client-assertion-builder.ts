import { constants, randomUUID, sign } from 'node:crypto';
import { expect } from '@playwright/test';
import type { TestCertificate } from '../../certificate';
import { type Entra, tokenRequest, Visitor } from './visitor';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
export const ENDPOINT = 'https://entra-local.invalid/common/oauth2/v2.0/token';
/** The second in which all of these tests take place. */
export const NOW = Math.floor(Date.now() / 1000);

export type Changes = {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** Signs as this algorithm, whatever the header says. */
  as?: 'PS256' | 'RS256';
  saltLength?: number;
};

/** An assertion as Microsoft documents it, apart from what is named; `undefined` removes a member. */
export function assertionOf(entra: Entra, by: TestCertificate, changes: Changes = {}) {
  const { header = {}, claims = {}, as = 'PS256', saltLength = 32 } = changes;
  const { clientId } = entra.entra.registration;
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const times = { nbf: NOW, iat: NOW, exp: NOW + 300 };
  const input = [
    encode({ alg: as, typ: 'JWT', 'x5t#S256': by.thumbprint, ...header }),
    encode({
      ...{ aud: ENDPOINT, iss: clientId, sub: clientId, jti: randomUUID(), ...times },
      ...claims,
    }),
  ].join('.');
  const padding =
    as === 'RS256'
      ? { padding: constants.RSA_PKCS1_PADDING }
      : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  const signature = sign('sha256', Buffer.from(input), { key: by.privateKey, ...padding });
  return `${input}.${signature.toString('base64url')}`;
}

/** Signs in and redeems the code with an assertion, and no secret unless `overrides` add one. */
export async function redeem(
  entra: Entra,
  client_assertion: string | null,
  overrides: Parameters<typeof tokenRequest>[2] = {},
  { segment = 'common', headers = {} } = {},
) {
  const code = (await new Visitor(entra).signIn('ada@contoso.example', {}, segment)).get('code');
  const form = { client_secret: null, client_assertion_type: TYPE, client_assertion };
  const where = { segment, headers };
  const request = tokenRequest(entra, code ?? '', { ...form, ...overrides }, where);
  const response = await entra.handle(request);
  const { error_codes = [], id_token, ...body } = await response.json();
  expect(response.status === 200, 'only a success has a token').toBe(id_token !== undefined);
  return { status: response.status, aadsts: error_codes[0] as number | undefined, body };
}
