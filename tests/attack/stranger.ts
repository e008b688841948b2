import { needsSession, requirementOf } from '../../lib/route-policy';
import { expect, type Stack } from '../e2e/fixtures';
import { hold, holdSame } from '../hold';
import { inventory, type Route } from './inventory';
import { expectGated } from './outcomes';
import { Robot } from './robot';
import { type Ask, send } from './wire';

/** The routes of the build under test. */
export const { routes } = inventory();
/** The closed ones that Ada may open: a fork may have others, for a role that she does not have. */
export const adasRoutes = routes.filter(
  ({ policy }) => needsSession(policy) && [undefined, 'Admin'].includes(requirementOf(policy).role),
);
/** The headers with which a browser asks for a page. */
export const asDocument = { accept: 'text/html', 'sec-fetch-dest': 'document' };
/** What a prefetch would use up. */
const once = ['/authorization-code/callback', '/auth/approve/done'];

/** What only Ada may read, and the proof that she can. */
export async function protectedBytes(stack: Pick<Stack, 'app' | 'entra'>): Promise<string[]> {
  const robot = new Robot(stack);
  await robot.signIn();
  const { name = '', objectId = '', tenantId = '' } = (await robot.me()) ?? {};
  const { person } = await (await robot.fetch('/api/session')).json();
  const bytes = [name, objectId, tenantId, 'ada@contoso.example', 'Check my session again', person];
  for (const { path } of adasRoutes) {
    const answer = await robot.open(path);
    expect(answer.status, path).toBe(200);
    const body = await answer.text();
    expect(
      bytes.some((one) => body.includes(one)),
      `${path} shows something`,
    ).toBe(true);
  }
  expect(bytes.every(Boolean)).toBe(true);
  return bytes;
}

/** A stranger asks for an address: what the answer must be follows from the route's policy. */
export async function expectClosed(
  stack: Pick<Stack, 'app'>,
  { path: route, policy }: Route,
  path: string,
  ask: Ask,
  bytes: string[],
): Promise<void> {
  const headers = { 'x-forwarded-for': '10.255.0.1', ...ask.headers };
  const answer = await send(stack.app.url, path, { ...ask, headers });
  const { status } = answer;
  const body = await answer.clone().text();
  const step = `${policy}: ${ask.method ?? 'GET'} ${path} ${JSON.stringify(ask.headers ?? {})}`;
  const leaks = bytes.filter((one) => body.includes(one));
  const session = answer.headers.getSetCookie().some((line) => /\.session=[^;]/.test(line));
  holdSame({ leaks, session }, { leaks: [], session: false }, step);
  if (needsSession(policy)) {
    try {
      await expectGated(answer, { origin: stack.app.url });
      if (route.startsWith('/api/')) holdSame(status, 401, 'a bare 401');
    } catch (cause) {
      throw new Error(step, { cause });
    }
  } else if (policy === 'absent') {
    holdSame([status, body], [404, ''], step);
  } else if (!once.includes(route) || status !== 503) {
    hold(status < 500, `${step}: ${status}`);
  } else {
    // "Not now", with which browsers drop a prefetch.
    holdSame([body, JSON.stringify(headers).includes('prefetch')], ['', true], step);
  }
}
