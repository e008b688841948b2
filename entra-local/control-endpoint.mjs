import { createHash, timingSafeEqual } from 'node:crypto';

export const CONTROL_PATH = '/__control';

/** What may be called over HTTP. Going offline is not among them: nobody could call back online. */
const METHODS = /** @type {const} */ ([
  'inject',
  'rotateKeys',
  'removeKeyIssuer',
  'patchAccount',
  'patchRegistration',
  'issueToken',
  'setClock',
  'reset',
]);

/**
 * Only browsers send these. `Sec-Fetch-Mode` alone is let through: Node's own fetch sends it, while
 * a browser that sends it sends `Sec-Fetch-Site` as well.
 */
const BROWSER_HEADERS = ['origin', 'referer', 'sec-fetch-site', 'sec-fetch-dest', 'sec-fetch-user'];

/** @typedef {{ request: Request, control: import('./control.mjs').Control }} ControlCheckContext */

/** Each says with which status it refuses. @type {((context: ControlCheckContext) => number | undefined)[]} */
const CONTROL_CHECKS = [comesFromNoBrowser, methodIsPost, bodyIsJson, tokenIsRight];

/**
 * `POST /__control` with `{ "method": …, "args": [ … ] }`.
 * @param {import('./control.mjs').Control} control @param {Request} request
 */
export async function answerControl(control, request) {
  for (const check of CONTROL_CHECKS) {
    const status = check({ request, control });
    if (status !== undefined) return new Response(null, { status });
  }
  try {
    const { method, args = [] } = await request.json();
    if (method === 'requests') return Response.json({ result: control.requests });
    if (!METHODS.includes(method)) throw new TypeError(`no method ${String(method)}`);
    const call = /** @type {Record<string, (...args: unknown[]) => unknown>} */ (
      /** @type {unknown} */ (control)
    );
    return Response.json({ result: (await call[method]?.(...args)) ?? null });
  } catch (problem) {
    const error = problem instanceof Error ? problem.message : 'not understood';
    return Response.json({ error }, { status: 400 });
  }
}

/** @param {ControlCheckContext} context */
function comesFromNoBrowser({ request }) {
  return BROWSER_HEADERS.some((name) => request.headers.has(name)) ? 403 : undefined;
}

/** @param {ControlCheckContext} context */
function methodIsPost({ request }) {
  return request.method === 'POST' ? undefined : 405;
}

/** A page can post text and forms without asking first, but not JSON. @param {ControlCheckContext} context */
function bodyIsJson({ request }) {
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  return type === 'application/json' ? undefined : 415;
}

/** @param {ControlCheckContext} context */
function tokenIsRight({ request, control }) {
  const presented = digest(request.headers.get('authorization') ?? '');
  return timingSafeEqual(presented, digest(`Bearer ${control.token}`)) ? undefined : 401;
}

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest();
