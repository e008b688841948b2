/** @param {Awaited<ReturnType<typeof import('../entra-local/serve.mjs').listen>>} entra
 * @returns the variables that point the app at a stand-in */
export const environmentOf = (entra) => ({
  ENTRA_LOCAL_URL: entra.url,
  AZURE_CLIENT_ID: entra.clientId,
  AZURE_CLIENT_SECRET: entra.clientSecret,
  AZURE_VALID_TENANT_IDS: entra.validTenantIds.join(','),
});
