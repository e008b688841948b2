/** Sealed by the iron-session that the library uses, as its own `encryptSession` does. The access
 * token is signed with a key of the bench, whose public half the bench serves in the place of WorkOS. */
import { sealData } from 'iron-session';
import { importJWK, SignJWT } from 'jose';
import { person } from './app/person.js';

const key = JSON.parse(process.env.BENCH_SIGNING_KEY);
const accessToken = await new SignJWT({
  sid: 'session_01HQAG1HENBZMAZD82YRXDFC0B',
  roles: person.roles,
  permissions: [],
})
  .setProtectedHeader({ alg: 'RS256', kid: key.kid })
  .setSubject('user_01HBEQ2R5S7X9V4J8K1M3N6P0T')
  .setIssuer(`https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`)
  .setIssuedAt()
  .setExpirationTime('1h')
  .sign(await importJWK(key, 'RS256'));
const value = await sealData(
  {
    accessToken,
    refreshToken: 'r'.repeat(25),
    user: {
      object: 'user',
      id: 'user_01HBEQ2R5S7X9V4J8K1M3N6P0T',
      email: person.email,
      emailVerified: true,
      firstName: person.name,
      lastName: null,
      profilePictureUrl: null,
      lastSignInAt: new Date().toISOString(),
      createdAt: new Date().toISOString(),
      updatedAt: new Date().toISOString(),
      externalId: null,
      metadata: {},
    },
  },
  { password: process.env.WORKOS_COOKIE_PASSWORD, ttl: 0 },
);
console.log(JSON.stringify({ cookies: { 'wos-session': value } }));
