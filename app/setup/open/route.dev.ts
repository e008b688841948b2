import { seeOther } from '@/lib/same-site';
import { isHere, isOwnPost, openDoor } from '@/setup/door';
import { nothingHere, originOf, readSetupForm } from '@/setup/requests';

const open = (request: Request, token: string) => {
  const opened = openDoor(request.headers, token);
  return 'refused' in opened
    ? seeOther(`${originOf(request)}/setup?key=${opened.refused}`)
    : seeOther(`${originOf(request)}/setup`, [opened.setCookie]);
};

/** The link in the terminal. */
export function GET(request: Request): Response {
  if (!isHere(request.headers)) return nothingHere();
  return open(request, new URL(request.url).searchParams.get('t') ?? '');
}

/** The key, typed on the locked page. */
export async function POST(request: Request): Promise<Response> {
  if (!isHere(request.headers) || !isOwnPost(request.headers)) return nothingHere();
  const form = await readSetupForm(request);
  const typed = form?.get('key')?.trim() ?? '';
  // People paste the whole link.
  const inLink = URL.canParse(typed) ? new URL(typed).searchParams.get('t') : undefined;
  return open(request, inLink ?? typed);
}
