// https://authjs.dev/getting-started/session-management/protecting?framework=Next.js#api-routes
import { auth } from '../../../auth';

export const GET = auth((request) =>
  request.auth
    ? Response.json({ name: request.auth.user.name })
    : Response.json({ message: 'Not authenticated' }, { status: 401 }),
);
