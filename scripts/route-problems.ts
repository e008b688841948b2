/** What can be wrong between a build and its route policy, each with the sentence that mends it. */
import { policyInWords } from '../lib/policy-words';
import { decidingLine, needsSession, type Policy, type RoutePolicies } from '../lib/route-policy';
import { faultOf, lineOf } from './access-lines';
import type { Action } from './build-actions';
import type { Address } from './build-addresses';

/** One address that a build answers, and who may open it. */
export type Route = Address & {
  policy: Policy;
  /** The ids of the Server Actions that run there. */
  actions: string[];
};

/** What keeps a build out. `says` is for the developer: what is wrong, and what to write. */
export type Problem = {
  code:
    | 'no_policy'
    | 'absent_but_there'
    | 'no_middleware'
    | 'not_guarded'
    | 'protected_file'
    | 'made_at_build_time'
    | 'open_action'
    | 'stray_action'
    | 'nothing_there'
    | 'malformed_line';
  path: string;
  says: string;
};

/** The line by which somebody decided about a route: its own, or a wildcard above it that closes.
 * A wildcard that opens decides about parameters alone, or a new page would be public before
 * anybody thought of it; files of `public/` are there to be open. */
export function decisionOn({ path, kind }: Address, table: RoutePolicies): string | undefined {
  const line = lineOf(path);
  const deciding = decidingLine(line, table);
  if (deciding === undefined || deciding === line) return deciding;
  const policy = table[deciding] as Policy;
  return needsSession(policy) || (kind === 'public file' && policy === 'public')
    ? deciding
    : undefined;
}

const lineFor = (path: string, policy = 'signed-in') => `  '${lineOf(path)}': '${policy}',`;

/** Whether an address is the same for everybody, as icons and `robots.txt` are: it cannot be closed. */
export const isForEverybody = ({ kind, isMade }: Address): boolean =>
  kind === 'public file' || (kind === 'handler' && isMade);

/** What is wrong with a route that nobody decided about. */
export function undecidedProblem(address: Address, table: RoutePolicies): Problem {
  const { path, file } = address;
  const wider = decidingLine(lineOf(path), table);
  const but = wider ? ` of its own, and ${wider} is no decision to close it` : '';
  const line = lineFor(path, isForEverybody(address) ? 'public' : 'signed-in');
  const says = `${file} is at ${path}, which has no policy${but}. Add to lib/access.ts:${line}`;
  return { code: 'no_policy', path, says };
}

/** Addresses that a line speaks of, as examples: a matcher often leaves file names out. */
const examplesOf = (line: string) =>
  line.endsWith('/*')
    ? ['x', 'x.png', 'x.json', 'x/y'].map((name) => line.slice(0, -1) + name)
    : [line];

/** What is wrong with a route under its policy. @param isGuarded whether the middleware sees a path */
export function routeProblem(
  { path, kind, isMade, file, policy }: Route,
  isGuarded: (path: string) => boolean,
): Problem | undefined {
  const problem = (code: Problem['code'], what: string, mend: string): Problem => ({
    ...{ code, path },
    says: `${file} is at ${path}, ${what}. ${mend}`,
  });
  const whose = `which is for ${policyInWords(policy)}`;
  const open = `or write in lib/access.ts:${lineFor(path, 'public')}`;
  if (policy === 'absent') {
    const mend = `Delete it, or write there:${lineFor(path)}`;
    return problem('absent_but_there', 'and lib/access.ts says that there is nothing', mend);
  }
  if (!needsSession(policy)) return undefined;
  if (kind === 'public file') {
    const what = `${whose}, and only the middleware would close it`;
    return problem('protected_file', what, `Serve it from a route handler, ${open}`);
  }
  if (isMade) {
    const what = `${whose}, and it is made at build time: it knows no session, and caches may keep it`;
    return problem('made_at_build_time', what, `Let it call requireIdentity(), ${open}`);
  }
  const missed = examplesOf(lineOf(path)).find((one) => !isGuarded(one));
  if (missed === undefined) return undefined;
  const what = `${whose}, and the middleware never sees ${missed}`;
  return problem('not_guarded', what, 'Widen the matcher in middleware.ts.');
}

/** What is wrong with a Server Action: its policy is that of every route at which it can be called. */
export function actionProblems({ name, file, routes }: Action, all: readonly Route[]): Problem[] {
  const action = name ? `The Server Action ${name} in ${file}` : `A Server Action in ${file}`;
  const open = all.filter(({ path, policy }) => routes.includes(path) && !needsSession(policy));
  if (open.length > 0) {
    const where = open.map(({ path }) => path).join(', ');
    const or = open.length > 1 ? '.' : `, or write in lib/access.ts:${lineFor(where)}`;
    const says = `${action} can be called by everyone, at ${where}. Move it to a page that is closed${or}`;
    return [{ code: 'open_action', path: open[0]?.path ?? where, says }];
  }
  const strays = routes.filter((path) => !all.some((route) => route.path === path));
  if (strays.length === 0 && routes.length > 0) return [];
  const where = strays.length > 0 ? `can be called at ${strays.join(', ')}` : 'is in the build';
  const says = `${action} ${where}, of which no line of lib/access.ts can speak. Move it to a page that has one.`;
  return [{ code: 'stray_action', path: strays[0] ?? file, says }];
}

/** What is wrong with the table itself. @param decisions the lines that decide about a route */
export function lineProblems(table: RoutePolicies, decisions: ReadonlySet<string>): Problem[] {
  return Object.entries(table).flatMap(([line, policy]): Problem[] => {
    const fault = faultOf(line);
    if (fault) {
      const says = `lib/access.ts has the line '${line}', which is no address: ${fault}.`;
      return [{ code: 'malformed_line', path: line, says }];
    }
    if (policy === 'absent' || decisions.has(line)) return [];
    const says = `lib/access.ts has the line '${line}', and nothing is there. Delete it, or it decides about the next page of that name.`;
    return [{ code: 'nothing_there', path: line, says }];
  });
}
