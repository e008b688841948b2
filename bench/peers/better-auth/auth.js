// https://better-auth.com/docs/installation
// https://better-auth.com/docs/authentication/microsoft
// https://better-auth.com/docs/concepts/session-management#stateless-session-management: without a
// database the session is an encrypted cookie cache of seven days
import { betterAuth } from 'better-auth';

export const auth = betterAuth({
  socialProviders: {
    microsoft: {
      clientId: process.env.MICROSOFT_CLIENT_ID,
      clientSecret: process.env.MICROSOFT_CLIENT_SECRET,
    },
  },
  user: { additionalFields: { roles: { type: 'string', required: false } } },
});
