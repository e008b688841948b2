import type { AppServer } from '../app-server';
import { expect } from '../e2e/fixtures';
import { hold, holdSame } from '../hold';
import type { Robot } from './robot';

/** The outcomes that the matrix names. Each looks at all that people and operators see of one:
 * answer, page, cookies, log line, and what must not be lost. */

type Log = Pick<AppServer, 'events' | 'output'>;

/** The newest line of an event, once it is there: a busy machine reads a log later than an answer. */
async function expectLine(app: Log, event: string, expected: Record<string, unknown>) {
  await expect.poll(() => app.events(event).at(-1)).toMatchObject(expected);
}

/** The line of the very refusal that a page shows, by the number on it. */
async function expectLineOf(
  html: string,
  app: Log,
  event: string,
  expected: Record<string, unknown>,
) {
  const number = /<code[^>]*>([0-9a-f]{8})<\/code>/.exec(html)?.[1];
  expect(number, 'the page shows a number').toBeTruthy();
  const line = () => app.events(event).find(({ incidentId }) => incidentId === number);
  await expect.poll(line).toMatchObject(expected);
  return line();
}

/** Nothing of a sign-in may be in an address. */
function expectCleanLocation(response: Response): string {
  const location = response.headers.get('location') ?? '';
  const isClean = !/code=|state=|error_description|id_token/.test(location);
  hold(isClean, `nothing of a sign-in in an address of ${location.split('?')[0]}`);
  return location;
}

async function expectRefusal(
  robot: Robot,
  response: Response,
  { page, status, returnTo }: { page: string; status: number; returnTo: string },
): Promise<string> {
  const before = robot.session();
  expect(response.status).toBe(303);
  expect(expectCleanLocation(response)).toBe(robot.origin + page);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  const set = response.headers.getSetCookie();
  expect(set.filter((line) => /\.session=/.test(line))).toEqual([]);
  const shown = await robot.open(page);
  expect(robot.session()).toEqual(before);
  expect(shown.status).toBe(status);
  expect(shown.headers.get('cache-control')).toContain('no-store');
  const html = await shown.text();
  expect(html).toContain(`name="returnTo" value="${returnTo.replaceAll('&', '&amp;')}"`);
  expect(html).not.toMatch(/\bat \w+ \(|AADSTS|Configuration/);
  return html;
}

/** REJ: our own error page (4xx), one log line with the reason, no session, the way kept. */
export async function expectRejected(
  robot: Robot,
  app: Log,
  response: Response,
  {
    code = 'token_rejected',
    reason,
    // Of a sign-in that did not begin here nobody knows where it should have led.
    returnTo = code === 'flow_missing' ? '/' : '/account',
    status = 400,
    page = '/auth/error',
  }: { code?: string; reason?: string; returnTo?: string; status?: number; page?: string },
): Promise<void> {
  const html = await expectRefusal(robot, response, { page, status, returnTo });
  await expectLineOf(html, app, 'sign_in.failed', { code, ...(reason && { reason }) });
}

/** DENY: 403, why and what to do, the tenant in the log, the list nowhere. */
export async function expectDenied(
  robot: Robot,
  app: Log,
  response: Response,
  {
    tenantId,
    reason = 'tenant_not_listed',
    returnTo = '/account',
  }: { tenantId?: string; reason?: string; returnTo?: string } = {},
): Promise<void> {
  const html = await expectRefusal(robot, response, {
    page: '/auth/denied',
    status: 403,
    returnTo,
  });
  expect(html).toContain('Use another account');
  const expected = { reason, ...(tenantId && { tenantId }) };
  const line = await expectLineOf(html, app, 'sign_in.denied', expected);
  for (const listed of Object.values(robot.stack.entra.tenants)) {
    // The visitor's own organisation is in the mail that asks for access.
    if (listed !== line?.tenantId) expect(html).not.toContain(listed);
  }
}

/** DOWN: 503 with Retry-After, plain words, the way kept. */
export async function expectDown(
  robot: Robot,
  app: Log,
  response: Response,
  {
    stage,
    reason,
    returnTo = '/account',
  }: { stage?: string; reason?: string; returnTo?: string } = {},
): Promise<void> {
  const html = await expectRefusal(robot, response, {
    page: '/auth/error',
    status: 503,
    returnTo,
  });
  expect((await robot.open('/auth/error')).headers.get('retry-after')).toBe('60');
  await expectLineOf(html, app, 'provider.unavailable', {
    ...(stage && { stage }),
    ...(reason && { reason }),
  });
}

/** GATE: a person is sent to sign in with the way kept, code gets a bare 401, nobody a byte. */
export async function expectGated(
  response: Response,
  { origin, returnTo }: { origin: string; returnTo?: string },
): Promise<void> {
  const { status, headers } = response;
  hold([303, 401].includes(status), `gated, but ${status}`);
  const caching = headers.get('cache-control') ?? 'nothing about caches';
  hold(caching.includes('no-store'), `no cache keeps it: ${caching}`);
  const location = expectCleanLocation(response);
  if (status === 303) {
    // Next shortens addresses of the host that was asked.
    const target = new URL(location, origin);
    holdSame(target.origin + target.pathname, `${origin}/auth/sign-in`, 'to our sign-in');
    const kept = target.searchParams.get('returnTo');
    if (returnTo !== undefined) holdSame(kept, returnTo, 'the way is kept');
  }
  // Next repeats the address of a redirect as its text.
  const body = await response.text();
  hold(
    ['', location, '{"error":"unauthenticated"}'].includes(body),
    `not a byte, but ${body.length} characters`,
  );
}

/** ANON: as if the cookie were not there; it is cleared, the log says why, and the gate answers. */
export async function expectAnonymous(
  robot: Robot,
  app: Log,
  cookie: { name: string; value: string },
  reason: string,
): Promise<void> {
  const headers = { cookie: `${cookie.name}=${cookie.value}` };
  const page = await robot.open('/account', { headers });
  expect(page.status).toBe(303);
  const cleared = page.headers.getSetCookie().filter((line) => line.startsWith(`${cookie.name}=;`));
  expect(cleared).toEqual([expect.stringContaining('Max-Age=0')]);
  await expectGated(page, { origin: robot.origin, returnTo: '/account' });
  await expectLine(app, 'session.invalid', { reason });
  expect((await robot.fetch('/api/me', { headers })).status).toBe(401);
}

/** BOOT: it ends before it listens, and names the variable and never its value. */
export function expectRefusedStart(
  app: AppServer,
  problem: { variable: string; code?: string },
  values: readonly string[] = [],
): void {
  expect(app.process.exitCode, problem.variable).toBe(1);
  expect(app.events('app.started')).toEqual([]);
  expect(app.events('config.error')).toContainEqual(expect.objectContaining(problem));
  for (const value of values.filter(Boolean)) expect(app.output()).not.toContain(value);
}
