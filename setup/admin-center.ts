/** The way to the app's registration, in words: the words of Microsoft's own pages.
 * @see https://learn.microsoft.com/entra/identity-platform/quickstart-register-app */
export const appInAdminCenter = 'Microsoft Entra admin center > App registrations > your app';

/** The list of registrations. Microsoft documents no such link, so the words always stand beside
 * it; the app's own page would need the client ID in the link. */
export const appRegistrationsUrl =
  'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade';
