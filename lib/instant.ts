/** An instant with its time zone. A date alone would mean another moment to every reader. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Seconds since 1970 of an instant in ISO 8601; undefined for anything else. */
export function secondsFromInstant(value: string): number | undefined {
  const ms = instant.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

/** Two clocks may differ by this; a moment beyond it is a mistake. */
const aheadSeconds = 5 * 60;

/** Whether a moment is still to come: sessions from then on could not begin yet. */
export const isAhead = (seconds: number) => seconds > Date.now() / 1000 + aheadSeconds;
