import type { Stack } from '../e2e/fixtures';

type Target = Pick<Stack, 'entra'> & { app: { url: string } };
let clients = 0;

/** An address that nobody else in this run has. The apps of these tests trust one proxy, so that
 * every robot is a client of its own and no limit adds up over tests. */
const nextAddress = () => {
  clients += 1;
  return `10.${(clients >> 16) & 255}.${(clients >> 8) & 255}.${clients & 255}`;
};

/** What a connection failed of before the server can have heard the request. */
const unheard = ['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'ECONNRESET'];

/** `fetch`, and once more where a kept connection was closed just as it was used again, or a busy
 * machine was slow to take a new one: a browser does the same. */
async function sendOnce(url: string | URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
    if (!unheard.includes(code)) throw error;
    return fetch(url, init);
  }
}

/** A browser without pages: cookies, redirects that are looked at instead of followed, and the
 * forms of the stand-in. A thousand of them cost less than one Chromium. */
export class Robot {
  readonly stack: Target;
  /** The app's public origin; requests go to `reach`, which may be a proxy or another instance. */
  readonly origin: string;
  reach: string;
  address = nextAddress();
  private readonly jars = new Map<string, Map<string, string>>();

  /** @param origin the app's public origin where it differs from where it listens */
  constructor(stack: Target, origin = stack.app.url) {
    this.stack = stack;
    this.origin = origin;
    this.reach = stack.app.url;
  }

  /** The cookies that the browser holds for the app, or for another origin. */
  cookies(origin = this.origin): Map<string, string> {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }

  /** How a request goes out, for robots behind something that `fetch` cannot reach. */
  protected send(url: string | URL, init: RequestInit): Promise<Response> {
    return sendOnce(url, init);
  }

  /** One request with this browser's cookies; `path` may be absolute. Set-Cookie is obeyed. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.origin);
    const jar = this.cookies(url.origin);
    const headers = new Headers(init.headers);
    const own = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const cookie = [own, headers.get('cookie')].filter(Boolean).join('; ');
    if (cookie) headers.set('cookie', cookie);
    if (url.origin === this.origin) headers.set('x-forwarded-for', this.address);
    const there = url.origin === this.origin ? this.reach + url.pathname + url.search : url;
    const { hostname } = new URL(there);
    // A mistake must not send a test's cookies and codes into the world.
    if (!/^(localhost|127\.0\.0\.1)$/.test(hostname)) throw new Error(`not here: ${hostname}`);
    const response = await this.send(there, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const name = pair.slice(0, pair.indexOf('='));
      if (attributes.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, pair.slice(name.length + 1));
    }
    return response;
  }

  /** Asks for a page as a person's browser does. */
  open(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ accept: 'text/html', 'sec-fetch-dest': 'document' });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    return this.fetch(path, { ...init, headers });
  }

  /** Posts one of our own forms. */
  post(path: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, {
      method: 'POST',
      headers: { origin: this.origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(fields),
    });
  }

  /** Presses our button. @returns the authorization request */
  async start(returnTo = '/account', fields: Record<string, string> = {}): Promise<URL> {
    const response = await this.post('/auth/start', { returnTo, ...fields });
    if (response.status !== 303) throw new Error(`the start answers ${response.status}`);
    return new URL(response.headers.get('location') ?? '');
  }

  /** Chooses an account at the stand-in. @returns the callback's address, not yet asked for */
  async answer(request: URL, name = 'Ada Berg'): Promise<string> {
    const page = await this.fetch(request.href);
    const direct = page.headers.get('location');
    if (direct) return direct;
    const html = await page.text();
    const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const button = [
      ...html.matchAll(/<button [^>]*name="(\w+)" value="([^"]+)"[^>]*>([\s\S]*?)<\//g),
    ];
    const match = button.find(([, , , text = '']) => text.includes(name));
    if (!match) throw new Error(`the stand-in offers no ${name}:\n${html.slice(-1500)}`);
    const [, field = '', value = ''] = match;
    const chosen = await this.fetch(new URL(action, request).href, {
      method: 'POST',
      body: new URLSearchParams({ ticket, [field]: value }),
    });
    const location = chosen.headers.get('location');
    if (!location) throw new Error(`the stand-in keeps ${name}:\n${await chosen.text()}`);
    return location;
  }

  /** The whole way through Microsoft. @returns our answer to the callback */
  async signIn(name = 'Ada Berg', returnTo = '/account'): Promise<Response> {
    return this.fetch(await this.answer(await this.start(returnTo), name));
  }

  /** The app's session cookie, by its exact name in this environment. */
  session(): { name: string; value: string } | undefined {
    const found = [...this.cookies()].find(([name]) => name.endsWith('.session'));
    return found && { name: found[0], value: found[1] };
  }

  /** Who the app says is signed in; undefined for nobody. */
  async me(): Promise<{ name: string; tenantId: string; objectId: string } | undefined> {
    const response = await this.fetch('/api/me');
    if (response.status === 200) return (await response.json()) as never;
    if (response.status !== 401) throw new Error(`/api/me answers ${response.status}`);
    return undefined;
  }
}
