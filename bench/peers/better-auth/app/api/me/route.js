import { auth } from '../../../auth';

export async function GET(request) {
  const session = await auth.api.getSession({ headers: request.headers });
  return session
    ? Response.json({ name: session.user.name })
    : Response.json({ error: 'unauthenticated' }, { status: 401 });
}
