/** Starts the local stand-in for Microsoft Entra ID inside `npm run dev`, and says who is in it. */
import { listen } from '../entra-local/serve.mjs';

/** @returns the variables that point the app at it, what to tell the developer, and how to end it */
export async function startStandIn() {
  const entra = await listen({ port: 4999 });
  return {
    variables: {
      ENTRA_LOCAL_URL: entra.url,
      AZURE_CLIENT_ID: entra.clientId,
      AZURE_CLIENT_SECRET: entra.clientSecret,
      AZURE_VALID_TENANT_IDS: entra.validTenantIds.join(','),
    },
    lines: [
      `Sign-in   local stand-in for Microsoft Entra ID, ${entra.url}`,
      '          No Azure account needed. Choose one of these accounts there:',
      '',
      ...entra.accounts.map(
        ({ name, username, note }) => `  ${name.padEnd(18)} ${username.padEnd(26)} ${note}`,
      ),
    ],
    close: () => entra.close(),
  };
}
