import type { Finding, Status } from '../finding';

/** Writes findings about one subject. What is not `ok` needs a next step. */
export const findingsAbout =
  (subject: string) =>
  (code: string, status: Status, says: string, next?: string): Finding => ({
    code,
    status,
    subject,
    says,
    ...(next && { next }),
  });
