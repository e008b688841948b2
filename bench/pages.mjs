/** What a browser gets of each: the size of the cookie, what is set again, and JavaScript. */
import { Agent, get } from 'node:http';
import { scriptsOf } from './bytes.mjs';
import { send } from './load.mjs';
import { headerOf } from './sessions.mjs';

/** @param {string} url @returns {Promise<string>} the page for who is signed out; the twin, which asks
 * nobody, is told so */
const signedOut = (url) =>
  new Promise((resolve, reject) => {
    const headers = { accept: 'text/html', 'x-bench-signed-out': 'yes' };
    get(url, { headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (piece) => {
        body += piece;
      });
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(body)
          : reject(new Error(`${url}: ${answer.statusCode}`)),
      );
    }).on('error', reject);
  });

/** @param {Pick<import('./field.mjs').Entrant, 'candidate' | 'server' | 'newSession'>} entrant
 * @param {string} standalone the folder of its build */
export async function weighPages({ candidate, server, newSession }, standalone) {
  const session = newSession();
  const agent = new Agent();
  const page = await send(agent, server.origin, {
    path: candidate.paths.page,
    cookie: headerOf(session),
  });
  agent.destroy();
  if (page.status !== 200) throw new Error(`${candidate.name}: ${page.status}`);
  const signIn = await signedOut(server.origin + candidate.paths.signIn);
  return {
    cookieBytes: headerOf(session).length,
    setCookieBytes: page.setCookies.join('').length,
    signInScripts: scriptsOf(signIn, standalone),
    pageScripts: scriptsOf(page.body, standalone),
  };
}
