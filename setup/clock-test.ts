import { expirySkewSeconds, futureSkewSeconds } from '../lib/id-token';
import type { Finding } from './finding';

/** How far our clock is ahead of the one that wrote `Date` (negative: behind); undefined without a
 * date that can be read. The time that the request took is not counted as a difference.
 * @param askedAt our time when the request went out, and `answeredAt` when its answer was there */
export function skewSecondsFrom(
  headers: Headers,
  askedAt: number,
  answeredAt: number,
): number | undefined {
  const dateSeconds = Date.parse(headers.get('date') ?? '') / 1000;
  if (Number.isNaN(dateSeconds)) return undefined;
  // A cache passes on the date of the day it stored the answer (RFC 9111 §5.1).
  const age = Number(headers.get('age') ?? 0);
  const then = dateSeconds + (Number.isFinite(age) ? age : 0);
  if (then > answeredAt) return answeredAt - then;
  return Math.max(0, askedAt - then);
}

const amountOf = (seconds: number) =>
  seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;

/** Judges the clock by what `lib/id-token.ts` tolerates: beyond the larger tolerance tokens are
 * refused, beyond the smaller one it is a matter of luck. Of several answers the nearest one counts.
 * @param skews of the answers that are known to be Microsoft's */
export function clockFindings(skews: readonly (number | undefined)[]): Finding[] {
  if (skews.length === 0) return [];
  const subject = 'Clock';
  const next = 'Turn on automatic date and time (NTP) on this computer.';
  const [nearest] = skews
    .filter((skew) => skew !== undefined)
    .sort((a, b) => Math.abs(a) - Math.abs(b));
  if (nearest === undefined) {
    const says = 'Microsoft’s answers carry no date, so the clock could not be compared.';
    return [{ code: 'clock_unknown', status: 'warn', subject, says, next }];
  }
  const off = Math.round(Math.abs(nearest));
  if (off <= expirySkewSeconds) {
    const says = 'This computer’s clock agrees with Microsoft’s.';
    return [{ code: 'clock_right', status: 'ok', subject, says }];
  }
  const direction = nearest > 0 ? 'ahead of' : 'behind';
  const says = `This computer’s clock is ${amountOf(off)} ${direction} Microsoft’s`;
  return off > futureSkewSeconds
    ? [
        {
          code: 'clock_wrong',
          status: 'fail',
          subject,
          says: `${says}, so that sign-ins can be refused.`,
          next,
        },
      ]
    : [{ code: 'clock_off', status: 'warn', subject, says: `${says}.`, next }];
}
