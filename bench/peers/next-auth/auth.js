// https://authjs.dev/getting-started/installation?framework=Next.js
// https://authjs.dev/getting-started/providers/microsoft-entra-id
import NextAuth from 'next-auth';
import MicrosoftEntraID from 'next-auth/providers/microsoft-entra-id';

export const { handlers, signIn, signOut, auth } = NextAuth({
  trustHost: true,
  providers: [MicrosoftEntraID],
});
