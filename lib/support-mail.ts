import type { BrokenWords } from './broken-words';
import { site } from './site';
import { organisationName } from './tenant-rules';
import type { Words } from './words';

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

const withNumber = (subject: string, incidentId: string) =>
  subject.replace('{number}', () => incidentId);

/** A link that opens a mail to support. The incident's number and nothing about the person: mail
 * subjects end up in ticket lists. */
export function supportLink(
  mail: BrokenWords['mail'],
  incidentId?: string,
  details: Details = [],
): string {
  return mailTo(incidentId ? withNumber(mail.helpWithNumber, incidentId) : mail.help, details);
}

/** A link that opens a mail which asks to let an organisation in. It names the organisation, by
 * the tenant id that the operator needs, and never the person who asks. */
export function accessRequestLink(
  mail: Words['mail'],
  tenantId: string | undefined,
  incidentId: string | undefined,
  details: Details = [],
): string {
  const name = tenantId && organisationName(tenantId);
  const organisation = name === tenantId ? tenantId : `${name} (${tenantId})`;
  return mailTo(incidentId ? withNumber(mail.accessWithNumber, incidentId) : mail.access, [
    ...(organisation ? [[mail.organisation, organisation] as const] : []),
    ...details,
  ]);
}
