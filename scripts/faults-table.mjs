/** What `npm run faults` prints, and its verdict. */

/**
 * @typedef {object} Row one fault and the seconds after it
 * @property {string} what
 * @property {boolean} cutsPosts whether a POST under way cannot be saved
 * @property {number[]} ready what each instance's `/readyz` answered at the end; 0 for nothing
 * @property {import('./crowd.mjs').Account} reading
 * @property {{ done: number, cut: string[] }} acting
 * @property {{ arrived: number, refused: Map<string, number> }} arriving
 */

/** What nobody should have lost. @param {Row} row @returns {string[]} */
const lostIn = ({ reading, acting, cutsPosts }) => [
  ...reading.failed,
  ...(cutsPosts ? [] : acting.cut),
  ...(reading.signedOut > 0 ? [`${reading.signedOut} were signed out`] : []),
];

/** @param {Map<string, number>} counts */
const listOf = (counts) => [...counts].map(([text, count]) => `${count} × "${text}"`).join(', ');

/** @param {string[]} all @returns {Map<string, number>} */
function counted(all) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

/** @param {Row[]} rows
 * @param {{ gone: number, revived: number, comeBack: string[], peopleCount: number }} ending `gone`: answers at the end
 * that did not know a person; `revived`: answers at the end that let a signed-out session in; `comeBack`: what those read who came back while Microsoft was down
 * @returns {boolean} whether anything was lost */
export function printFaults(rows, { gone, revived, comeBack, peopleCount }) {
  const head = ['', 'ready', 'pages', 'lost', 'signed out', 'POSTs', 'cut', 'came in', 'refused'];
  const lines = rows.map(({ what, ready, reading, acting, arriving }) => [
    what,
    `${ready.filter((status) => status === 200).length} of ${ready.length}`,
    reading.answered,
    reading.failed.length,
    reading.signedOut,
    acting.done,
    acting.cut.length,
    arriving.arrived,
    [...arriving.refused.values()].reduce((sum, count) => sum + count, 0),
  ]);
  const table = [head, ...lines].map((line) => line.map(String));
  const widths = head.map((_, at) => Math.max(...table.map((line) => (line[at] ?? '').length)));
  const print = (/** @type {string[]} */ line) =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ');
  console.log(`\n${table.map(print).join('\n')}\n`);

  for (const { what, arriving, acting, cutsPosts } of rows) {
    if (arriving.refused.size > 0) {
      console.log(`While ${what}, sign-ins ended at: ${listOf(arriving.refused)}`);
    }
    if (cutsPosts && acting.cut.length > 0) {
      console.log(`While ${what}, POSTs ended with: ${listOf(counted(acting.cut))}. Nobody can`);
      console.log('know whether they were carried out, so the proxy does not repeat them.');
    }
  }
  console.log(`Who came back from it just then read: ${listOf(counted(comeBack))}`);

  const lost = rows.flatMap((row) => lostIn(row).map((one) => `while ${row.what}: ${one}`));
  if (gone > 0) lost.push(`at the end: ${gone} answers did not know a person who had signed in`);
  if (revived > 0) lost.push(`at the end: ${revived} answers let in a session that was signed out`);
  const unsaved = rows.flatMap((row) => (row.cutsPosts ? row.acting.cut : [])).length;
  const except = unsaved > 0 ? `, but for ${unsaved} POST that died with the instance` : '';
  console.log(
    lost.length > 0
      ? `\nLOST:\n${[...counted(lost)].map(([text, count]) => `  ${count} × ${text}`).join('\n')}`
      : `\nLost by the ${peopleCount} people who are signed in: nothing${except}.
Three signed out, two of them while Redis was away: no copy of their cookies is let in anywhere.`,
  );
  return lost.length > 0;
}
