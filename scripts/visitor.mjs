/** A person with a browser, without the browser: cookies, forms, and an address of their own, so that
 * a thousand of them come through a real proxy as a thousand clients. */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });
let visitors = 0;

/** All of 127.0.0.0/8 is this machine, where the system knows it; elsewhere all share one address. */
function nextAddress() {
  visitors += 1;
  if (process.platform !== 'linux') return undefined;
  return `127.${1 + ((visitors >> 16) & 63)}.${(visitors >> 8) & 255}.${visitors & 255}`;
}

/** @typedef {{ status: number, location: string, setCookies: string[], body: string }} Answer */
/** @typedef {{ method?: string, headers?: Record<string, string>, form?: Record<string, string> }} Ask */
/** @typedef {ReturnType<typeof createVisitor>} Visitor */

/** @param {string} origin of the app @param {string} [name] who they are at the stand-in */
export function createVisitor(origin, name = 'Ada Berg') {
  const localAddress = nextAddress();
  /** By host, because cookies know no port. @type {Map<string, Map<string, string>>} */
  const jars = new Map();
  /** @param {string} host */
  const jarOf = (host) => {
    const jar = jars.get(host) ?? new Map();
    jars.set(host, jar);
    return jar;
  };

  /** @param {URL} url @param {Ask} ask @param {string} [reach] another way to the app than its own
   * @returns {Promise<Answer>} */
  const send = (url, { method = 'GET', headers, form }, reach) =>
    new Promise((resolve, reject) => {
      const jar = jarOf(url.hostname);
      const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
      const body = form && new URLSearchParams(form).toString();
      const sent = request({
        ...{ agent, method, host: '127.0.0.1', port: new URL(reach ?? url).port },
        path: url.pathname + url.search,
        ...(localAddress && { localAddress }),
        headers: {
          ...(body !== undefined && {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(Buffer.byteLength(body)),
          }),
          ...headers,
          host: url.host,
          ...(cookie && { cookie }),
        },
      });
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const setCookies = answer.headers['set-cookie'] ?? [];
        for (const line of setCookies) {
          const [pair = '', ...attributes] = line.split(/;\s*/);
          const key = pair.slice(0, pair.indexOf('='));
          if (attributes.includes('Max-Age=0')) jar.delete(key);
          else jar.set(key, pair.slice(key.length + 1));
        }
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece) => {
          text += piece;
        });
        answer.on('error', reject); // cut before its end
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? '',
            ...{ setCookies, body: text },
          }),
        );
      });
      sent.end(body);
    });

  /** One request of theirs; `path` may be absolute, and redirects are looked at, not followed.
   * @param {string} path @param {Ask} [init] @param {string} [reach] past the proxy, to an instance */
  const ask = (path, init = {}, reach) => {
    const url = new URL(path, origin);
    const { hostname } = url;
    // A mistake must not send cookies and codes into the world.
    if (hostname !== 'localhost' && hostname !== '127.0.0.1') throw new Error(`far: ${hostname}`);
    return send(url, init, url.origin === origin ? reach : undefined);
  };

  /** Asks for a page. @param {string} path @param {string} [reach] */
  const open = (path, reach) =>
    ask(path, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } }, reach);

  /** Posts one of the app's forms. @param {string} path @param {Record<string, string>} form
   * @param {string} [reach] */
  const post = (path, form, reach) =>
    ask(
      path,
      { method: 'POST', form, headers: { origin, 'sec-fetch-site': 'same-origin' } },
      reach,
    );

  /** Presses the button, and chooses the account at the stand-in.
   * @param {string} [reach] @returns {Promise<string>} the callback's address, not yet asked for */
  async function beginSignIn(reach) {
    const start = await post('/auth/start', { returnTo: '/account' }, reach);
    if (start.status !== 303 || !start.location.startsWith('http')) {
      throw new SignInRefused(`the start answers ${start.status} ${start.location}`);
    }
    if (start.location.startsWith(origin)) throw new SignInRefused(pathOf(start.location));
    const page = await ask(start.location);
    if (page.location) return page.location;
    const action = /<form method="post" action="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const ticket = /name="ticket" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const buttons = page.body.matchAll(
      /<button [^>]*name="(\w+)" value="([^"]+)"[^>]*>([\s\S]*?)<\//g,
    );
    const [, field = '', value = ''] =
      [...buttons].find(([, , , text]) => text?.includes(name)) ?? [];
    const chosen = await ask(new URL(action, start.location).href, {
      method: 'POST',
      form: { ticket, [field]: value },
    });
    if (!chosen.location) throw new SignInRefused(`the stand-in answers ${chosen.status}`);
    return chosen.location;
  }

  /** Comes back from the stand-in. @param {string} callbackUrl @param {string} [reach] */
  async function finishSignIn(callbackUrl, reach) {
    const { status, location } = await ask(callbackUrl, {}, reach);
    if (location !== `${origin}/account`) {
      throw new SignInRefused(location ? pathOf(location) : `the callback answers ${status}`);
    }
  }

  return {
    ...{ ask, open, post, beginSignIn, finishSignIn },
    /** The whole way. @throws SignInRefused, or what the connection failed of */
    signIn: async () => finishSignIn(await beginSignIn()),
    /** The value of the session's cookie. @returns {string | undefined} */
    session: () =>
      [...jarOf(new URL(origin).hostname)].find(([key]) => key.endsWith('.session'))?.[1],
  };
}

/** A sign-in that ended on another page than the one that was wanted. The message says which. */
export class SignInRefused extends Error {}

/** @param {string} url */
const pathOf = (url) => new URL(url).pathname;
