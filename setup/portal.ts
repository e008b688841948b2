import { cloudNamed, clouds } from '../lib/clouds';
import { appRegistrationsUrl, linkInCloud } from './admin-center';
import type { Audience } from './registration';

/** The account types as the admin center names them, in the order in which it shows them.
 * @see https://learn.microsoft.com/entra/identity-platform/quickstart-register-app */
export const accountTypes: Readonly<Record<Audience, { label: string; when: string }>> = {
  AzureADMyOrg: {
    label: 'Accounts in this organizational directory only',
    when: 'one organisation, the one you register in',
  },
  AzureADMultipleOrgs: {
    label: 'Accounts in any organizational directory',
    when: 'several organisations; this app still lets in only those on your list',
  },
  AzureADandPersonalMicrosoftAccount: {
    label: 'Accounts in any organizational directory and personal Microsoft accounts',
    when: 'organisations and personal accounts',
  },
  PersonalMicrosoftAccount: {
    label: 'Personal Microsoft accounts',
    when: 'personal accounts alone',
  },
};

/** Pages of the admin center. Their addresses are not documented, so the way to click there always
 * stands beside them in words. */
const portalPages = {
  register: `${clouds.public.adminCenterUrl}/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade/quickStartType~/null/isMSAApp~/false`,
  list: appRegistrationsUrl,
} as const;

/** The same pages in the cloud that the settings name. */
export function portalPagesIn(authorityHost: string | undefined) {
  const { adminCenterUrl } = cloudNamed(authorityHost);
  return {
    register: linkInCloud(portalPages.register, adminCenterUrl),
    list: linkInCloud(portalPages.list, adminCenterUrl),
  };
}
