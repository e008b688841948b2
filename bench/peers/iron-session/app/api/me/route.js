import { getIronSession } from 'iron-session';
import { cookies } from 'next/headers';
import { options } from '../../../options';

export async function GET() {
  const session = await getIronSession(await cookies(), options());
  return session.name
    ? Response.json({ name: session.name })
    : Response.json({ error: 'unauthenticated' }, { status: 401 });
}
