import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Robot } from '../../attack/robot';
import { canary, pathOf, type RouteName, routeNames } from './table-routes';

/** `open`; `closed`: not to them; `confirm`: after they showed that it is they; `stranger`: they are
 * not signed in. */
export type Outcome = 'open' | 'closed' | 'confirm' | 'stranger';

/** What a page of the table shows, and where it sends people instead. */
async function pageOutcome(robot: Robot, path: string): Promise<Outcome | string> {
  let answer = await robot.open(path);
  if (answer.status === 200) {
    return (await answer.text()).includes(canary(path)) ? 'open' : 'empty';
  }
  if (answer.status === 403) {
    const text = await answer.text();
    const says = text.includes('Your account cannot open this page');
    return says && !text.includes(canary(path)) ? 'closed' : 'leak';
  }
  // A page itself cannot say why; it sends people on to where they are told.
  const bounced = `/auth/session?returnTo=${encodeURIComponent(path)}`;
  const target = () => answer.headers.get('location')?.replace(robot.origin, '');
  if (target() === bounced) answer = await robot.open(bounced);
  if (target() === '/auth/denied') return 'closed';
  if (target() === `/auth/confirm?returnTo=${encodeURIComponent(path)}`) return 'confirm';
  if (target() === `/auth/sign-in?returnTo=${encodeURIComponent(path)}`) return 'stranger';
  return `${answer.status} ${target()}`;
}

/** What a route handler of the table answers. */
async function dataOutcome(robot: Robot, path: string): Promise<Outcome | string> {
  const answer = await robot.fetch(path, { headers: { accept: 'application/json' } });
  const text = await answer.text();
  if (answer.status === 200) return text === JSON.stringify(canary(path)) ? 'open' : 'empty';
  if (text.includes(canary(path))) return 'leak';
  if (answer.status === 403) return 'closed';
  if (answer.status === 401) {
    // The session is asked for first, and a session that is not enough has a word of its own.
    return text.includes('insufficient_user_authentication') ? 'confirm' : 'stranger';
  }
  return `${answer.status}`;
}

type ActionIds = Map<string, string>;

/** The id of every Server Action by the path of its page, as the build knows them. */
export function actionIds(standalone: string): ActionIds {
  const server = join(standalone, '.next/server');
  const manifest = JSON.parse(readFileSync(join(server, 'server-reference-manifest.json'), 'utf8'));
  const node: Record<string, { workers: Record<string, unknown> }> = manifest.node;
  return new Map(
    Object.entries(node).flatMap(([id, { workers }]) =>
      Object.keys(workers).map((worker) => [worker.replace(/^app|\/page$/g, ''), id] as const),
    ),
  );
}

/** Calls the action of a page as React's client does, at that page or through another one. */
async function actionOutcome(
  robot: Robot,
  ids: ActionIds,
  path: string,
  through = path,
): Promise<Outcome | string> {
  const answer = await robot.fetch(through, {
    method: 'POST',
    headers: {
      ...{ origin: robot.origin, 'sec-fetch-site': 'same-origin', accept: 'text/x-component' },
      ...{ 'next-action': ids.get(path) ?? '', 'content-type': 'text/plain;charset=UTF-8' },
    },
    body: '[]',
  });
  const next = answer.headers.get('x-action-redirect') ?? '';
  if (next.startsWith(`/account?acted=${path.slice(1)}`)) return 'open';
  if (next.startsWith('/auth/confirm')) return 'confirm';
  if (next.startsWith('/auth/sign-in')) return 'stranger';
  if (answer.status === 403) return 'closed';
  // Next asks the action's own page, and keeps a refusal to itself.
  const isEmpty = answer.status === 200 && /^(\{\})?$/.test(await answer.text());
  return path !== through && isEmpty ? 'closed' : `${answer.status} ${next}`;
}

/** The routes whose actions are called. */
const actionRoutes: RouteName[] = [
  'signed-in',
  'role',
  'role-by-lock',
  'role-by-group',
  'recent',
  'wing/room',
];

export type Ask = { name: RouteName; way: 'page' | 'handler' | 'action' };

/** Every route of the table by page, handler and action. */
export const everyAsk: readonly Ask[] = routeNames.flatMap((name) =>
  (['page', 'handler', 'action'] as const)
    .filter((way) => way !== 'action' || actionRoutes.includes(name))
    .map((way) => ({ name, way })),
);

/** What one browser finds. */
export async function outcomesOf(robot: Robot, ids: ActionIds, asks: readonly Ask[]) {
  const found: Record<string, string> = {};
  const find = {
    page: (path: string) => pageOutcome(robot, path),
    handler: (path: string) => dataOutcome(robot, `/api${path}`),
    action: (path: string) => actionOutcome(robot, ids, path),
  };
  for (const { name, way } of asks) found[`${way} ${name}`] = await find[way](pathOf(name));
  // Its own lock holds where the page that it is called through is open.
  const through = pathOf('signed-in');
  found['action role, through an open page'] = await actionOutcome(
    robot,
    ids,
    pathOf('role'),
    through,
  );
  found['public page'] = (await robot.open('/')).status === 200 ? 'open' : 'closed';
  return found;
}
