/** What was measured, reduced to what is told: medians, their margins, and what each adds to its twin. */
import { cells, keyOf } from './cpu.mjs';
import { margin, median } from './statistics.mjs';

/** @typedef {{ cpuMs: number, addedMs: number, toTwin: number, margin: number, p50: number, p99: number, perSecond: number, setCookieBytes: number, keysDerived: number }} Figure
 * `addedMs` and `toTwin`: against the twin in the same round; `margin`: of `toTwin` */
/** @typedef {Map<string, Figure>} Figures by keyOf() */

/** @param {readonly import('./candidates.mjs').Candidate[]} taking
 * @param {Map<string, import('./cpu.mjs').Slice[]>} slices @returns {Figures} */
export function figuresOf(taking, slices) {
  /** @type {Figures} */
  const figures = new Map();
  for (const candidate of taking) {
    for (const cell of cells) {
      const own = slices.get(keyOf(candidate.name, cell));
      const good = /** @type {const} */ ({ ...cell, kind: 'good' });
      const twin = slices.get(keyOf(candidate.twin, good));
      if (!own || !twin) continue;
      const paired = own.map(({ cpuMs }, round) => ({
        cpuMs,
        twinMs: twin[round]?.cpuMs ?? cpuMs,
      }));
      const toTwin = paired.map(({ cpuMs, twinMs }) => cpuMs / twinMs);
      figures.set(keyOf(candidate.name, cell), {
        cpuMs: median(own.map(({ cpuMs }) => cpuMs)),
        addedMs: median(paired.map(({ cpuMs, twinMs }) => cpuMs - twinMs)),
        ...{ toTwin: median(toTwin), margin: margin(toTwin) },
        p50: median(own.map(({ p50 }) => p50)),
        p99: median(own.map(({ p99 }) => p99)),
        perSecond: median(own.map(({ perSecond }) => perSecond)),
        setCookieBytes: Math.max(...own.map(({ setCookieBytes }) => setCookieBytes)),
        keysDerived: Math.max(...own.map(({ keysDerived }) => keysDerived)),
      });
    }
  }
  return figures;
}

/** Above this the machine was too busy for its figures to mean anything. */
export const mostMargin = 0.15;

/** @param {Figures} figures @returns {string[]} what is judged and too uncertain */
export const tooNoisy = (figures) =>
  [...figures]
    .filter(([key, figure]) => key.endsWith('good 16') && figure.margin > mostMargin)
    .map(([key, figure]) => `${key}: ${Math.round(figure.margin * 100)} %`);
