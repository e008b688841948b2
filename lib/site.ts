import { organisationName, ruleOf } from './tenant-rules';

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
} as const;

/** Where people of a tenant land who did not come for a certain page. */
export const homeOf = (tenantId: string): string => ruleOf(tenantId).home ?? site.homePath;

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
