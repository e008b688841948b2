/** Sealed by the SDK's own `generateSessionCookie`, with the tokens that it keeps in each session:
 * of the lengths that Auth0 issues (an ID token of some 800 bytes, an opaque access token). */
import { randomBytes } from 'node:crypto';
import { generateSessionCookie } from '@auth0/nextjs-auth0/testing';
import { person } from './app/person.js';

const random = (bytes) => randomBytes(bytes).toString('base64url');
const nowSeconds = Math.floor(Date.now() / 1000);
const value = await generateSessionCookie(
  {
    user: { ...person, sub: `waad|${random(24)}`, sid: random(16) },
    tokenSet: {
      accessToken: random(24),
      idToken: `${random(60)}.${random(300)}.${random(256)}`,
      scope: 'openid profile email',
      expiresAt: nowSeconds + 86_400,
    },
    internal: { sid: random(24), createdAt: nowSeconds },
  },
  { secret: process.env.AUTH0_SECRET },
);
console.log(JSON.stringify({ cookies: { __session: value } }));
