/** From when on an expiry is told, in days before it; 0 once it is past. */
const expiryThresholds = [0, 7, 30, 60] as const;
export type ExpiryThreshold = (typeof expiryThresholds)[number];

const daySeconds = 24 * 60 * 60;

/** Reads `YYYY-MM-DD`, as the portal shows when a client secret expires, as the end of that day in
 * UTC: the portal tells neither hour nor zone. @returns undefined for everything else, and for
 * days that no calendar has */
export function expiryFromDate(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const midnightMs = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(midnightMs)) return undefined;
  // V8 reads 30 February as 1 March.
  if (new Date(midnightMs).toISOString().slice(0, 10) !== text) return undefined;
  return midnightMs / 1000 + daySeconds;
}

/** Whole days until then; negative once it is past. */
export function daysUntil(expiresAtSeconds: number, nowSeconds: number): number {
  return Math.floor((expiresAtSeconds - nowSeconds) / daySeconds);
}

/** The narrowest threshold that is reached; undefined while the expiry is far away. */
export function dueThreshold(
  expiresAtSeconds: number,
  nowSeconds: number,
): ExpiryThreshold | undefined {
  const secondsLeft = expiresAtSeconds - nowSeconds;
  return expiryThresholds.find((days) => secondsLeft <= days * daySeconds);
}

/** What is told when a threshold is reached. */
export type Expiry = { daysLeft: number; threshold: ExpiryThreshold };

/** Looks at an expiry again and again, and tells of each threshold once. A credential that was
 * renewed meanwhile is told of anew when its own thresholds are reached.
 * @param expiresAtSeconds undefined while nobody knows */
export function createExpiryWatch(
  expiresAtSeconds: () => number | undefined,
  nowSeconds: () => number,
  tell: (expiry: Expiry) => void,
): () => void {
  let told: ExpiryThreshold | undefined;
  return () => {
    const expiresAt = expiresAtSeconds();
    if (expiresAt === undefined) return;
    const now = nowSeconds();
    const threshold = dueThreshold(expiresAt, now);
    if (threshold !== undefined && threshold !== told) {
      tell({ daysLeft: daysUntil(expiresAt, now), threshold });
    }
    told = threshold;
  };
}
