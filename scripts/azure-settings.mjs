/** Where one of these is set, sign-in runs against the real Microsoft Entra ID, and without them
 * against the local stand-in. */
export const azureVariables = [
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_MANAGED_IDENTITY_CLIENT_ID',
  'AZURE_VALID_TENANT_IDS',
];
