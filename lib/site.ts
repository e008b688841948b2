/** The brand: what a fork changes first. Colours and sizes are in `app/globals.css`. */
export const site = {
  name: 'Northlight',
  tagline: 'A quiet place for your team’s work',
  /** The start page's paragraph, and what search engines show. */
  description:
    'Northlight keeps your team’s notes, plans and decisions together, and out of everyone’s way.',
  /** Where people land who did not come for a certain page. */
  homePath: '/account',
  /** Whom people ask when they may not come in. */
  support: { name: 'the people who run this app', email: 'support@example.com' },
  /** Names to show instead of tenant ids. The first two are the demo's. */
  organisations: {
    '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61': 'Contoso',
    'b27d94e0-51fc-4a38-8e6b-0c93d7a5f184': 'Fabrikam',
    '9188040d-6c67-4c5b-b112-36a304b66dad': 'Personal Microsoft account',
  } as Readonly<Record<string, string>>,
} as const;

/** The name of an organisation, or its tenant id where nobody gave it one. */
export function organisationName(tenantId: string): string {
  return site.organisations[tenantId] ?? tenantId;
}

/** Lines of label and value, as they are shown, copied and mailed. */
export type Details = readonly (readonly [label: string, value: string])[];

/** Details as text to paste. */
export function textOfDetails(details: Details): string {
  return details.map(([label, value]) => `${label}: ${value}`).join('\n');
}

/** A link that opens a mail to support (RFC 6068). */
function mailTo(subject: string, details: Details): string {
  const body = textOfDetails(details).replaceAll('\n', '\r\n');
  const fields = [`subject=${encodeURIComponent(subject)}`];
  if (body) fields.push(`body=${encodeURIComponent(`\r\n\r\n${body}`)}`);
  return `mailto:${site.support.email}?${fields.join('&')}`;
}

const withNumber = (subject: string, incidentId: string | undefined) =>
  incidentId ? `${subject}, number ${incidentId}` : subject;

/** A link that opens a mail to support. The incident's number and nothing about the person: mail
 * subjects end up in ticket lists. */
export function supportLink(incidentId?: string, details: Details = []): string {
  return mailTo(withNumber(`${site.name} sign-in`, incidentId), details);
}

/** A link that opens a mail which asks to let an organisation in. It names the organisation, by
 * the tenant id that the operator needs, and never the person who asks. */
export function accessRequestLink(
  tenantId: string | undefined,
  incidentId: string | undefined,
  details: Details = [],
): string {
  const name = tenantId && organisationName(tenantId);
  const organisation = name === tenantId ? tenantId : `${name} (${tenantId})`;
  return mailTo(withNumber(`Access to ${site.name}`, incidentId), [
    ...(organisation ? [['Organisation', organisation] as const] : []),
    ...details,
  ]);
}
