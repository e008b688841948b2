/** How much a finding matters: fine, worth knowing, or to be mended before it can work. */
export type Status = 'ok' | 'warn' | 'fail';

/** What one test found out: the line that the set-up page, `npm run setup` and `npm run doctor`
 * all show. It never carries a value that was tested. */
export type Finding = {
  /** Stable, asserted by tests and read by automation: `secret_expired`, `tenant_not_found`. */
  code: string;
  status: Status;
  /** What was looked at, for people: `Client secret`. */
  subject: string;
  /** One sentence: what is so. */
  says: string;
  /** One next step; there for everything that is not `ok`. */
  next?: string;
  /** Where that step is taken, as an address. */
  link?: string;
};

/** The sign that stands for a status, wherever text is all there is. */
export const signs: Readonly<Record<Status, string>> = { ok: '✓', warn: '!', fail: '✗' };
