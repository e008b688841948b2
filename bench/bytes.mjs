/** What a browser has to load for a page: counted from the page itself, without a browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const chunkName = /static\/chunks\/[\w.~/-]+?\.js/g;

/** The JavaScript that a page loads, each file gzipped: `atOnce` what the page itself names, and `ever`
 * also what those files may load later. The one for browsers without modules never counts.
 * @param {string} body of the page @param {string} standalone the folder of the build */
export function scriptsOf(body, standalone) {
  const page = body.replace(/<script [^>]*nomodule[^>]*>/gi, '');
  const read = (/** @type {string} */ name) => readFileSync(join(standalone, '.next', name));
  const namesIn = (/** @type {string} */ text) =>
    [...text.matchAll(chunkName)].map(([name]) => name);
  const size = (/** @type {Iterable<string>} */ names) =>
    [...names].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);
  const atOnce = new Set(namesIn(page));
  const ever = new Set(atOnce);
  for (const name of ever) for (const more of namesIn(`${read(name)}`)) ever.add(more);
  return { atOnce: size(atOnce), ever: size(ever), files: [...ever].sort() };
}
