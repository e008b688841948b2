import { readText } from '../lib/read-text';

/** Far more than the three values can be; a megabyte in one field still gets an answer at it. */
const maxFormBytes = 8 * 1024 * 1024;

/** Where the browser is: the door lets in names of this machine alone, so its own word is good. */
export const originOf = (request: Request) => `http://${request.headers.get('host')}`;

/** What everyone gets for whom the set-up page is not there. */
export const nothingHere = () =>
  new Response('Not Found', { status: 404, headers: { 'cache-control': 'no-store' } });

/** The fields of a form of the set-up page; undefined when there is too much of it or it is none. */
export async function readSetupForm(request: Request): Promise<URLSearchParams | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined;
  const text = await readText(request.body, maxFormBytes).catch(() => undefined);
  return text === undefined ? undefined : new URLSearchParams(text);
}
