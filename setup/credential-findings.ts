import type { credentialNames } from '../lib/credential';
import { couldNotTell } from './aadsts-answer';
import { appInAdminCenter, appRegistrationsUrl } from './admin-center';
import type { CredentialVerdict } from './credential-test';
import { isNoTenant, type NoTenant } from './discovery-test';
import type { Finding } from './finding';
import { enumerate, groupByVerdict, type NamedTenant } from './tenant-names';

type Kind = Exclude<
  CredentialVerdict['kind'],
  'accepted' | 'app_unknown' | 'network' | 'unknown' | NoTenant['kind']
>;
/** What the app proves with, as people call it. */
export type Subject = (typeof credentialNames)[keyof typeof credentialNames];

const credentials = `${appInAdminCenter} > Certificates & secrets`;
const inAdminCenter = { status: 'fail', link: appRegistrationsUrl } as const;

/** What each answer means; `{who}` are the tenants that gave it. */
const texts: Readonly<Record<Kind, Omit<Finding, 'subject' | 'code'> & { subject?: string }>> = {
  secret_wrong: {
    ...inAdminCenter,
    says: 'Microsoft does not accept the client secret.',
    next: `Make a new one and copy its Value, not its Secret ID: ${credentials} > Client secrets.`,
  },
  secret_expired: {
    ...inAdminCenter,
    says: 'The client secret has expired.',
    next: `Make a new one and copy its Value: ${credentials} > Client secrets.`,
  },
  credential_missing: {
    ...inAdminCenter,
    says: 'No credential reached Microsoft.',
    next: `Enter the Value of a client secret: ${credentials} > Client secrets.`,
  },
  certificate_refused: {
    ...inAdminCenter,
    says: 'Microsoft does not accept the certificate.',
    next: `Upload the certificate that this app signs with: ${credentials} > Certificates.`,
  },
  certificate_time: {
    status: 'fail',
    says: 'What the certificate signed is not valid at Microsoft’s time.',
    next: 'Turn on automatic date and time (NTP) on this computer.',
  },
  certificate_unusable: {
    status: 'fail',
    says: 'The certificate’s file cannot be read or used.',
    next: 'Check the file that AZURE_CLIENT_CERTIFICATE_PATH names: a certificate and its private key in PEM.',
  },
  federation_refused: {
    ...inAdminCenter,
    says: 'Microsoft does not trust the token: no federated credential of the app fits it.',
    next: `Compare issuer, subject and audience, each to the letter: ${credentials} > Federated credentials.`,
  },
  federation_time: {
    status: 'fail',
    says: 'The token is not valid at Microsoft’s time.',
    next: 'Look whether the platform still renews it.',
  },
  federation_unavailable: {
    status: 'warn',
    says: 'There is no token here, so it could not be tried.',
    next: 'Where the app runs, the platform has one: run the doctor there.',
  },
  app_disabled: {
    ...inAdminCenter,
    subject: 'Client ID',
    says: 'The application is disabled in {who}.',
    next: 'Ask an administrator there to enable it: Microsoft Entra admin center > Enterprise apps > your app > Properties.',
  },
  public_client: {
    ...inAdminCenter,
    says: 'Microsoft takes the application for one without a secret, such as a phone app.',
    next: `Add the platform Web and turn public client flows off: ${appInAdminCenter} > Authentication.`,
  },
  blocked_by_policy: {
    status: 'warn',
    says: 'A Conditional Access policy of {who} refuses this app; its credential is probably right.',
    next: 'Ask an administrator there: Microsoft Entra admin center > Conditional Access > Policies.',
    link: 'https://entra.microsoft.com/',
  },
  network_policy: {
    status: 'warn',
    says: 'This network lets nobody sign in to {who} (tenant restrictions).',
    next: 'Ask the network’s administrator to allow it, or try from where the app will run.',
  },
};

const accepted = (subject: Subject, { name }: NamedTenant): Finding => ({
  code: 'credential_accepted',
  status: 'ok',
  subject,
  says: `Microsoft accepts the ${subject.toLowerCase()} in ${name}.`,
});

/** @param where `Contoso and tenant 2`; nothing where no tenant could be asked */
export const appNotFound = (where?: string): Finding => ({
  ...inAdminCenter,
  code: 'app_not_found',
  subject: 'Client ID',
  says: `Microsoft knows no application with this client ID${where ? ` in ${where}` : ''}.`,
  next: `Copy the Application (client) ID again: ${appInAdminCenter} > Overview.`,
});

/** @param origin of the app, whose page of this path an administrator is sent to */
export const notConsented = ({ id, name }: NamedTenant, origin: string): Finding => ({
  code: 'not_consented',
  status: 'warn',
  subject: 'Consent',
  says: `Nobody has approved this app in ${name} yet, so the credential could not be tried there.`,
  next: 'Send this link to an administrator of that organisation.',
  link: `${origin}/auth/approve?tenant=${encodeURIComponent(id)}`,
});

/** Personal accounts alone: their tenant has no token for an app itself. */
export const untested = (subject: Subject): Finding => ({
  code: 'credential_untested',
  status: 'warn',
  subject,
  says: `With personal accounts alone, Microsoft offers no way to try the ${subject.toLowerCase()}.`,
  next: 'Sign in once to find out.',
});

type Fault = Exclude<
  CredentialVerdict,
  { kind: 'accepted' | 'app_unknown' | 'network' | NoTenant['kind'] }
>;

function findingFrom(verdict: Fault, subject: Subject, who: string): Finding {
  if (verdict.kind === 'unknown') {
    const what = `whether the ${subject.toLowerCase()} is right in ${who}`;
    return couldNotTell(subject, what, verdict.aadsts);
  }
  const { says, ...text } = texts[verdict.kind];
  return { code: verdict.kind, subject, says: says.replace('{who}', who), ...text };
}

type Entry = { tenant: NamedTenant; verdict: CredentialVerdict };
const isFault = (one: Entry): one is Entry & { verdict: Fault } =>
  !['accepted', 'app_unknown', 'network'].includes(one.verdict.kind) && !isNoTenant(one.verdict);

/** A line for each tenant that accepts the credential, then one for each fault, then what the tenants
 * that do not know the app mean. Tenants that do not exist are told elsewhere.
 * @param whereUnknown what it means: nobody has consented, or there is no such app */
export function credentialFindings(
  verdicts: readonly Entry[],
  subject: Subject,
  whereUnknown: (tenants: NamedTenant[]) => Finding[],
): Finding[] {
  const thatSay = (kind: CredentialVerdict['kind']) =>
    verdicts.filter(({ verdict }) => verdict.kind === kind).map(({ tenant }) => tenant);
  return [
    ...thatSay('accepted').map((tenant) => accepted(subject, tenant)),
    ...groupByVerdict(verdicts.filter(isFault)).map(({ verdict, names }) =>
      findingFrom(verdict, subject, enumerate(names)),
    ),
    ...whereUnknown(thatSay('app_unknown')),
  ];
}
