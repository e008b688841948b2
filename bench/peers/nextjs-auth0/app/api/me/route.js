import { auth0 } from '../../../auth0';

export async function GET() {
  const session = await auth0.getSession();
  return session
    ? Response.json({ name: session.user.name })
    : Response.json({ error: 'unauthenticated' }, { status: 401 });
}
