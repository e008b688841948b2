import {
  atMost,
  byteTargets,
  cpuTargets,
  signInCounts,
  signInTime,
  tenantTargets,
} from './targets.mjs';

/** Everything that a comparison is judged by. @param {import('./compare.mjs').Comparison} comparison
 * @returns {import('./targets.mjs').Target[]} */
export function judge({ figures, taking, pages, growth, tenants, signIn }) {
  const [own, app, twin] = ['ours', 'app', 'app-twin'].map((name) => pages.get(name));
  return [
    ...cpuTargets(figures, taking),
    atMost(
      '10,000 different forged cookies: growth of live memory',
      growth.forgeries.heapMb,
      2,
      ' MB',
    ),
    ...(signIn.ours ? [...signInCounts(signIn.ours), signInTime(signIn.ours)] : []),
    ...(own && app && twin
      ? byteTargets(own, {
          signIn: app.signInScripts.atOnce - twin.signInScripts.atOnce,
          page: app.pageScripts.ever - twin.pageScripts.ever,
        })
      : []),
    ...tenantTargets(tenants),
  ];
}
