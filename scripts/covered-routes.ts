/** Compares a build with the route policy: a build answers nothing that nobody decided about. */
import { needsSession, type RoutePolicies } from '../lib/route-policy';
import { lineOf } from './access-lines';
import { actionsOf } from './build-actions';
import { addressesOf } from './build-addresses';
import { guardOf } from './build-manifests';
import {
  actionProblems,
  decisionOn,
  isForEverybody,
  lineProblems,
  type Problem,
  type Route,
  routeProblem,
  undecidedProblem,
} from './route-problems';

/** Every route of a build with its policy, and what is wrong with the build or with the table.
 * @param folder where `.next` and `public` lie: the project's, or a standalone one
 * @throws Error when a manifest is not as Next writes it: it might hide a route */
export function coveredRoutes(
  folder: string,
  table: RoutePolicies,
): { routes: Route[]; problems: Problem[] } {
  const actions = actionsOf(folder);
  const isGuarded = guardOf(folder);
  const found = addressesOf(folder).map((address) => {
    const decision = decisionOn(address, table);
    const route: Route = {
      ...address,
      // What no line speaks of is closed (policyOf in lib/route-policy.ts).
      policy: (decision === undefined ? undefined : table[decision]) ?? 'signed-in',
      actions: actions.filter(({ routes }) => routes.includes(address.path)).map(({ id }) => id),
    };
    return { route, decision };
  });
  const routes = found.map(({ route }) => route);
  const undecided = found.filter(({ decision }) => decision === undefined);
  const decided = found.flatMap(({ decision }) => decision ?? []);
  const own = routes.map(({ path }) => lineOf(path));
  const problems: Problem[] = [
    ...lineProblems(table, new Set([...decided, ...own])),
    ...undecided.map(({ route }) => undecidedProblem(route, table)),
    ...found
      .filter(({ decision, route }) => decision !== undefined || !isForEverybody(route))
      .flatMap(({ route }) => routeProblem(route, isGuarded ?? (() => true)) ?? []),
    ...actions.flatMap((action) => actionProblems(action, routes)),
  ];
  if (!isGuarded && routes.some(({ policy }) => needsSession(policy))) {
    const says =
      'This build has no middleware: nobody is sent to sign in. Put middleware.ts back, with its matcher.';
    problems.unshift({ code: 'no_middleware', path: 'middleware.ts', says });
  }
  return { routes, problems };
}
