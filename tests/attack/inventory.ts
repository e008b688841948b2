import { access } from '../../lib/access';
import type { RoutePolicies } from '../../lib/route-policy';
import { coveredRoutes } from '../../scripts/covered-routes';
import type { Route as CoveredRoute, Problem } from '../../scripts/route-problems';

/** One address that a build answers, or that its policy says is absent. */
export type Route = Pick<CoveredRoute, 'path' | 'policy' | 'actions'> & {
  kind: CoveredRoute['kind'] | 'absent';
};

/** Every route of a build with its policy, and what the table says is not there.
 * @param folder a standalone folder: what is really run */
export function inventory(
  folder = '.next/standalone',
  table: RoutePolicies = access,
): { routes: Route[]; problems: Problem[] } {
  const { routes, problems } = coveredRoutes(folder, table);
  const absent = Object.keys(table)
    .filter((line) => table[line] === 'absent')
    .map((line): Route => {
      const path = line.replace('/*', '/session');
      return { path, kind: 'absent', policy: 'absent', actions: [] };
    });
  return { routes: [...routes, ...absent], problems };
}

/** What keeps a build out, as `code path`: what nobody decided about, and what was decided wrongly. */
export function inventoryProblems(folder?: string, table?: RoutePolicies): string[] {
  return inventory(folder, table).problems.map(({ code, path }) => `${code} ${path}`);
}
