/** Signs a person in over HTTP, through the app and the stand-in, without a browser. */

/** @param {Map<string, string>} jar @param {Response} response */
function keepCookies(jar, response) {
  for (const line of response.headers.getSetCookie()) {
    const pair = line.split(';')[0] ?? '';
    jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
}

/** @param {string} origin where the app says that it is @param {string} reach where it listens
 * @param {string} person @returns {Promise<{ name: string, value: string }>} the session's cookie */
export async function signIn(origin, reach, person = 'Ada Berg') {
  /** @type {Map<string, string>} */
  const jar = new Map();
  /** @param {string} url @param {RequestInit} [init] */
  const ask = async (url, init = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, cookie };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    keepCookies(jar, response);
    return response;
  };
  const start = await ask(`${reach}/auth/start`, {
    method: 'POST',
    headers: { origin, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ returnTo: '/account' }),
  });
  const authorize = start.headers.get('location') ?? '';
  const html = await (await ask(authorize)).text();
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
  const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const buttons = html.matchAll(/<button [^>]*name="(\w+)" value="([^"]+)"[^>]*>([\s\S]*?)<\//g);
  const [, field = '', value = ''] =
    [...buttons].find(([, , , text]) => text?.includes(person)) ?? [];
  const chosen = await ask(new URL(action, authorize).href, {
    method: 'POST',
    body: new URLSearchParams({ ticket, [field]: value }),
  });
  await ask((chosen.headers.get('location') ?? '').replace(origin, reach));
  const session = [...jar].find(([name]) => name.endsWith('.session'));
  if (!session) throw new Error(`${person} could not be signed in.`);
  return { name: session[0], value: session[1] };
}
