import { expect, test } from '@playwright/test';
import { deploymentFindings } from '../../../setup/deployment/checks';
import {
  type Answers,
  type Deployment,
  html,
  origin,
  page,
  ready,
  signIn,
  start,
  startDeployment,
} from './broken-deployment';

let deployment: Deployment;
test.beforeAll(async () => {
  deployment = await startDeployment();
});
test.afterAll(() => deployment.close());

/** What is not right, as `code status`; each with a next step. */
async function faultsOf(changes?: () => Answers, at = origin): Promise<string[]> {
  deployment.answer(changes);
  const findings = await deploymentFindings(at, deployment.fetch);
  const faults = findings.filter(({ status }) => status !== 'ok');
  expect(faults.filter(({ next }) => !next)).toEqual([]);
  return faults.map(({ code, status }) => `${code} ${status}`);
}

test('a deployment as it should be has no fault', async () => {
  expect(await faultsOf()).toEqual([]);
  const ok = await deploymentFindings(origin, deployment.fetch);
  expect(ok.map(({ code }) => code)).toEqual([
    ...['reached', 'ready', 'headers_right', 'sign_in_starts', 'cookies_right'],
    ...['page_closed', 'api_closed', 'action_closed', 'setup_absent', 'http_closed'],
  ]);
});

test('of another app nothing more is asked than who it is', async () => {
  await faultsOf(() => ({ 'GET /healthz': html(404) }));
  expect(deployment.seen.map(({ line }) => line)).toEqual(['GET /healthz']);
});

test('a stranger brings no cookie, and posts as a page of the app would', async () => {
  await faultsOf();
  expect(deployment.seen.filter(({ headers }) => headers.cookie)).toEqual([]);
  const posts = deployment.seen.filter(({ line }) => line.startsWith('POST'));
  expect(posts.map(({ line }) => line).sort()).toEqual(['POST /account', 'POST /auth/start']);
  for (const { headers } of posts) {
    expect(headers).toMatchObject({ origin, 'sec-fetch-site': 'same-origin' });
  }
});

const withPage = (...given: Parameters<typeof page>) => ({ 'GET /': page(...given) });
const withStart = (...given: Parameters<typeof start>) => ({ 'POST /auth/start': start(...given) });
const other = 'https://www.contoso.example';
const fixed = page();

/** Over 250 lines: one table, as long as there are faults.
 *
 * What is wrong with a deployment, and what the doctor says to it. */
const faults: [what: string, changes: () => Answers, told: string[]][] = [
  // Something else answers: one finding, not twenty.
  ['another app', () => ({ 'GET /healthz': { status: 404 } }), ['not_this_app fail']],
  ['a web page everywhere', () => ({ 'GET /healthz': html(200) }), ['page_for_json fail']],
  ['another app that is healthy, too', () => ({ 'GET /readyz': html(404) }), ['not_this_app fail']],
  ['a proxy without an app', () => ({ 'GET /healthz': html(502) }), ['proxy_answers fail']],
  [
    'a platform’s own sign-in',
    () => ({ 'GET /healthz': { status: 401 } }),
    ['blocked_in_front fail'],
  ],
  [
    'a redirect to another host',
    () => ({ 'GET /healthz': { status: 301, headers: { location: other } } }),
    ['redirected_away fail'],
  ],
  [
    'a redirect that leads nowhere',
    () => ({ 'GET /healthz': { status: 302 } }),
    ['redirected_away fail'],
  ],
  // The app says so itself.
  ['an app that is not ready', () => ready({ status: 'not ready' }, 503), ['not_ready fail']],
  [
    'a refused credential',
    () => ready({ status: 'not ready', credentials: 'rejected' }, 503),
    ['credentials_rejected fail'],
  ],
  ['an app that stops', () => ready({ status: 'stopping' }, 503), ['stopping warn']],
  [
    'an app without its Redis',
    () => ready({ status: 'not ready', revocations: 'unavailable' }, 503),
    ['redis_unavailable fail'],
  ],
  [
    'a refused credential of an app in use',
    () => ready({ status: 'ready', credentials: 'rejected' }),
    ['credentials_rejected fail'],
  ],
  [
    'a credential that expires',
    () => ready({ status: 'ready', credentialExpiresWithinDays: 30 }),
    ['credential_expires_soon warn'],
  ],
  [
    'a credential that has expired',
    () => ready({ status: 'ready', credentialExpiresWithinDays: 0 }),
    ['credential_expires_soon fail'],
  ],
  // Headers.
  [
    'a header that is stripped',
    () => withPage({ 'X-Content-Type-Options': '' }),
    ['headers_missing fail'],
  ],
  [
    'a header that is replaced',
    () => withPage({ 'X-Frame-Options': 'SAMEORIGIN' }),
    ['headers_changed warn'],
  ],
  ['no word about https', () => withPage({ 'Strict-Transport-Security': '' }), ['hsts_weak fail']],
  [
    'https for a day',
    () => withPage({ 'Strict-Transport-Security': 'max-age=86400' }),
    ['hsts_weak fail'],
  ],
  ['no policy', () => withPage({ 'Content-Security-Policy': '' }), ['csp_missing fail']],
  [
    'a gate that does not run',
    () => withPage({ 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" }),
    ['csp_without_nonce fail'],
  ],
  [
    'a policy that runs anything',
    () => withPage({}, (csp) => csp.replace("script-src '", "script-src 'unsafe-inline' '")),
    ['csp_without_nonce fail'],
  ],
  [
    'a page in a frame',
    () => withPage({}, (csp) => csp.replace("frame-ancestors 'none'", 'frame-ancestors *')),
    ['csp_frames fail'],
  ],
  ['a cached page', () => ({ 'GET /': fixed }), ['nonce_repeated fail']],
  [
    'a development server',
    () => withPage({}, (csp) => csp.replace("'strict-dynamic'", "'strict-dynamic' 'unsafe-eval'")),
    ['development_build fail'],
  ],
  ['a start page that breaks', () => ({ 'GET /': html(500) }), ['page_unknown fail']],
  // The start of a sign-in.
  [
    'another AUTH_URL, told by the redirect URI',
    () => withStart({ appOrigin: other }),
    ['origin_differs fail'],
  ],
  [
    'an AUTH_URL told by the gate',
    () => ({ 'GET /account': signIn(other) }),
    ['origin_differs fail'],
  ],
  [
    'an AUTH_URL told at the start',
    () => ({ 'POST /auth/start': signIn(other) }),
    ['origin_differs fail'],
  ],
  [
    'an AUTH_URL of development',
    () => withStart({ appOrigin: 'http://localhost:3000' }),
    ['origin_differs fail', 'cookie_name fail', 'cookie_flags fail'],
  ],
  ['the stand-in', () => withStart({ at: 'http://127.0.0.1:4999' }), ['stand_in_deployed fail']],
  [
    'a sign-in that leads elsewhere',
    () => withStart({ at: 'https://login.contoso.example' }),
    ['authority_unknown fail'],
  ],
  [
    'a sign-in at the name of the stand-in',
    () => withStart({ at: 'https://entra-local.invalid' }),
    ['authority_unknown fail'],
  ],
  ['no fault: another cloud', () => withStart({ at: 'https://login.microsoftonline.us' }), []],
  [
    'a cookie that scripts may read',
    () => withStart({}, (line) => [line.replace('; HttpOnly', '')]),
    ['cookie_flags fail'],
  ],
  [
    'a cookie that other sites send',
    () => withStart({}, (line) => [line.replace('=Lax', '=None')]),
    ['cookie_flags fail'],
  ],
  [
    'a cookie that goes over http',
    () => withStart({}, (line) => [line.replace('; Secure', '')]),
    ['cookie_flags fail'],
  ],
  [
    'a cookie for all of the domain',
    () => withStart({}, (line) => [`${line}; Domain=contoso.example`]),
    ['cookie_domain fail'],
  ],
  [
    'a cookie without its prefix',
    () => withStart({}, (line) => [line.replace('__Host-', '')]),
    ['cookie_name fail'],
  ],
  [
    'no cookie but the balancer’s',
    () => withStart({}, () => ['ARRAffinity=x; Path=/']),
    ['cookie_missing fail'],
  ],
  [
    'no way to Microsoft',
    () => ({ 'POST /auth/start': { status: 303, headers: { location: '/auth/error' } } }),
    ['sign_in_fails fail'],
  ],
  ['a POST that is kept away', () => ({ 'POST /auth/start': html(405) }), ['start_unknown fail']],
  [
    'a POST whose origin is stripped',
    () => ({ 'POST /auth/start': signIn() }),
    ['start_unknown fail'],
  ],
  ['too many at once', () => ({ 'POST /auth/start': html(429) }), ['rate_limited warn']],
  // Strangers.
  ['a page that anybody sees', () => ({ 'GET /account': html(200) }), ['page_open fail']],
  [
    'an API that anybody asks',
    () => ({ 'GET /api/me': { status: 200, body: '{}' } }),
    ['api_open fail'],
  ],
  ['an API that answers with a page', () => ({ 'GET /api/me': signIn() }), ['api_redirects warn']],
  ['an action that Next looks for', () => ({ 'POST /account': html(404) }), ['action_open fail']],
  ['an action that runs', () => ({ 'POST /account': html(200) }), ['action_open fail']],
  [
    'doors that answer otherwise',
    () => ({ 'GET /account': html(418), 'POST /account': html(403), 'GET /api/me': html(404) }),
    ['answer_unknown warn', 'answer_unknown warn', 'answer_unknown warn'],
  ],
  [
    'a page that caches may keep',
    () => ({
      'GET /account': {
        ...signIn(),
        headers: { location: `${origin}/auth/sign-in`, 'cache-control': 'public' },
      },
    }),
    ['cacheable fail'],
  ],
  ['the set-up page', () => ({ 'GET /setup': html(200) }), ['setup_open fail']],
  ['http beside https', () => ({ 'http GET /': html(200) }), ['http_open warn']],
];
for (const [what, changes, told] of faults) {
  test(`${what} is named`, async () => {
    expect(await faultsOf(changes)).toEqual(told);
  });
}

test('on this computer http will do, and a development server is no fault', async () => {
  const local = deployment.url;
  const answers = () => ({
    'GET /': page({ 'Strict-Transport-Security': '' }, (csp) =>
      csp.replace("'strict-dynamic'", "'strict-dynamic' 'unsafe-eval'"),
    ),
    'POST /auth/start': start({ appOrigin: local, at: 'http://127.0.0.1:4999' }),
    'GET /account': signIn(local),
  });
  expect(await faultsOf(answers, local)).toEqual(['development_build warn']);
});
