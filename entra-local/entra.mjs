import { EntraError, jsonErrorResponse } from './aadsts.mjs';
import { adminConsent } from './admin-consent.mjs';
import { createAppTokens } from './app-tokens.mjs';
import { createAssertionIds } from './assertion-ids.mjs';
import { authorityFromSegment, createNames } from './authority.mjs';
import { authorize } from './authorize.mjs';
import { createCodes } from './codes.mjs';
import { createControl } from './control.mjs';
import { answerControl, CONTROL_PATH } from './control-endpoint.mjs';
import { createDirectory } from './directory.mjs';
import { discovery, keys } from './discovery.mjs';
import { endSession } from './end-session.mjs';
import { answerWithFault, createFaults } from './faults.mjs';
import { answerGraph } from './graph.mjs';
import { GRAPH_PATH } from './graph-checks.mjs';
import { interaction } from './interaction.mjs';
import { createKeyRings } from './keys.mjs';
import { errorPage, welcomePage } from './pages.mjs';
import { createRegistration } from './registration.mjs';
import { createRequestLog } from './request-log.mjs';
import { createSessions, createTickets } from './sessions.mjs';
import { token } from './token.mjs';
import { createTokenIssuers } from './token-issuers.mjs';

/**
 * What a page with a form is about.
 * @typedef {import('./authorize.mjs').AuthorizationRequest | import('./admin-consent.mjs').AdminConsentRequest | import('./end-session.mjs').SignOutRequest} Subject
 */

/**
 * Everything that the endpoints share.
 * @typedef {object} Entra
 * @property {string} originUrl
 * @property {import('./authority.mjs').Names} names
 * @property {() => number} nowSeconds
 * @property {import('./registration.mjs').Registration} registration
 * @property {import('./directory.mjs').Directory} directory
 * @property {import('./keys.mjs').KeyRings} keys
 * @property {import('./codes.mjs').Codes} codes
 * @property {import('./assertion-ids.mjs').AssertionIds} assertionIds
 * @property {import('./token-issuers.mjs').TokenIssuers} tokenIssuers
 * @property {import('./app-tokens.mjs').AppTokens} appTokens
 * @property {import('./sessions.mjs').Sessions} sessions
 * @property {import('./sessions.mjs').Tickets<Subject>} tickets
 * @property {import('./faults.mjs').Faults} faults
 * @property {import('./request-log.mjs').RequestLog} requestLog
 * @property {{ now: () => number }} clock in milliseconds, as Date.now
 */

/**
 * @typedef {object} EndpointContext
 * @property {Entra} entra
 * @property {import('./authority.mjs').Authority} authority
 * @property {Request} request
 * @property {URLSearchParams} params of the form that was posted, otherwise of the query
 * @typedef {(context: EndpointContext) => Promise<Response>} Endpoint
 */

/** `isPage`: a person looks at the answer, so errors are pages too. */
const ROUTES = [
  {
    name: 'discovery',
    path: 'v2.0/.well-known/openid-configuration',
    methods: ['GET'],
    endpoint: discovery,
  },
  { name: 'keys', path: 'discovery/v2.0/keys', methods: ['GET'], endpoint: keys },
  {
    name: 'authorize',
    path: 'oauth2/v2.0/authorize',
    methods: ['GET', 'POST'],
    endpoint: authorize,
    isPage: true,
  },
  {
    name: 'adminconsent',
    path: 'v2.0/adminconsent',
    methods: ['GET'],
    endpoint: adminConsent,
    isPage: true,
  },
  {
    name: 'interaction',
    path: 'interaction',
    methods: ['POST'],
    endpoint: interaction,
    isPage: true,
  },
  { name: 'token', path: 'oauth2/v2.0/token', methods: ['POST'], endpoint: token },
  {
    name: 'logout',
    path: 'oauth2/v2.0/logout',
    methods: ['GET', 'POST'],
    endpoint: endSession,
    isPage: true,
  },
];

/**
 * The stand-in as a function from Request to Response; `serve.mjs` puts it behind a socket.
 * @param {object} options
 * @param {string} options.originUrl `http://127.0.0.1:<port>`
 * @param {() => number} [options.now] milliseconds, as Date.now
 * @param {Partial<import('./registration.mjs').Registration>} [options.registration]
 * @param {{ authorityUrl: string, issuer: string }} [options.cloud] whose names it has
 */
export function createEntra({ originUrl, now = Date.now, registration, cloud }) {
  const names = createNames(cloud);
  const clock = { now };
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  /** @type {Entra} */
  const entra = {
    originUrl,
    names,
    nowSeconds,
    clock,
    registration: createRegistration(registration),
    directory: createDirectory(),
    keys: createKeyRings(names),
    codes: createCodes(nowSeconds),
    assertionIds: createAssertionIds(),
    tokenIssuers: createTokenIssuers(nowSeconds),
    appTokens: createAppTokens(nowSeconds),
    sessions: createSessions(nowSeconds),
    tickets: createTickets(nowSeconds),
    faults: createFaults(),
    requestLog: createRequestLog(),
  };
  const control = createControl(entra, { now, registration });
  const host = new URL(originUrl).host;

  /**
   * Dated by our clock, not by the machine's: a clock that is wrong must be noticeable.
   * @param {Request} request @returns {Promise<Response>}
   */
  async function handle(request) {
    const response = await answer(request, new URL(request.url));
    if (response.headers.has('date')) return response; // a fault's own
    response.headers.set('date', new Date(entra.clock.now()).toUTCString());
    return response;
  }

  /** @param {Request} request @param {URL} url @returns {Promise<Response>} */
  async function answer(request, url) {
    // DNS rebinding: a page elsewhere may point its own name at 127.0.0.1.
    if ((request.headers.get('host') ?? url.host) !== host)
      return plain(421, 'Misdirected Request');
    if (url.pathname === CONTROL_PATH) return answerControl(control, request);
    if (url.pathname === '/favicon.ico') return new Response(null, { status: 204 });
    if (url.pathname === '/' && request.method === 'GET') {
      return welcomePage(entra.directory.accounts());
    }
    if (url.pathname.startsWith(`${GRAPH_PATH}/`)) return answerGraph(entra, request, url);
    return answerRoute(entra, request, url);
  }

  return { handle, control, entra };
}

/** @param {Entra} entra @param {Request} request @param {URL} url */
async function answerRoute(entra, request, url) {
  const [, segment = '', ...rest] = url.pathname.split('/');
  const route = ROUTES.find(({ path }) => path === rest.join('/'));
  if (!route) return plain(404, 'Not Found');

  const params = await parametersOf(request, url);
  entra.requestLog.add(request, url, segment, route.name, params, entra.clock.now());
  if (!route.methods.includes(request.method)) {
    const problem = new EntraError(900561, { allowed: route.methods.join(' and ') });
    const response = jsonErrorResponse(problem, entra.nowSeconds());
    response.headers.set('allow', route.methods.join(', '));
    return response;
  }
  const authority = authorityFromSegment(segment);
  if (!authority) {
    const problem = new EntraError(90002, { segment });
    const answer = route.isPage ? errorPage : jsonErrorResponse;
    return answer(problem, entra.nowSeconds());
  }
  return answerWithFault(entra.faults.takeForAnswer(route.name), () =>
    route.endpoint({ entra, authority, request, params }),
  );
}

/** Of a POST only the form: RFC 6749, section 2.3.1, forbids credentials in the query. @param {Request} request @param {URL} url */
async function parametersOf(request, url) {
  if (request.method !== 'POST') return url.searchParams;
  return new URLSearchParams(await request.text());
}

/** @param {number} status @param {string} text */
const plain = (status, text) =>
  new Response(text, {
    status,
    headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
  });
