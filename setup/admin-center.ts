import { clouds } from '../lib/clouds';
import type { Finding } from './finding';

/** The way to the app's registration, in words: the words of Microsoft's own pages.
 * @see https://learn.microsoft.com/entra/identity-platform/quickstart-register-app */
export const appInAdminCenter = 'Microsoft Entra admin center > App registrations > your app';

/** The list of registrations. Microsoft documents no such link, so the words always stand beside
 * it; the app's own page would need the client ID in the link. */
export const appRegistrationsUrl = `${clouds.public.adminCenterUrl}/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade`;

/** A link to the admin center, led to that of another cloud. That pages have the same addresses there
 * is not documented either. */
export const linkInCloud = (link: string, adminCenterUrl: string): string =>
  link.startsWith(`${clouds.public.adminCenterUrl}/`)
    ? adminCenterUrl + link.slice(clouds.public.adminCenterUrl.length)
    : link;

/** A finding whose link leads to the admin center of a cloud. */
export const findingInCloud = (finding: Finding, adminCenterUrl: string): Finding =>
  finding.link ? { ...finding, link: linkInCloud(finding.link, adminCenterUrl) } : finding;
