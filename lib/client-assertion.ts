import { type CryptoKey, type KeyObject, SignJWT } from 'jose';

/** What the app proves with that it is the registered application. */
export type ClientKey = {
  privateKey: CryptoKey | KeyObject;
  /** `x5t#S256`: SHA-256 over the certificate's DER, in base64url (RFC 7515 §4.1.8). */
  thumbprint: string;
};

/** `client_assertion_type` of a JWT (RFC 7523 §2.2). */
export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Whoever gets hold of an assertion could use it until then. Microsoft asks for 5 to 10 minutes. */
export const assertionLifetimeSeconds = 5 * 60;

/** Signs the assertion that takes the place of a client secret (`private_key_jwt`, OpenID Connect
 * Core 1.0 §9). The audience is one string: an assertion for several could be passed on by one of
 * them to another (draft-ietf-oauth-rfc7523bis).
 * @see https://learn.microsoft.com/entra/identity-platform/certificate-credentials */
export function signClientAssertion(
  { privateKey, thumbprint }: ClientKey,
  clientId: string,
  tokenEndpoint: string,
  nowSeconds: number,
): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenEndpoint)
    .setJti(crypto.randomUUID())
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(nowSeconds + assertionLifetimeSeconds)
    .sign(privateKey);
}
