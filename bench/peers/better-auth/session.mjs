/** Sealed by better-auth itself: its sign-up by mail, with the same settings, sets the same cookies. */
import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { person } from './app/person.js';

const auth = betterAuth({
  emailAndPassword: { enabled: true },
  user: { additionalFields: { roles: { type: 'string', required: false } } },
});
const { headers } = await auth.api.signUpEmail({
  body: {
    name: person.name,
    email: person.email,
    roles: person.roles.join(),
    password: randomBytes(24).toString('base64url'),
  },
  returnHeaders: true,
});
const cookies = headers.getSetCookie().map((line) => {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
});
console.log(JSON.stringify({ cookies: Object.fromEntries(cookies) }));
