import { randomBytes, randomUUID } from 'node:crypto';
import { remember } from './remember.mjs';

/**
 * What the stand-in remembers of one browser: who is signed in, and where the application was that
 * each account reached, and which authentication contexts it satisfied.
 * @typedef {{ sid: string, authTimeSeconds: number, appOrigins: Set<string>, satisfied: Set<string> }} AccountSession
 * @typedef {{ id: string, accounts: Map<string, AccountSession> }} Browser
 */

const COOKIE = 'entra-local';
const MOST_BROWSERS = 5_000;
const MOST_TICKETS = 5_000;
const TICKET_LIFETIME_SECONDS = 1_800;

/** Entra's single sign-on sessions. @param {() => number} nowSeconds */
export function createSessions(nowSeconds) {
  /** @type {Map<string, Browser>} */
  const browsers = new Map();
  return {
    /**
     * An id that we did not give out is not adopted, so nobody can plant a session (a cookie set by
     * another port of 127.0.0.1 reaches us: cookies ignore ports, RFC 6265, section 8.5).
     * @param {Request} request @returns {Browser}
     */
    browserOf(request) {
      const known = browsers.get(cookieValue(request) ?? '');
      if (known) return known;
      const browser = { id: randomBytes(32).toString('base64url'), accounts: new Map() };
      remember(browsers, MOST_BROWSERS, browser.id, browser);
      return browser;
    },
    /** @param {Browser} browser @param {string} username @returns {AccountSession} */
    signIn(browser, username) {
      const session = browser.accounts.get(username);
      if (session) return session;
      /** @type {AccountSession} */
      const started = {
        sid: randomUUID(),
        authTimeSeconds: nowSeconds(),
        appOrigins: new Set(),
        satisfied: new Set(),
      };
      browser.accounts.set(username, started);
      return started;
    },
    reset: () => browsers.clear(),
  };
}

/** @typedef {ReturnType<typeof createSessions>} Sessions */

/** @param {Browser} browser */
export const cookieHeader = (browser) => `${COOKIE}=${browser.id}; Path=/; HttpOnly; SameSite=Lax`;

/** @param {Request} request */
function cookieValue(request) {
  const pairs = (request.headers.get('cookie') ?? '').split(/; */);
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/**
 * Tickets tie a page's form to the browser that was shown the page: a form posted by another site,
 * or with a ticket of another browser, decides nothing.
 * @template T @param {() => number} nowSeconds @returns {Tickets<T>}
 */
export function createTickets(nowSeconds) {
  /** @type {Map<string, { browserId: string, expiresAtSeconds: number, subject: T }>} */
  const tickets = new Map();
  return {
    /** @param {Browser} browser @param {T} subject @returns {string} the ticket */
    issue(browser, subject) {
      const ticket = randomBytes(24).toString('base64url');
      const expiresAtSeconds = nowSeconds() + TICKET_LIFETIME_SECONDS;
      remember(tickets, MOST_TICKETS, ticket, { browserId: browser.id, expiresAtSeconds, subject });
      return ticket;
    },
    /** @param {Browser} browser @param {string} ticket @returns {T | undefined} */
    find(browser, ticket) {
      const found = tickets.get(ticket);
      if (!found || found.browserId !== browser.id) return undefined;
      return found.expiresAtSeconds > nowSeconds() ? found.subject : undefined;
    },
    /** @param {string} ticket */
    consume: (ticket) => void tickets.delete(ticket),
    reset: () => tickets.clear(),
  };
}

/** @template T @typedef {{ issue(browser: Browser, subject: T): string, find(browser: Browser, ticket: string): T | undefined, consume(ticket: string): void, reset(): void }} Tickets */
