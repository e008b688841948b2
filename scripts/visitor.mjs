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
/** @typedef {{ method?: string, headers?: Record<string, string>, body?: string }} Ask */
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
  const send = (url, { method = 'GET', headers, body }, reach) =>
    new Promise((resolve, reject) => {
      const jar = jarOf(url.hostname);
      const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
      const sent = request({
        ...{ agent, method, host: '127.0.0.1', port: new URL(reach ?? url).port },
        path: url.pathname + url.search,
        ...(localAddress && { localAddress }),
        headers: {
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
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
    if (url.origin === origin) return send(url, init, reach);
    return send(url, init).catch(() => {
      throw new SignInRefused('Microsoft cannot be reached');
    });
  };

  /** Asks for a page. @param {string} path @param {string} [reach] */
  const open = (path, reach) =>
    ask(path, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } }, reach);

  /** Posts one of the app's forms. @param {string} path @param {Record<string, string>} form
   * @param {string} [reach] */
  const post = (path, form, reach) =>
    ask(path, postOf(form, { origin, 'sec-fetch-site': 'same-origin' }), reach);

  /** Presses the button of the page's Server Action, which travels as a form of several parts.
   * @param {string} path */
  async function act(path) {
    const { body } = await open(path);
    const fields = [...body.matchAll(/name="(\$ACTION_[^"]+)"(?: value="([^"]*)")?/g)];
    if (fields.length === 0) throw new Error(`${path} has no button to press`);
    const parts = fields.map(
      ([, name, value = '']) =>
        `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const headers = { origin, 'content-type': 'multipart/form-data; boundary=x' };
    return ask(path, { method: 'POST', headers, body: `${parts.join('')}--x--\r\n` });
  }

  /** Presses the button, and chooses the account at the stand-in.
   * @param {string} [reach] @returns {Promise<string>} the callback's address, not yet asked for */
  async function beginSignIn(reach) {
    const start = await post('/auth/start', { returnTo: '/account' }, reach);
    if (start.status !== 303) throw new SignInRefused(`the start answers ${start.status}`);
    if (start.location.startsWith(origin)) throw await refusalAt(start.location);
    return choose(start.location);
  }

  /** Chooses the account at the stand-in. @param {string} authorizeUrl
   * @returns {Promise<string>} the callback's address, not yet asked for */
  async function choose(authorizeUrl) {
    const page = await ask(authorizeUrl);
    if (page.location) return page.location;
    const action = /<form method="post" action="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const ticket = /name="ticket" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const buttons = page.body.matchAll(
      /<button [^>]*name="(\w+)" value="([^"]+)"[^>]*>([\s\S]*?)<\//g,
    );
    const [, field = '', value = ''] =
      [...buttons].find(([, , , text]) => text?.includes(name)) ?? [];
    const { href } = new URL(action, authorizeUrl);
    const chosen = await ask(href, postOf({ ticket, [field]: value }));
    if (!chosen.location) throw new SignInRefused(`the stand-in answers ${chosen.status}`);
    return chosen.location;
  }

  /** Comes back from the stand-in. @param {string} callbackUrl @param {string} [reach] */
  async function finishSignIn(callbackUrl, reach) {
    const { status, location } = await ask(callbackUrl, {}, reach);
    if (status !== 303) throw new SignInRefused(`the callback answers ${status}`);
    if (location !== `${origin}/account`) throw await refusalAt(location);
  }

  /** What the person reads there. @param {string} url */
  const refusalAt = async (url) =>
    new SignInRefused(
      /<h1[^>]*>([^<]*)/.exec((await open(url)).body)?.[1] ?? new URL(url).pathname,
    );

  return {
    ...{ ask, open, post, act, beginSignIn, choose, finishSignIn },
    /** The whole way. @throws SignInRefused, or what the connection failed of */
    signIn: async () => finishSignIn(await beginSignIn()),
    /** The session's cookie. @returns {{ name: string, value: string } | undefined} */
    session() {
      const jar = jarOf(new URL(origin).hostname);
      const [cookie] = [...jar].filter(([key]) => key.endsWith('.session'));
      return cookie && { name: cookie[0], value: cookie[1] };
    },
  };
}

/** A sign-in that ended elsewhere. The message is the heading of the page, or says what there was
 * instead of one. */
export class SignInRefused extends Error {}

/** @param {Record<string, string>} form @param {Record<string, string>} [headers] @returns {Ask} */
const postOf = (form, headers) => ({
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(form).toString(),
});
