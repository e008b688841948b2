/** When a session ends, by the clock of this browser. */
export type Ends = { idleEndsAtMs: number; endsAtMs: number };

/** `idle`: people are asked whether they are still there. `last`: they are told that the longest
 * time is nearly over. `over`: nothing may be seen any more. */
export type Phase = 'quiet' | 'idle' | 'last' | 'over';

/** How long before the idle end people are asked: enough to find the button (WCAG 2.2 SC 2.2.1
 * asks for 20 seconds), and a quarter of an idle time that is very short. */
const idleNoticeMs = 2 * 60_000;
/** How long before the absolute end people are told: enough to save something. */
const lastNoticeMs = 5 * 60_000;

/** Staying that gains less than this is no staying: both ends come together. */
const worthwhileMs = 10_000;

/** What is to be shown at a moment. */
export function phaseAt(nowMs: number, ends: Ends, idleSeconds: number): Phase {
  const { idleEndsAtMs, endsAtMs } = ends;
  if (nowMs >= Math.min(idleEndsAtMs, endsAtMs)) return 'over';
  const leadMs = Math.min(idleNoticeMs, idleSeconds * 250);
  const canStay = endsAtMs - idleEndsAtMs >= worthwhileMs;
  if (canStay && nowMs >= idleEndsAtMs - leadMs) return 'idle';
  return nowMs >= endsAtMs - lastNoticeMs ? 'last' : 'quiet';
}

/** The time left in words that change seldom: each change is read out by screen readers.
 * @param fewSeconds how the last twenty are called */
export function leftInWords(leftMs: number, locale: string, fewSeconds: string): string {
  const seconds = Math.round(leftMs / 1000);
  const inUnits = (count: number, unit: 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  if (seconds > 90) return inUnits(Math.round(seconds / 60), 'minute');
  if (seconds > 45) return inUnits(1, 'minute');
  return seconds > 20 ? inUnits(30, 'second') : fewSeconds;
}
