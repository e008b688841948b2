import { aadstsNumber } from '../lib/aadsts';
import { errorPageUrl } from '../lib/clouds';
import type { Finding } from './finding';

const isAadsts = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1000 && Number(value) <= 99_999_999;

/** The first of Microsoft's error numbers in a JSON answer. "Subject to change", so it may only
 * advise: a number that we do not know means "could not tell", whatever it is.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export function aadstsOfJson(json: Record<string, unknown> | undefined): number | undefined {
  const codes: unknown[] = Array.isArray(json?.error_codes) ? json.error_codes : [];
  const description = json?.error_description;
  return codes.find(isAadsts) ?? aadstsNumber(typeof description === 'string' ? description : '');
}

/** The number on a page that Microsoft shows in place of an answer. */
export function aadstsOfPage(html: string): number | undefined {
  const digits = /AADSTS(\d{4,8})(?!\d)/.exec(html)?.[1];
  return digits ? Number(digits) : undefined;
}

/** An answer that proves nothing, which is never taken for a good one. */
export function couldNotTell(subject: string, what: string, aadsts: number | undefined): Finding {
  const finding = { code: 'could_not_tell', status: 'warn', subject } as const;
  if (aadsts === undefined) {
    return {
      ...finding,
      says: `Microsoft’s answer does not tell ${what}.`,
      next: 'Sign in once to find out; if that fails, the page there says why.',
    };
  }
  return {
    ...finding,
    says: `Microsoft’s answer, AADSTS${aadsts}, does not tell ${what}.`,
    next: `Look up what Microsoft says of ${aadsts}.`,
    link: `${errorPageUrl}?code=${aadsts}`,
  };
}
