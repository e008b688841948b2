import 'server-only';

import { AsyncResource } from 'node:async_hooks';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { record } from './audit';
import { addressFromHeader, clientAddressHeader, clientKey } from './client-address';
import { signInPath } from './return-to';
import { fill, languageFromHeader } from './words';

/** The endpoints that do work for whoever asks. */
export type LimitedEndpoint =
  | 'start'
  | 'callback'
  | 'session'
  | 'sign-out'
  | 'front-channel'
  | 'approve'
  | 'revoke'
  | 'csp-report';

/** Per client and endpoint. Generous, because a whole company may share one address, and still far
 * below what would hurt: each costs about a millisecond. */
const mostRequests = 300;
const perSeconds = 60;

/** The limiter starts a timer for each client. Node ties a timer to the request that starts it, and
 * thirty kilobytes of that request would stay for as long; here it is tied to nothing. */
const apart = new AsyncResource('rate-limit');

const limiters = new Map<LimitedEndpoint, RateLimiterMemory>();

function limiterOf(endpoint: LimitedEndpoint): RateLimiterMemory {
  const limiter =
    limiters.get(endpoint) ??
    new RateLimiterMemory({ keyPrefix: endpoint, points: mostRequests, duration: perSeconds });
  limiters.set(endpoint, limiter);
  return limiter;
}

/** Counts a request. @param onwardPath the page to go on from later
 * @returns the answer (429) when its client has asked too often, else nothing */
export async function limit(
  endpoint: LimitedEndpoint,
  request: Request,
  returnTo: string,
  onwardPath = signInPath(returnTo),
): Promise<Response | undefined> {
  const client = clientKey(addressFromHeader(request.headers.get(clientAddressHeader)));
  try {
    await apart.runInAsyncScope(() => limiterOf(endpoint).consume(client));
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    record({ event: 'rate_limited', endpoint, retryAfterSeconds });
    return await tooManyRequests(request, retryAfterSeconds, onwardPath);
  }
}

/** The page of RFC 6585 §4. Written here, because a flood should not cost a rendered page. */
async function tooManyRequests(
  request: Request,
  retryAfterSeconds: number,
  onwardPath: string,
): Promise<Response> {
  const { tag, words } = await languageFromHeader(request.headers.get('accept-language'));
  const { title, text, wait, link: label } = words.tooMany;
  const time = new Intl.NumberFormat(words.locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'long',
  }).format(retryAfterSeconds);
  // The middleware has put this response's policy there, and with it the nonce of the style.
  const policy = request.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([\w+/=-]+)'/.exec(policy)?.[1] ?? '';
  const href = onwardPath.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const html = `<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style nonce="${nonce}">
:root { background: canvas; color: canvastext }
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1.5rem }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
<p>${fill(wait, { time, link: `<a href="${href}">${label}</a>` })}</p>
</main>
</body>
</html>
`;
  return new Response(html, {
    status: 429,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'retry-after': `${retryAfterSeconds}`,
    },
  });
}
