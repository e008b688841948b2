/** @param {readonly number[]} list @param {number} share from 0 to 1 */
export function quantile(list, share) {
  const sorted = Float64Array.from(list).sort();
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** @param {readonly number[]} list */
export const median = (list) => quantile(list, 0.5);

/** How far off the median may be, as a share of it: a 95 % interval from the middle half of the values
 * (McGill, Tukey, Larsen: Variations of Box Plots, 1978). @param {readonly number[]} list */
export const margin = (list) =>
  (1.57 * (quantile(list, 0.75) - quantile(list, 0.25))) /
  Math.sqrt(list.length) /
  Math.abs(median(list));
