// https://github.com/workos/authkit-nextjs#proxy--middleware
import { authkitMiddleware } from '@workos-inc/authkit-nextjs';

export default authkitMiddleware();

export const config = { matcher: ['/protected', '/api/me', '/sign-in'] };
