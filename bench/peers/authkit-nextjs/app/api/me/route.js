import { withAuth } from '@workos-inc/authkit-nextjs';

export async function GET() {
  const { user } = await withAuth();
  return user
    ? Response.json({ name: user.firstName })
    : Response.json({ error: 'unauthenticated' }, { status: 401 });
}
