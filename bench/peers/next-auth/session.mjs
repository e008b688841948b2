/** Sealed by next-auth's own `encode`, with what its default `jwt` callback keeps, and the roles. */
import { encode } from 'next-auth/jwt';
import { person } from './app/person.js';

const name = 'authjs.session-token';
const value = await encode({
  salt: name,
  secret: process.env.AUTH_SECRET,
  token: { name: person.name, email: person.email, sub: crypto.randomUUID(), roles: person.roles },
});
console.log(JSON.stringify({ cookies: { [name]: value } }));
